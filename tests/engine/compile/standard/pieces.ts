/** Pieces of diagrams by the standard, and how a rule is shown: a diagram that breaks it, and beside it one that keeps it. */
import { expect, it } from 'vitest';
import { around, diagramXml, flow, problemsOf } from '../builders.ts';

export type Model = [process: string, roots?: string];
export type Shown = [
  says: string,
  problem: `${string} ${string}`,
  broken: Model,
  kept: Model,
  severity?: 'error' | 'warning',
];

export const formal = (type: string, text: string): string =>
  `<bpmn:${type} xsi:type="bpmn:tFormalExpression">${text}</bpmn:${type}>`;
export const main = around('<bpmn:task id="A"/>');
export const message = '<bpmn:message id="Msg" name="arrived"/>';
export const signal = '<bpmn:signal id="Sig" name="rung"/>';
export const items =
  '<bpmn:itemDefinition id="One" structureRef="xsd:string"/><bpmn:itemDefinition id="Other" structureRef="xsd:int"/>';
export const timer = `<bpmn:timerEventDefinition>${formal('timeDuration', 'PT1H')}</bpmn:timerEventDefinition>`;
export const byMessage = '<bpmn:messageEventDefinition messageRef="Msg"/>';
export const bySignal = '<bpmn:signalEventDefinition signalRef="Sig"/>';

/** Ids of the data inputs and outputs, in one set each. */
export function io(inputs: string[], outputs: string[], attributes = ''): string {
  const refs = (kind: string, ids: string[]) => ids.map((id) => `<bpmn:${kind}Refs>${id}</bpmn:${kind}Refs>`).join('');
  const all = (kind: string, ids: string[]) =>
    ids.map((id) => `<bpmn:${kind} id="${id}" name="${id}" ${attributes}/>`).join('');
  return `<bpmn:ioSpecification>${all('dataInput', inputs)}${all('dataOutput', outputs)}
    <bpmn:inputSet>${refs('dataInput', inputs)}</bpmn:inputSet><bpmn:outputSet>${refs('dataOutput', outputs)}</bpmn:outputSet></bpmn:ioSpecification>`;
}

/** A second executable process of the file. */
export const other = (inside: string, id = 'Q'): string =>
  `<bpmn:process id="${id}" isExecutable="true">${inside}<bpmn:startEvent id="QS"/><bpmn:endEvent id="QE"/>${flow('q', 'QS', 'QE')}</bpmn:process>`;

/** Start → A, B, … → end. */
export function chain(...nodes: [id: string, xml: string][]): string {
  const ids = ['S', ...nodes.map(([id]) => id), 'E'];
  const flows = ids.slice(1).map((id, index) => flow(`c${index}`, ids[index] ?? 'S', id));
  return `<bpmn:startEvent id="S"/>${nodes.map(([, xml]) => xml).join('')}<bpmn:endEvent id="E"/>${flows.join('')}`;
}

export function show(cases: Shown[]): void {
  it.each(cases)('%s: %s', async (_, problem, broken, kept, severity = 'error') => {
    const said = await problemsOf(diagramXml(...broken), { workers: {}, jobTypes: ['work'] });
    expect(said.map((one) => `${one.severity} ${one.code} ${one.element ?? ''}`.trim())).toContain(
      `${severity} ${problem}`.trim(),
    );
    const right = await problemsOf(diagramXml(...kept), { workers: {}, jobTypes: ['work'] });
    expect(right.filter((one) => one.severity === 'error' || `${one.code} ${one.element}` === problem)).toEqual([]);
  });
}
