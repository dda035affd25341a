/** Tasks, subprocesses, calls, loops and compensation (BPMN 2.0.2, 10.3 and 10.7). */
import { describe } from 'vitest';
import { around, extensions, flow } from '../builders.ts';
import { byMessage, bySignal, chain, formal, main, message, other, type Shown, show, signal, timer } from './pieces.ts';

const inside = (id: string, nodes = '', type = 'subProcess', attributes = ''): string =>
  `<bpmn:${type} id="${id}" ${attributes}><bpmn:startEvent id="${id}S"/>${nodes}<bpmn:task id="${id}T"/><bpmn:endEvent id="${id}E"/>${flow(`${id}1`, `${id}S`, `${id}T`)}${flow(`${id}2`, `${id}T`, `${id}E`)}</bpmn:${type}>`;
const undone = (event: string, more = ''): string =>
  `${main}<bpmn:boundaryEvent id="B" attachedToRef="A"><bpmn:compensateEventDefinition id="Bc"/></bpmn:boundaryEvent>${event}${more}`;
const handler = '<bpmn:task id="U" isForCompensation="true"/>';
const joined = (source = 'B', target = 'U', id = 'As'): string =>
  `<bpmn:association id="${id}" sourceRef="${source}" targetRef="${target}" associationDirection="One"/>`;
const kept = undone(handler, joined());
const note = '<bpmn:textAnnotation id="N"/>';
const asked = (activity: string): string =>
  `${undone(handler, joined())
    .replace(
      '<bpmn:endEvent id="E"/>',
      `<bpmn:task id="Other"/><bpmn:endEvent id="E"><bpmn:compensateEventDefinition id="Ec" ${activity}/></bpmn:endEvent>`,
    )
    .replace(flow('f2', 'A', 'E'), flow('f2', 'A', 'Other'))}${flow('f3', 'Other', 'E')}`;
const many = (attributes: string, more = ''): string =>
  around(
    `<bpmn:task id="A"><bpmn:multiInstanceLoopCharacteristics ${attributes}>${formal('loopCardinality', '3')}${more}</bpmn:multiInstanceLoopCharacteristics></bpmn:task>`,
  );
const behavior = (condition: string): string =>
  `<bpmn:complexBehaviorDefinition id="Cb">${condition}<bpmn:event id="Ie"><bpmn:signalEventDefinition id="Is" signalRef="Sig"/></bpmn:event></bpmn:complexBehaviorDefinition>`;
const holds = formal('condition', '=numberOfCompletedInstances = 2');
const reusable = `${signal}<bpmn:signalEventDefinition id="Def" signalRef="Sig"/>`;
const adHoc = (nodes: string): string => around(`<bpmn:adHocSubProcess id="A">${nodes}</bpmn:adHocSubProcess>`);
const instantiating = '<bpmn:receiveTask id="A" instantiate="true" messageRef="Msg"/>';
const parallelStart = (attributes: string): string =>
  `<bpmn:eventBasedGateway id="G" eventGatewayType="Parallel" ${attributes}/><bpmn:intermediateCatchEvent id="C1">${byMessage}</bpmn:intermediateCatchEvent><bpmn:intermediateCatchEvent id="C2">${bySignal}</bpmn:intermediateCatchEvent><bpmn:endEvent id="E"/>${flow('g1', 'G', 'C1')}${flow('g2', 'G', 'C2')}${flow('g3', 'C1', 'E')}${flow('g4', 'C2', 'E')}`;

const cases: Shown[] = [
  [
    'a handler has no flow to it',
    'compensation-activity-with-flow U',
    [undone(handler, joined() + flow('x', 'A', 'U'))],
    [kept],
  ],
  [
    'a handler has no flow from it',
    'compensation-activity-with-flow U',
    [undone(handler, joined() + flow('x', 'U', 'E'))],
    [kept],
  ],
  [
    'a subprocess that undoes neither',
    'compensation-activity-with-flow U',
    [undone(inside('U', '', 'subProcess', 'isForCompensation="true"'), joined() + flow('x', 'U', 'E'))],
    [undone(inside('U', '', 'subProcess', 'isForCompensation="true"'), joined())],
  ],
  ['a note is no handler', 'compensation-without-handler B', [undone(note, joined('B', 'N'))], [kept]],
  [
    'a gateway is no handler',
    'compensation-without-handler B',
    [`${undone('<bpmn:exclusiveGateway id="G"/>', joined('B', 'G'))}${flow('x', 'A', 'G')}${flow('y', 'G', 'E')}`],
    [kept],
  ],
  [
    'there is one handler',
    'two-handlers B',
    [undone(`${handler}<bpmn:task id="U2" isForCompensation="true"/>`, joined() + joined('B', 'U2', 'As2'))],
    [kept],
  ],
  [
    'the association leads to the handler',
    'compensation-without-handler B',
    [undone(handler, joined('U', 'B'))],
    [kept],
  ],
  [
    'the handler stands beside what it undoes',
    'handler-elsewhere As',
    [
      chain(['A', '<bpmn:task id="A"/>'], ['X', inside('X', handler)]).replace(
        '<bpmn:endEvent id="E"/>',
        `<bpmn:endEvent id="E"/><bpmn:boundaryEvent id="B" attachedToRef="A"><bpmn:compensateEventDefinition id="Bc"/></bpmn:boundaryEvent>${joined()}`,
      ),
    ],
    [kept],
  ],
  [
    'what is undone can be undone',
    'compensation-of-nothing E',
    [asked('activityRef="Other"')],
    [asked('activityRef="A"')],
  ],
  [
    'what is undone is there',
    'compensation-of-nothing E',
    [
      asked('activityRef="XT"').replace(
        '<bpmn:task id="Other"/>',
        inside('Other', `<bpmn:task id="XT"/>${flow('xt', 'XT', 'OtherT')}${flow('xs', 'OtherS', 'XT')}`),
      ),
    ],
    [asked('activityRef="A"')],
  ],
  [
    'an event of its own stands by its behavior',
    'behavior-event A',
    [many('behavior="All" oneBehaviorEventRef="Def"'), reusable],
    [many('behavior="One" oneBehaviorEventRef="Def"'), reusable],
  ],
  [
    'so the one for each',
    'behavior-event A',
    [many('behavior="One" noneBehaviorEventRef="Def"'), reusable],
    [many('behavior="None" noneBehaviorEventRef="Def"'), reusable],
  ],
  [
    'a complex behavior is defined',
    'behavior-event A',
    [many('behavior="Complex"'), reusable],
    [many('behavior="Complex"', behavior(holds)), reusable],
  ],
  [
    'and only a complex one',
    'behavior-event A',
    [many('behavior="All"', behavior(holds)), reusable],
    [many('behavior="Complex"', behavior(holds)), reusable],
  ],
  [
    'a complex behavior has a condition',
    'missing-part Cb',
    [many('behavior="Complex"', behavior('')), reusable],
    [many('behavior="Complex"', behavior(holds)), reusable],
  ],
  ['a cardinality is a number', 'loop-cardinality A', [many('').replace('>3<', '>"three"<')], [many('')]],
  ['a whole one', 'loop-cardinality A', [many('').replace('>3<', '>2.5<')], [many('')]],
  [
    'what is called can be called',
    'not-callable A',
    [
      `${around('<bpmn:callActivity id="A" calledElement="X"/><bpmn:task id="T"/>').replace(flow('f1', 'S', 'A'), flow('f1', 'S', 'X'))}${inside('X')}${flow('x', 'X', 'A')}`.replace(
        '<bpmn:task id="T"/>',
        '',
      ),
    ],
    [around('<bpmn:callActivity id="A" calledElement="Q"/>'), other('')],
  ],
  [
    'a receive task in a subprocess begins no instance',
    'instantiating-inside T',
    [
      chain([
        'A',
        `<bpmn:subProcess id="A"><bpmn:receiveTask id="T" instantiate="true" messageRef="Msg"/></bpmn:subProcess>`,
      ]),
      message,
    ],
    [`${instantiating}<bpmn:endEvent id="E"/>${flow('f', 'A', 'E')}`, message],
  ],
  [
    'an event gateway in a subprocess begins none',
    'instantiating-inside G',
    [
      around(
        `<bpmn:subProcess id="A">${parallelStart('instantiate="true"')
          .replace(/id="E"/, 'id="AE"')
          .replace(/"E"/g, '"AE"')}</bpmn:subProcess>`,
      ),
      message + signal,
    ],
    [parallelStart('instantiate="true"'), message + signal],
  ],
  [
    'only a gateway that begins an instance waits for all',
    'event-gateway-parallel G',
    [`<bpmn:startEvent id="S"/>${flow('s', 'S', 'G')}${parallelStart('')}`, message + signal],
    [parallelStart('instantiate="true"'), message + signal],
  ],
  [
    'an ad-hoc subprocess in a transaction has no ends',
    'ad-hoc-with-events A',
    [adHoc('<bpmn:task id="T"/><bpmn:endEvent id="X"/>')],
    [adHoc('<bpmn:task id="T"/>')],
  ],
  [
    'a boundary event is not at an event subprocess',
    'boundary-of-event-subprocess B',
    [
      `${main}<bpmn:subProcess id="V" triggeredByEvent="true"><bpmn:startEvent id="VS">${timer}</bpmn:startEvent><bpmn:endEvent id="VE"/>${flow('v', 'VS', 'VE')}</bpmn:subProcess><bpmn:boundaryEvent id="B" attachedToRef="V">${timer}</bpmn:boundaryEvent>${flow('b', 'B', 'E')}`,
    ],
    [`${main}<bpmn:boundaryEvent id="B" attachedToRef="A">${timer}</bpmn:boundaryEvent>${flow('b', 'B', 'E')}`],
  ],
  [
    'a boundary event stands beside its activity',
    'boundary-elsewhere B',
    [
      `${chain(['A', inside('A')])}<bpmn:boundaryEvent id="B" attachedToRef="AT">${timer}</bpmn:boundaryEvent>${flow('b', 'B', 'E')}`,
    ],
    [`${main}<bpmn:boundaryEvent id="B" attachedToRef="A">${timer}</bpmn:boundaryEvent>${flow('b', 'B', 'E')}`],
  ],
  [
    'a boundary event is attached',
    'not-attached B',
    [`${main}<bpmn:boundaryEvent id="B">${timer}</bpmn:boundaryEvent>${flow('b', 'B', 'E')}`],
    [`${main}<bpmn:boundaryEvent id="B" attachedToRef="A">${timer}</bpmn:boundaryEvent>${flow('b', 'B', 'E')}`],
  ],
  [
    'a transaction has a known way of undoing or a URI',
    'bad-uri A',
    [around(inside('A', '', 'transaction', 'method="a b"'))],
    [around(inside('A', '', 'transaction', 'method="##Compensate"'))],
  ],
  [
    'a call activity has one thing to call',
    'no-called-process A',
    [around('<bpmn:callActivity id="A"/>')],
    [around(`<bpmn:callActivity id="A">${extensions('<zeebe:calledElement processId="other"/>')}</bpmn:callActivity>`)],
  ],
];

describe('activities', () => show(cases));
