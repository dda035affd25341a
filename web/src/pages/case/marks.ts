/** What the diagram shows of an instance: where it stands, what is stuck, the way it came, and when what is open is due. */
import type { Explanation, Instance, JournalLine } from '../../api/client.ts';
import type { Marks, Note } from '../../bpmn/diagram.tsx';

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

/** A date at each element that has one, an exclamation mark at what is stuck. */
export function notesOf(
  instance: Pick<Instance, 'incidents'>,
  explanation: Explanation | undefined,
  inWords: (instant: string) => string,
): Note[] {
  const dated = (explanation?.waits ?? []).flatMap(({ element, until, overdue }): Note[] =>
    until === undefined ? [] : [{ element, text: inWords(until), kind: overdue ? 'late' : 'due' }],
  );
  return [...dated, ...instance.incidents.map(({ element }): Note => ({ element, text: '!', kind: 'stuck' }))];
}
