/** Constraints of the standard by the numbers of the public suite: each broken once and, beside it, kept. */
import { describe, expect, it } from 'vitest';
import type { Problem } from '../../../engine/model/plan.ts';
import { around, diagramXml, flow, problemsOf } from './builders.ts';

type Severity = Problem['severity'];
type Model = [process: string, around?: string];

const formal = (type: string, text: string): string =>
  `<bpmn:${type} xsi:type="bpmn:tFormalExpression">${text}</bpmn:${type}>`;
const natural = (type: string, text: string): string => `<bpmn:${type}>${text}</bpmn:${type}>`;
const task = '<bpmn:task id="A"/>';
const main = around(task);
const timer = `<bpmn:timerEventDefinition>${formal('timeDuration', 'PT1H')}</bpmn:timerEventDefinition>`;
const named = '<bpmn:messageEventDefinition messageRef="Msg"/>';
const message = '<bpmn:message id="Msg" name="arrived"/>';
const condition = (write: typeof formal, text: string): string =>
  `${main.replace('targetRef="E">', `targetRef="E">${write('conditionExpression', text)}`)}<bpmn:endEvent id="E2"/>${flow('f9', 'A', 'E2')}`;

/** An ioSpecification: ids of inputs and outputs, and how many sets hold them. */
function io(inputs: string[], outputs: string[], inputSets = 1, outputSets = 1): string {
  const set = (kind: string, ids: string[]) =>
    `<bpmn:${kind}Set>${ids.map((id) => `<bpmn:data${kind === 'input' ? 'Input' : 'Output'}Refs>${id}</bpmn:data${kind === 'input' ? 'Input' : 'Output'}Refs>`).join('')}</bpmn:${kind}Set>`;
  return `<bpmn:ioSpecification>${inputs.map((id) => `<bpmn:dataInput id="${id}"/>`).join('')}${outputs.map((id) => `<bpmn:dataOutput id="${id}"/>`).join('')}
    ${set('input', inputs).repeat(inputSets)}${set('output', outputs).repeat(outputSets)}</bpmn:ioSpecification>`;
}
const receive = (inside: string): string =>
  around(`<bpmn:receiveTask id="A" messageRef="Msg">${inside}</bpmn:receiveTask>`);
const send = (inside: string): string => around(`<bpmn:sendTask id="A" messageRef="Msg">${inside}</bpmn:sendTask>`);
const multi = (inside: string, task = ''): string =>
  around(
    `<bpmn:task id="A">${task}<bpmn:multiInstanceLoopCharacteristics>${inside}</bpmn:multiInstanceLoopCharacteristics></bpmn:task>`,
  );
const eventGateway = (follower: string, inside = '', attributes = '', more = ''): string =>
  `<bpmn:startEvent id="S"/><bpmn:eventBasedGateway id="G" ${attributes}/><bpmn:intermediateCatchEvent id="C">${timer}</bpmn:intermediateCatchEvent>${follower}
   <bpmn:endEvent id="E"/>${flow('f2', 'G', 'C', inside)}${flow('f3', 'G', 'D')}${flow('f4', 'C', 'E')}${flow('f5', 'D', 'E')}${more}`;
const caught =
  '<bpmn:intermediateCatchEvent id="D"><bpmn:signalEventDefinition signalRef="Sig"/></bpmn:intermediateCatchEvent>';
const roots = `${message}<bpmn:signal id="Sig" name="sig"/>`;
const adHoc = (inside: string): string => around(`<bpmn:adHocSubProcess id="A">${inside}</bpmn:adHocSubProcess>`);
const eventSub = `<bpmn:subProcess id="V" triggeredByEvent="true"><bpmn:startEvent id="VS">${timer}</bpmn:startEvent><bpmn:endEvent id="VE"/>${flow('v', 'VS', 'VE')}</bpmn:subProcess>`;
const called = (inside: string): string =>
  `<bpmn:process id="Q" isExecutable="true">${inside}<bpmn:startEvent id="QS"/><bpmn:endEvent id="QE"/>${flow('q', 'QS', 'QE')}</bpmn:process>`;
const partners = (sender: string, target = 'S'): string =>
  `<bpmn:process id="Q" isExecutable="${sender}"><bpmn:startEvent id="QS"/><bpmn:sendTask id="QT" messageRef="Msg"/><bpmn:endEvent id="QE"/>${flow('q1', 'QS', 'QT')}${flow('q2', 'QT', 'QE')}</bpmn:process>
   <bpmn:collaboration id="Co"><bpmn:participant id="Us" processRef="P"/><bpmn:participant id="They" processRef="Q"/><bpmn:messageFlow id="m" sourceRef="QT" targetRef="${target}"/></bpmn:collaboration>${message}`;
const byMessage = main.replace('<bpmn:startEvent id="S"/>', `<bpmn:startEvent id="S">${named}</bpmn:startEvent>`);
const listed = (inside: string): string =>
  `<bpmn:startEvent id="S"><bpmn:outgoing>f1</bpmn:outgoing></bpmn:startEvent><bpmn:endEvent id="E">${inside}</bpmn:endEvent>${flow('f1', 'S', 'E')}`;
const sets = (back: string): string =>
  around(`<bpmn:task id="A"><bpmn:ioSpecification><bpmn:dataInput id="i"/><bpmn:dataOutput id="o"/>
    <bpmn:inputSet id="is"><bpmn:dataInputRefs>i</bpmn:dataInputRefs>${back}</bpmn:inputSet>
    <bpmn:outputSet id="os"><bpmn:dataOutputRefs>o</bpmn:dataOutputRefs><bpmn:inputSetRefs>is</bpmn:inputSetRefs></bpmn:outputSet></bpmn:ioSpecification></bpmn:task>`);
const outputs = (list: string, id: string): string =>
  around(`<bpmn:task id="A"><bpmn:ioSpecification><bpmn:dataOutput id="o"/><bpmn:dataOutput id="p"/><bpmn:inputSet/>
    <bpmn:outputSet id="os"><bpmn:dataOutputRefs>o</bpmn:dataOutputRefs><bpmn:${list}>${id}</bpmn:${list}></bpmn:outputSet>
    <bpmn:outputSet id="ot"><bpmn:dataOutputRefs>p</bpmn:dataOutputRefs></bpmn:outputSet></bpmn:ioSpecification></bpmn:task>`);
const service = (binding: string): string =>
  `<bpmn:interface id="I" name="I"><bpmn:operation id="O" name="O"><bpmn:inMessageRef>Msg</bpmn:inMessageRef></bpmn:operation></bpmn:interface>${message}
   <bpmn:process id="Q" isExecutable="true">${io(['i'], ['o'])}<bpmn:supportedInterfaceRef>I</bpmn:supportedInterfaceRef>${binding}</bpmn:process>`;
const choreography = (type: string): string =>
  `<bpmn:choreography id="Ch"/><bpmn:${type} id="X"><bpmn:choreographyRef>Ch</bpmn:choreographyRef></bpmn:${type}>`;

const constraints: [constraint: string, at: string, Severity, broken: Model, kept: Model][] = [
  ['EXT012', 'f2', 'error', [condition(natural, 'the customer agrees')], [condition(formal, 'agreed')]],
  ['EXT012', 'f2', 'warning', [condition(natural, '=agreed')], [condition(formal, '=agreed')]],
  ['EXT012', 'A', 'error', [multi(natural('loopCardinality', 'a few'))], [multi(formal('loopCardinality', '3'))]],
  ['EXT012', 'A', 'warning', [multi(natural('loopCardinality', '3'))], [multi(formal('loopCardinality', '=n'))]],
  ['EXT013', 'f2', 'error', [condition(formal, '')], [condition(formal, '=a')]],
  ['EXT021', 'v9', 'error', [`${main}${eventSub}${flow('v9', 'V', 'A')}`], [main + eventSub]],
  ['EXT022', 'v9', 'error', [`${main}${eventSub}${flow('v9', 'A', 'V')}`], [main + eventSub]],
  ['EXT022', 'f9', 'error', [`${main}<bpmn:dataObject id="D"/>${flow('f9', 'A', 'D')}`], [main + flow('f9', 'A', 'E')]],
  ['EXT023', 'E', 'error', [listed('')], [listed('<bpmn:incoming>f1</bpmn:incoming>')]],
  [
    'EXT025',
    'A',
    'error',
    [main.replace('targetRef="E">', `targetRef="E">${formal('conditionExpression', '=a')}`)],
    [condition(formal, '=a')],
  ],
  ['EXT027', 'X', 'error', [main, choreography('globalConversation')], [main, choreography('collaboration')]],
  [
    'EXT037',
    'A',
    'error',
    [around('<bpmn:task id="A" startQuantity="0"/>')],
    [around('<bpmn:task id="A" startQuantity="1"/>')],
  ],
  [
    'EXT038',
    'A',
    'error',
    [around('<bpmn:task id="A" completionQuantity="0"/>')],
    [around('<bpmn:task id="A" completionQuantity="2"/>')],
  ],
  ['EXT046', 'A', 'error', [send(io(['i'], [], 2)), message], [send(io(['i'], [])), message]],
  ['EXT047', 'A', 'error', [send(io(['i', 'j'], [])), message], [send(io(['i'], [])), message]],
  ['EXT050', 'A', 'error', [receive(io([], ['o'], 1, 2)), message], [receive(io([], ['o'])), message]],
  ['EXT051', 'A', 'error', [receive(io([], ['o', 'p'])), message], [receive(io([], ['o'])), message]],
  [
    'EXT053',
    'A',
    'warning',
    [around('<bpmn:scriptTask id="A"><bpmn:script>1</bpmn:script></bpmn:scriptTask>')],
    [around('<bpmn:scriptTask id="A" scriptFormat="text/x-feel"><bpmn:script>1</bpmn:script></bpmn:scriptTask>')],
  ],
  ['EXT061', 'A', 'error', [adHoc('')], [adHoc('<bpmn:task id="T"/>')]],
  ['EXT062', 'A', 'error', [adHoc('<bpmn:task id="T"/><bpmn:endEvent id="X"/>')], [adHoc('<bpmn:task id="T"/>')]],
  [
    'EXT063',
    'A',
    'error',
    [around('<bpmn:callActivity id="A" calledElement="Q"/>'), called(io(['i'], []))],
    [around('<bpmn:callActivity id="A" calledElement="Q"/>'), called('')],
  ],
  [
    'EXT064',
    'Q',
    'error',
    [main, service('')],
    [main, service('<bpmn:ioBinding operationRef="O" inputDataRef="i" outputDataRef="o"/>')],
  ],
  ['EXT067', 'A', 'error', [multi('')], [multi(formal('loopCardinality', '3'))]],
  [
    'EXT068',
    'A',
    'error',
    [
      multi(`${formal('loopCardinality', '3')}<bpmn:loopDataInputRef>D</bpmn:loopDataInputRef>`) +
        '<bpmn:dataObject id="D"/>',
    ],
    [multi('<bpmn:loopDataInputRef>i</bpmn:loopDataInputRef>', io(['i'], []))],
  ],
  ['EXT087', 'os', 'error', [sets('')], [sets('<bpmn:outputSetRefs>os</bpmn:outputSetRefs>')]],
  [
    'EXT101',
    'X',
    'error',
    [`${main}<bpmn:startEvent id="X"/>`],
    [`${main}<bpmn:startEvent id="X"/>${flow('x', 'X', 'A')}`],
  ],
  ['EXT103', 'm', 'error', [main, partners('true')], [byMessage, partners('true')]],
  ['EXT103', 'm', 'warning', [main, partners('false')], [byMessage, partners('false')]],
  ['EXT104', 'E', 'error', [main + flow('g', 'E', 'A')], [main]],
  [
    'EXT107',
    'X',
    'error',
    [`${main}<bpmn:endEvent id="X"/>`],
    [`${main}<bpmn:endEvent id="X"/>${flow('x', 'A', 'X')}`],
  ],
  ['EXT108', 'm', 'error', [byMessage, partners('true', 'E')], [byMessage, partners('true')]],
  [
    'EXT113',
    'B',
    'error',
    [`${main}<bpmn:boundaryEvent id="B" attachedToRef="A">${timer}</bpmn:boundaryEvent>`],
    [`${main}<bpmn:boundaryEvent id="B" attachedToRef="A">${timer}</bpmn:boundaryEvent>${flow('b', 'B', 'E')}`],
  ],
  [
    'EXT115',
    'X',
    'error',
    [`<bpmn:intermediateThrowEvent id="X"/>${task}${flow('x', 'X', 'A')}`],
    [`${task}<bpmn:intermediateThrowEvent id="X"/><bpmn:task id="Z"/>${flow('x', 'A', 'X')}${flow('y', 'X', 'Z')}`],
  ],
  [
    'EXT137',
    'G',
    'error',
    [eventGateway(caught, formal('conditionExpression', '=a'), '', flow('f1', 'S', 'G')), roots],
    [eventGateway(caught, '', '', flow('f1', 'S', 'G')), roots],
  ],
  [
    'EXT139',
    'G',
    'error',
    [
      eventGateway(
        '<bpmn:receiveTask id="D" messageRef="Msg"/>',
        '',
        '',
        `${flow('f1', 'S', 'G')}<bpmn:intermediateCatchEvent id="M">${named}</bpmn:intermediateCatchEvent>${flow('g1', 'G', 'M')}${flow('g2', 'M', 'E')}`,
      ),
      roots,
    ],
    [eventGateway('<bpmn:receiveTask id="D" messageRef="Msg"/>', '', '', flow('f1', 'S', 'G')), roots],
  ],
  [
    'EXT142',
    'G',
    'error',
    [eventGateway(caught, '', 'instantiate="true"', flow('f1', 'S', 'G')), roots],
    [eventGateway(caught, '', '', flow('f1', 'S', 'G')), roots],
  ],
  [
    'EXT152',
    'g',
    'error',
    [`${around('<bpmn:subProcess id="A"><bpmn:task id="T"/></bpmn:subProcess>')}${flow('g', 'T', 'E')}`],
    [around('<bpmn:subProcess id="A"><bpmn:task id="T"/></bpmn:subProcess>')],
  ],
  [
    'EXT008',
    'm',
    'error',
    [`${byMessage}<bpmn:textAnnotation id="N"/>`, partners('true', 'N')],
    [byMessage, partners('true')],
  ],
  ['EXT089', 'os', 'error', [outputs('optionalOutputRefs', 'p')], [outputs('optionalOutputRefs', 'o')]],
  ['EXT090', 'os', 'error', [outputs('whileExecutingOutputRefs', 'p')], [outputs('whileExecutingOutputRefs', 'o')]],
];

const told = async ([process, roots]: Model): Promise<string[]> =>
  (await problemsOf(diagramXml(process, roots))).flatMap(({ constraints = [], element, severity }) =>
    constraints.map((constraint) => `${severity} ${constraint} ${element}`),
  );

describe('the constraint', () => {
  it.each(constraints)(
    '%s is told at %s as %s where it is broken, and only there',
    async (constraint, at, severity, broken, kept) => {
      expect(await told(broken)).toContain(`${severity} ${constraint} ${at}`);
      expect((await told(kept)).filter((line) => line.includes(` ${constraint} ${at}`))).toEqual([]);
    },
  );
});
