/** Message flows: permitted ends (BPMN 2.0.2, 7.6.2, 9.4, 10.5). */
import { child, isA, type ModdleElement } from '../element.ts';
import { processOf, type Rule } from './rule.ts';
import { triggersOf } from './triggers.ts';

/** The process of a participant, or the one that contains an element. */
function poolOf(element: ModdleElement): ModdleElement | undefined {
  return isA(element, 'bpmn:Participant') ? (child(element, 'processRef') ?? element) : processOf(element);
}

const artifact = (element: ModdleElement | undefined): boolean =>
  element !== undefined && isA(element, 'bpmn:Artifact');

function messageFlowEnd(
  side: 'sourceRef' | 'targetRef',
  broken: (end: ModdleElement, flow: ModdleElement) => string | undefined,
) {
  return (flow: ModdleElement): string | undefined => {
    const end = child(flow, side);
    return end && broken(end, flow);
  };
}

export const messageFlowRules: Rule[] = [
  {
    code: 'message-flow-to-artifact',
    constraint: 'EXT008',
    section: '7.6.2',
    of: 'bpmn:MessageFlow',
    hint: 'End it at a participant, an activity or an event.',
    broken: messageFlowEnd('targetRef', (end) => (artifact(end) ? 'A message flow ends at an artifact.' : undefined)),
  },
  {
    code: 'message-flow-from-artifact',
    constraint: 'EXT009',
    section: '7.6.2',
    of: 'bpmn:MessageFlow',
    hint: 'Begin it at a participant, an activity or an event.',
    broken: messageFlowEnd('sourceRef', (end) => (artifact(end) ? 'A message flow begins at an artifact.' : undefined)),
  },
  {
    code: 'message-flow-within-pool',
    constraint: 'EXT031',
    section: '9.4',
    of: 'bpmn:MessageFlow',
    hint: 'Message flows join different participants; use a sequence flow inside one.',
    broken: (flow) => {
      const [source, target] = [child(flow, 'sourceRef'), child(flow, 'targetRef')];
      if (!source || !target || artifact(source) || artifact(target)) return undefined;
      const pool = poolOf(source);
      return pool !== undefined && pool === poolOf(target)
        ? 'The message flow stays within one participant.'
        : undefined;
    },
  },
  {
    code: 'message-flow-from-start',
    constraint: 'EXT102',
    section: '10.5.2',
    of: 'bpmn:MessageFlow',
    hint: 'Begin the message flow at a throwing event or a task.',
    broken: messageFlowEnd('sourceRef', (end) =>
      isA(end, 'bpmn:StartEvent') ? 'A message flow begins at a start event.' : undefined,
    ),
  },
  {
    code: 'message-flow-to-end',
    constraint: 'EXT108',
    section: '10.5.3',
    of: 'bpmn:MessageFlow',
    hint: 'End the message flow at a catching event or a task.',
    broken: messageFlowEnd('targetRef', (end) =>
      isA(end, 'bpmn:EndEvent') ? 'A message flow ends at an end event.' : undefined,
    ),
  },
  {
    code: 'message-flow-from-silent-end',
    constraint: 'EXT109',
    section: '10.5.3',
    of: 'bpmn:MessageFlow',
    hint: 'Make it a message end event.',
    broken: messageFlowEnd('sourceRef', (end) =>
      isA(end, 'bpmn:EndEvent') && !triggersOf(end).includes('message')
        ? 'A message flow begins at an end event that sends no message.'
        : undefined,
    ),
  },
  {
    code: 'message-flow-against-event',
    constraint: 'EXT119',
    section: '10.5.4',
    of: 'bpmn:MessageFlow',
    hint: 'Messages come to catching events and leave throwing ones.',
    broken: (flow) => {
      const [source, target] = [child(flow, 'sourceRef'), child(flow, 'targetRef')];
      if (source && ['bpmn:IntermediateCatchEvent', 'bpmn:BoundaryEvent'].some((type) => isA(source, type)))
        return 'A message flow begins at a catching event.';
      if (target && isA(target, 'bpmn:IntermediateThrowEvent')) return 'A message flow ends at a throwing event.';
      return undefined;
    },
  },
  {
    code: 'message-flow-to-gateway',
    section: '7.6.2, table 7.4',
    of: 'bpmn:MessageFlow',
    hint: 'Join participants, activities and events by message flows.',
    broken: (flow) =>
      [child(flow, 'sourceRef'), child(flow, 'targetRef')].some((end) => end && isA(end, 'bpmn:Gateway'))
        ? 'A message flow joins a gateway.'
        : undefined,
  },
  {
    code: 'message-flow-to-silent-event',
    section: '10.5.4',
    of: 'bpmn:MessageFlow',
    hint: 'Make it a message event.',
    broken: messageFlowEnd('targetRef', (end) =>
      (isA(end, 'bpmn:IntermediateCatchEvent') || isA(end, 'bpmn:BoundaryEvent')) &&
      !triggersOf(end).includes('message')
        ? 'A message flow leads to an event that waits for no message.'
        : undefined,
    ),
  },
  {
    code: 'message-flow-from-silent-event',
    section: '10.5.4',
    of: 'bpmn:MessageFlow',
    hint: 'Make it a message event.',
    broken: messageFlowEnd('sourceRef', (end) =>
      isA(end, 'bpmn:IntermediateThrowEvent') && !triggersOf(end).includes('message')
        ? 'A message flow begins at an event that sends no message.'
        : undefined,
    ),
  },
  // A message sent within this file would be lost; one from outside only indicates that people start the process.
  ...([undefined, 'warning'] as const).map(
    (severity): Rule => ({
      code: 'message-flow-to-silent-start',
      constraint: 'EXT103',
      section: '10.5.2',
      of: 'bpmn:MessageFlow',
      severity,
      hint: 'Make it a message start event.',
      broken: messageFlowEnd('targetRef', (end, flow) => {
        if (!isA(end, 'bpmn:StartEvent') || triggersOf(end).includes('message')) return undefined;
        const source = child(flow, 'sourceRef');
        const sender = source && poolOf(source);
        const runs = sender !== undefined && sender.get?.('isExecutable') === true;
        return runs === (severity === undefined)
          ? 'A message flow leads to a start event that waits for no message.'
          : undefined;
      }),
    }),
  ),
];
