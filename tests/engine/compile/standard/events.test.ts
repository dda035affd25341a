/** Events, gateways and sequence flows (BPMN 2.0.2, 8.4.13, 10.5 and 10.6). */
import { describe } from 'vitest';
import { around, flow } from '../builders.ts';
import { byMessage, bySignal, chain, formal, main, message, type Shown, show, signal, timer } from './pieces.ts';

const roots =
  message +
  signal +
  '<bpmn:error id="Err" name="err" errorCode="E1"/><bpmn:escalation id="Esc" name="esc" escalationCode="X1"/>';
const definitions: Record<string, string> = {
  message: byMessage,
  timer,
  signal: bySignal,
  conditional: `<bpmn:conditionalEventDefinition>${formal('condition', '=a')}</bpmn:conditionalEventDefinition>`,
  error: '<bpmn:errorEventDefinition errorRef="Err"/>',
  escalation: '<bpmn:escalationEventDefinition escalationRef="Esc"/>',
  compensate: '<bpmn:compensateEventDefinition/>',
  cancel: '<bpmn:cancelEventDefinition/>',
  terminate: '<bpmn:terminateEventDefinition/>',
  link: '<bpmn:linkEventDefinition name="on"/>',
  none: '',
};
const places: Record<string, { draw: (inside: string) => string; at: string; allowed: string[]; code?: string }> = {
  'a start event': {
    at: 'S',
    allowed: ['none', 'message', 'timer', 'conditional', 'signal'],
    draw: (inside) => main.replace('<bpmn:startEvent id="S"/>', `<bpmn:startEvent id="S">${inside}</bpmn:startEvent>`),
  },
  'a start event of a subprocess': {
    at: 'X',
    allowed: ['none'],
    draw: (inside) =>
      around(
        `<bpmn:subProcess id="A"><bpmn:startEvent id="X">${inside}</bpmn:startEvent><bpmn:endEvent id="AE"/>${flow('a', 'X', 'AE')}</bpmn:subProcess>`,
      ),
  },
  'a start event of a transaction': {
    at: 'X',
    allowed: ['none'],
    draw: (inside) =>
      around(
        `<bpmn:transaction id="A"><bpmn:startEvent id="X">${inside}</bpmn:startEvent><bpmn:endEvent id="AE"/>${flow('a', 'X', 'AE')}</bpmn:transaction>`,
      ),
  },
  'a start event of an event subprocess': {
    at: 'X',
    allowed: ['message', 'timer', 'conditional', 'signal', 'error', 'escalation', 'compensate'],
    draw: (inside) =>
      around(
        `<bpmn:subProcess id="A"><bpmn:startEvent id="AS"/><bpmn:task id="AT"/><bpmn:endEvent id="AE"/>${flow('a1', 'AS', 'AT')}${flow('a2', 'AT', 'AE')}<bpmn:subProcess id="V" triggeredByEvent="true"><bpmn:startEvent id="X">${inside}</bpmn:startEvent><bpmn:endEvent id="VE"/>${flow('v', 'X', 'VE')}</bpmn:subProcess></bpmn:subProcess>`,
      ),
  },
  'a start event that does not interrupt': {
    at: 'X',
    allowed: ['message', 'timer', 'conditional', 'signal', 'escalation'],
    draw: (inside) =>
      `${main}<bpmn:subProcess id="V" triggeredByEvent="true"><bpmn:startEvent id="X" isInterrupting="false">${inside}</bpmn:startEvent><bpmn:endEvent id="VE"/>${flow('v', 'X', 'VE')}</bpmn:subProcess>`,
  },
  'a catching event': {
    at: 'A',
    allowed: ['message', 'timer', 'conditional', 'signal'],
    draw: (inside) => around(`<bpmn:intermediateCatchEvent id="A">${inside}</bpmn:intermediateCatchEvent>`),
  },
  'a throwing event': {
    at: 'A',
    allowed: ['none', 'message', 'signal', 'escalation', 'compensate'],
    draw: (inside) => around(`<bpmn:intermediateThrowEvent id="A">${inside}</bpmn:intermediateThrowEvent>`),
  },
  'a boundary event': {
    at: 'B',
    allowed: ['message', 'timer', 'conditional', 'signal', 'error', 'escalation'],
    draw: (inside) =>
      `${main}<bpmn:boundaryEvent id="B" attachedToRef="A">${inside}</bpmn:boundaryEvent>${flow('b', 'B', 'E')}`,
  },
  'a boundary event that does not interrupt': {
    at: 'B',
    allowed: ['message', 'timer', 'conditional', 'signal', 'escalation'],
    draw: (inside) =>
      `${main}<bpmn:boundaryEvent id="B" attachedToRef="A" cancelActivity="false">${inside}</bpmn:boundaryEvent>${flow('b', 'B', 'E')}`,
  },
  'an end event': {
    at: 'E',
    allowed: ['none', 'message', 'signal', 'error', 'escalation', 'compensate', 'terminate'],
    draw: (inside) => main.replace('<bpmn:endEvent id="E"/>', `<bpmn:endEvent id="E">${inside}</bpmn:endEvent>`),
  },
};
/** What other rules say of where it stands: a cancel event outside a transaction, a link's wrong end, compensation without handler. */
const otherwise: Record<string, string> = {
  'cancel a boundary event': 'cancel-outside-transaction',
  'none a boundary event': 'event-without-trigger',
  'none a boundary event that does not interrupt': 'event-without-trigger',
  'compensate a boundary event': 'compensation-without-handler',
  'cancel an end event': 'cancel-outside-transaction',
  'link a catching event': 'link-with-flow',
  'link a throwing event': 'link-without-target',
};
const table: Shown[] = Object.entries(places).flatMap(([place, { draw, at, allowed }]) =>
  Object.entries(definitions).flatMap(([type, definition]): Shown[] =>
    allowed.includes(type)
      ? []
      : [
          [
            `${place} of type "${type}"`,
            `${otherwise[`${type} ${place}`] ?? 'event-not-allowed'} ${at}`,
            [draw(definition), roots],
            [draw(definitions[allowed.find((one) => one !== 'none') ?? 'none'] ?? ''), roots],
          ],
        ],
  ),
);
/** A definition that stands among the root elements is judged as one of its own (`eventDefinitionRef`). */
const referred: Shown[] = Object.entries(places).flatMap(([place, { draw, at, allowed }]): Shown[] =>
  allowed.includes('terminate')
    ? []
    : [
        [
          `${place} that refers to a definition`,
          `event-not-allowed ${at}`,
          [
            draw('<bpmn:eventDefinitionRef>Def</bpmn:eventDefinitionRef>'),
            `${roots}<bpmn:terminateEventDefinition id="Def"/>`,
          ],
          [draw(definitions[allowed.find((one) => one !== 'none') ?? 'none'] ?? ''), roots],
        ],
      ],
);
const split = (source: string, condition: string): string =>
  `${source}${flow('x1', 'S', 'A', condition)}${flow('x2', 'S', 'E')}<bpmn:task id="A"/><bpmn:endEvent id="E"/>${flow('x3', 'A', 'E')}`;
const when = formal('conditionExpression', '=a');
const thrown = (definition: string): string =>
  chain(['A', `<bpmn:intermediateThrowEvent id="A">${definition}</bpmn:intermediateThrowEvent>`]);
const caught = (definition: string): string =>
  chain(['A', `<bpmn:intermediateCatchEvent id="A">${definition}</bpmn:intermediateCatchEvent>`]);
const ended = (definition: string): string =>
  main.replace('<bpmn:endEvent id="E"/>', `<bpmn:endEvent id="E">${definition}</bpmn:endEvent>`);
const linked = (from: string, to: string): string =>
  `<bpmn:startEvent id="S"/><bpmn:intermediateThrowEvent id="L1">${from}</bpmn:intermediateThrowEvent><bpmn:intermediateCatchEvent id="L2">${to}</bpmn:intermediateCatchEvent><bpmn:endEvent id="E"/>${flow('l1', 'S', 'L1')}${flow('l2', 'L2', 'E')}`;
const byLink = '<bpmn:linkEventDefinition name="on"/>';
const service =
  '<bpmn:interface id="I" name="I"><bpmn:operation id="O" name="o"><bpmn:inMessageRef>Msg</bpmn:inMessageRef></bpmn:operation></bpmn:interface><bpmn:itemDefinition id="It" structureRef="xsd:string"/><bpmn:message id="Msg" name="arrived" itemRef="It"/>';
const operated =
  '<bpmn:messageEventDefinition messageRef="Msg"><bpmn:operationRef>O</bpmn:operationRef></bpmn:messageEventDefinition>';
const listed = (start: string, end: string): string =>
  `<bpmn:startEvent id="S">${start}</bpmn:startEvent><bpmn:endEvent id="E">${end}</bpmn:endEvent>${flow('f1', 'S', 'E')}`;
const [out, into] = ['<bpmn:outgoing>f1</bpmn:outgoing>', '<bpmn:incoming>f1</bpmn:incoming>'];

const cases: Shown[] = [
  [
    'all flows of a start event are taken',
    'condition-after-start S',
    [split('<bpmn:startEvent id="S"/>', when)],
    [split('<bpmn:startEvent id="S"/>', '')],
  ],
  [
    'an escalation that is thrown has a code',
    'no-escalation-code A',
    [thrown('<bpmn:escalationEventDefinition/>'), roots],
    [thrown(definitions['escalation'] ?? ''), roots],
  ],
  [
    'also one that is only named',
    'no-escalation-code A',
    [thrown('<bpmn:escalationEventDefinition escalationRef="Esc"/>'), '<bpmn:escalation id="Esc" name="esc"/>'],
    [thrown(definitions['escalation'] ?? ''), roots],
  ],
  [
    'an error that is thrown has a code',
    'no-error-code E',
    [ended('<bpmn:errorEventDefinition errorRef="Err"/>'), '<bpmn:error id="Err" name="err"/>'],
    [ended(definitions['error'] ?? ''), roots],
  ],
  ['a signal is named', 'no-signal A', [caught('<bpmn:signalEventDefinition/>'), roots], [caught(bySignal), roots]],
  ['a message is named', 'no-message A', [caught('<bpmn:messageEventDefinition/>'), roots], [caught(byMessage), roots]],
  ['a timer says when', 'timer-empty A', [caught('<bpmn:timerEventDefinition/>'), roots], [caught(timer), roots]],
  ['a duration is one', 'bad-timer A', [caught(timer.replace('PT1H', 'an hour')), roots], [caught(timer), roots]],
  [
    'a cycle is one',
    'bad-timer A',
    [caught(timer.replace(/timeDuration/g, 'timeCycle').replace('PT1H', 'R3/')), roots],
    [caught(timer.replace(/timeDuration/g, 'timeCycle').replace('PT1H', 'R3/PT1H')), roots],
  ],
  [
    'a date is one',
    'bad-timer A',
    [caught(timer.replace(/timeDuration/g, 'timeDate').replace('PT1H', '2026-13-01')), roots],
    [caught(timer.replace(/timeDuration/g, 'timeDate').replace('PT1H', '2026-12-01T08:00:00Z')), roots],
  ],
  [
    'a link has a name',
    'no-link-name L1',
    [linked('<bpmn:linkEventDefinition/>', '<bpmn:linkEventDefinition/>')],
    [linked(byLink, byLink)],
  ],
  [
    'a message of a service has an operation',
    'no-operation A',
    [thrown(byMessage), service],
    [thrown(operated), service],
    'warning',
  ],
  [
    'the definition of another event cannot be borrowed',
    'event-definition-not-reusable E',
    [
      ended('<bpmn:eventDefinitionRef>Own</bpmn:eventDefinitionRef>').replace(
        '<bpmn:task id="A"/>',
        '<bpmn:intermediateThrowEvent id="A"><bpmn:signalEventDefinition id="Own" signalRef="Sig"/></bpmn:intermediateThrowEvent>',
      ),
      roots,
    ],
    [
      ended('<bpmn:eventDefinitionRef>Own</bpmn:eventDefinitionRef>'),
      `${roots}<bpmn:signalEventDefinition id="Own" signalRef="Sig"/>`,
    ],
  ],
  ['an end event lists what leads to it', 'flow-not-listed E', [listed(out, '')], [listed(out, into)]],
  ['a start event lists what leaves it', 'flow-not-listed S', [listed('', into)], [listed(out, into)]],
];

describe('events where they may not stand', () => show([...table, ...referred]));
describe('events and flows', () => show(cases));
