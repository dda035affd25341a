/** What the diagram marks of an instance: where it stands, what is stuck, and the way it came. */
import type { Instance, JournalLine } from '../../api/client.ts';
import type { Marks } from '../../bpmn/diagram.tsx';

export function marksOf(instance: Instance, lines: JournalLine[]): Marks {
  const incidents = instance.incidents.map((one) => one.element);
  const active = instance.waits.map((one) => one.element).filter((id) => !incidents.includes(id));
  const done = new Set<string>();
  for (const line of lines) {
    if (line.kind === 'element-completed' && line.element) done.add(line.element);
    const flow = line.kind === 'flow-taken' && (line.data as { flow?: string } | undefined)?.flow;
    if (flow) done.add(flow);
  }
  for (const id of [...incidents, ...active]) done.delete(id);
  return { active, incidents, done: [...done] };
}
