/** One fault, one problem: of the right code, at the element where it is mended. */
import { describe, expect, it } from 'vitest';
import { around, diagramXml, errorsOf, flow, problemsOf, userTask } from './builders.ts';

const main = around(userTask());
/** Nodes that list their flows, as modelers write them. */
const listed = (of: { start?: string; task?: string; end?: string } = {}): string => {
  const { start = 'f1', task = 'f2', end = 'f2' } = of;
  return `<bpmn:startEvent id="S"><bpmn:outgoing>${start}</bpmn:outgoing></bpmn:startEvent><bpmn:task id="A"><bpmn:incoming>f1</bpmn:incoming><bpmn:outgoing>${task}</bpmn:outgoing></bpmn:task><bpmn:endEvent id="E"><bpmn:incoming>${end}</bpmn:incoming></bpmn:endEvent>${flow('f1', 'S', 'A')}${flow('f2', 'A', 'E')}`;
};
const inside = `<bpmn:subProcess id="A"><bpmn:startEvent id="IS"/><bpmn:task id="T"/><bpmn:endEvent id="IE"/>${flow('i1', 'IS', 'T')}`;

const faults: [fault: string, error: string, process: string, roots?: string][] = [
  [
    'a boundary event without a trigger and a flow',
    'event-without-trigger B',
    `${main}<bpmn:boundaryEvent id="B" attachedToRef="A"/>`,
  ],
  ['a start event that lists a flow of others', 'flow-not-listed S', listed({ start: 'f2' })],
  ['an end event that lists a flow of others', 'flow-not-listed E', listed({ end: 'f1' })],
  ['a task that lists a flow of others', 'flow-not-listed A', listed({ task: 'f1' })],
  ['a list with a flow that is gone', 'unresolved-reference S', listed({ start: 'gone' })],
  [
    'a flow of a subprocess that stands outside of it',
    'flow-outside-its-scope i2',
    `${around(`${inside}</bpmn:subProcess>`)}${flow('i2', 'T', 'IE')}`,
  ],
  [
    'a flow out of a subprocess',
    'flow-crosses-scope i3',
    around(`${inside}${flow('i2', 'T', 'IE')}${flow('i3', 'T', 'E')}</bpmn:subProcess>`),
  ],
  [
    'an error that is gone',
    'unresolved-reference E2',
    `${main}<bpmn:endEvent id="E2"><bpmn:errorEventDefinition errorRef="Gone"/></bpmn:endEvent>${flow('f3', 'A', 'E2')}`,
  ],
  [
    'an end event that throws no error in particular',
    'no-error-code E2',
    `${main}<bpmn:endEvent id="E2"><bpmn:errorEventDefinition/></bpmn:endEvent>${flow('f3', 'A', 'E2')}`,
  ],
  [
    'a message that is gone',
    'unresolved-reference A',
    around(
      '<bpmn:intermediateCatchEvent id="A"><bpmn:messageEventDefinition messageRef="Gone"/></bpmn:intermediateCatchEvent>',
    ),
  ],
  [
    'a conditional event without a condition',
    'empty-condition A',
    around('<bpmn:intermediateCatchEvent id="A"><bpmn:conditionalEventDefinition/></bpmn:intermediateCatchEvent>'),
  ],
  [
    'a start by compensation in a subprocess',
    'event-not-allowed IS',
    around(
      `${inside}${flow('i2', 'T', 'IE')}</bpmn:subProcess>`.replace(
        '<bpmn:startEvent id="IS"/>',
        '<bpmn:startEvent id="IS"><bpmn:compensateEventDefinition/></bpmn:startEvent>',
      ),
    ),
  ],
  [
    'an end event in an ad-hoc subprocess',
    'ad-hoc-with-events A',
    around('<bpmn:adHocSubProcess id="A"><bpmn:task id="T"/><bpmn:endEvent id="X"/></bpmn:adHocSubProcess>'),
  ],
  ['an end event that nothing leads to', 'end-without-incoming X', `${main}<bpmn:endEvent id="X"/>`],
  ['a start event that nothing leads on from', 'start-without-outgoing X', `${main}<bpmn:startEvent id="X"/>`],
];

it.each(faults)('%s: %s', async (_, error, process, roots) => {
  expect(await errorsOf(diagramXml(process, roots))).toEqual([error]);
});

it('names all constraints that it is one fault against', async () => {
  const [problem] = await problemsOf(diagramXml(`${main}<bpmn:boundaryEvent id="B" attachedToRef="A"/>`));
  expect(problem?.constraints?.toSorted()).toEqual(['EXT110', 'EXT113', 'EXT130', 'EXT147']);
});

describe('the type of an expression', () => {
  const timed = (type: string) =>
    diagramXml(
      around(
        `<bpmn:intermediateCatchEvent id="A"><bpmn:timerEventDefinition><bpmn:timeDuration xsi:type="${type}">PT1H</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:intermediateCatchEvent>`,
      ),
    );

  it.each(['tFormalExpression', 'bpmn2:tFormalExpression', 'bpmn:tFormalExpression'])(
    'is that of BPMN where nothing declares another prefix: %s',
    async (type) => {
      expect(await problemsOf(timed(type))).toEqual([]);
    },
  );
});
