/** Where an instance stood after a line of its journal: its tokens, what was stuck, the way so far, and the version it ran by. */
import type { JournalLine } from '../../../api/client.ts';
import type { Marks } from '../../../bpmn/diagram.tsx';

interface Definition {
  key: string;
  version: number;
}

export interface Position {
  marks: Marks;
  version: number;
}

/** @param upTo how many lines have happened @param definition of the instance: the process itself is no element of the diagram, the version the last one it ran by */
export function positionAt(lines: JournalLine[], upTo: number, { key, version }: Definition): Position {
  const tokens = new Map<string, string>();
  const stuck = new Map<string, string>();
  const done = new Set<string>();
  for (const line of lines.slice(0, upTo)) if (line.element !== key) apply(line, tokens, stuck, done);
  if (lines.slice(0, upTo).some(({ kind }) => kind === 'instance-ended')) {
    tokens.clear();
    stuck.clear();
  }
  const incidents = [...new Set(stuck.values())];
  const active = [...new Set(tokens.values())].filter((id) => !incidents.includes(id));
  for (const id of [...incidents, ...active]) done.delete(id);
  return { marks: { active, incidents, done: [...done] }, version: versionAt(lines, upTo, version) };
}

function apply(line: JournalLine, tokens: Map<string, string>, stuck: Map<string, string>, done: Set<string>): void {
  const { kind, element, key = '', data } = line;
  switch (kind) {
    case 'element-activated':
      if (element !== undefined) tokens.set(key, element);
      break;
    case 'element-completed':
      if (element !== undefined) done.add(element);
      tokens.delete(key);
      stuck.delete(key);
      break;
    case 'element-cancelled':
      tokens.delete(key);
      stuck.delete(key);
      break;
    case 'flow-taken': {
      const flow = text(data, 'flow');
      if (flow !== undefined) done.add(flow);
      break;
    }
    case 'incident-raised':
      if (element !== undefined) stuck.set(key, element);
      break;
    case 'incident-resolved':
    case 'incident-skipped':
      stuck.delete(key);
  }
}

/** Before its next migration an instance ran on the version that the migration left. */
function versionAt(lines: JournalLine[], upTo: number, version: number): number {
  const next = lines.slice(upTo).find(({ kind }) => kind === 'instance-migrated');
  const from = next && typeof next.data === 'object' && next.data !== null ? Object.entries(next.data) : [];
  const found = from.find(([name]) => name === 'from')?.[1];
  return typeof found === 'number' ? found : version;
}

function text(data: unknown, name: string): string | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const value = (data as Record<string, unknown>)[name];
  return typeof value === 'string' ? value : undefined;
}
