/** The small pictures of BPMN's notation (BPMN 2.0.2, chapters 7 and 10), drawn in one ink. */

/** Ink of everything that nothing colours. */
export const ink = '#22303c';

type Icon = (ink: string) => string;
const always =
  (svg: string): Icon =>
  () =>
    svg;

/** In the corner of a task, in a box of 14 by 14. */
export const taskIcons: Record<string, Icon> = {
  'bpmn:UserTask': always(
    '<circle cx="7" cy="4" r="2.8"/><path d="M1.5 13.5 C1.5 9 4 7.6 7 7.6 S12.5 9 12.5 13.5 Z"/>',
  ),
  'bpmn:ServiceTask': always(
    '<circle cx="7" cy="7" r="4.2"/><circle cx="7" cy="7" r="1.6"/><path d="M7 .6V2.8M7 11.2V13.4M.6 7H2.8M11.2 7H13.4M2.5 2.5 4 4M10 10 11.5 11.5M2.5 11.5 4 10M10 4 11.5 2.5"/>',
  ),
  'bpmn:ScriptTask': always('<path d="M3 1H12C9 4.5 12.5 9 10.5 13H1.5C4 9.5 0 5 3 1ZM4 4.5H8.5M4.5 7H9M5 9.5H9.5"/>'),
  'bpmn:SendTask': (colour) =>
    `<path d="M.8 2.8H13.2V11.2H.8Z" fill="${colour}"/><path d="M.8 2.8 7 7.6 13.2 2.8" stroke="#fff"/>`,
  'bpmn:ReceiveTask': always('<path d="M.8 2.8H13.2V11.2H.8ZM.8 2.8 7 7.6 13.2 2.8"/>'),
  'bpmn:BusinessRuleTask': always('<path d="M.8 2H13.2V12H.8ZM.8 5H13.2M.8 8.5H13.2M4.5 5V12"/>'),
  'bpmn:ManualTask': always(
    '<path d="M1 6 5.5 2C7 1 7.6 2.6 6.6 3.4L5.6 4.6H13V6.4M13 6.4V10.8C13 12.4 12 13 10 13H4L1 11Z"/>',
  ),
};

/** Inside an event's circle, around its centre; filled where the event is thrown. */
export const eventIcons: Record<string, (filled: boolean, ink: string) => string> = {
  'bpmn:TimerEventDefinition': () => '<circle r="9.5"/><path d="M0 -6.5V0L4.5 3M0 -9.5V-8M0 9.5V8M-9.5 0H-8M9.5 0H8"/>',
  'bpmn:MessageEventDefinition': (filled, colour) =>
    filled
      ? `<path d="M-8.5 -6H8.5V6H-8.5Z" fill="${colour}"/><path d="M-8.5 -6 0 1 8.5 -6" stroke="#fff"/>`
      : '<path d="M-8.5 -6H8.5V6H-8.5ZM-8.5 -6 0 1 8.5 -6"/>',
  'bpmn:ErrorEventDefinition': outline('M-7.5 7 -3 -6 2 1.5 7.5 -7 3 6 -2 -1.5Z'),
  'bpmn:EscalationEventDefinition': outline('M0 -9 7 8 0 1.5 -7 8Z'),
  'bpmn:SignalEventDefinition': outline('M0 -9 8.5 6H-8.5Z'),
  'bpmn:CompensateEventDefinition': outline('M-1 -7V7L-9 0ZM8 -7V7L0 0Z'),
  'bpmn:CancelEventDefinition': outline('M-8 -5 -5 -8 0 -3 5 -8 8 -5 3 0 8 5 5 8 0 3 -5 8 -8 5 -3 0Z'),
  'bpmn:LinkEventDefinition': outline('M-9 -3.5H1V-7.5L9 0 1 7.5V3.5H-9Z'),
  'bpmn:ConditionalEventDefinition': () =>
    '<path d="M-7 -8.5H7V8.5H-7ZM-4.5 -5H4.5M-4.5 -1.7H4.5M-4.5 1.7H4.5M-4.5 5H4.5"/>',
  'bpmn:TerminateEventDefinition': (_filled, colour) => `<circle r="9.5" fill="${colour}"/>`,
};

/** Several event definitions in one event. */
export const severalEvents = outline('M0 -9 8.6 -2.8 5.3 7.3H-5.3L-8.6 -2.8Z');
export const allOfSeveralEvents = outline('M-3 -9H3V-3H9V3H3V9H-3V3H-9V-3H-3Z');

function outline(d: string): (filled: boolean, ink: string) => string {
  return (filled, colour) => `<path d="${d}" ${filled ? `fill="${colour}"` : ''}/>`;
}

export const gatewayIcons: Record<string, string> = {
  'bpmn:ExclusiveGateway': '<path d="M-7 -8 7 8M7 -8 -7 8" stroke-width="3"/>',
  'bpmn:ParallelGateway': '<path d="M0 -11V11M-11 0H11" stroke-width="3"/>',
  'bpmn:InclusiveGateway': '<circle r="11" stroke-width="2.6"/>',
  'bpmn:ComplexGateway': '<path d="M0 -12V12M-12 0H12M-8 -8 8 8M8 -8 -8 8" stroke-width="2.6"/>',
  'bpmn:EventBasedGateway': '<circle r="13"/><circle r="10.5"/><path d="M0 -7 6.7 -2.2 4.1 5.7H-4.1L-6.7 -2.2Z"/>',
};

/** Event-based gateways that start the instance: by the first of their events, or by all of them. */
export const startingGatewayIcons = {
  first: '<circle r="13"/><path d="M0 -7 6.7 -2.2 4.1 5.7H-4.1L-6.7 -2.2Z"/>',
  all: '<circle r="13"/><path d="M-2.4 -8H2.4V-2.4H8V2.4H2.4V8H-2.4V2.4H-8V-2.4H-2.4Z"/>',
};

/** A receive task that starts the instance: its envelope in a circle. */
export const startingReceiveIcon = '<circle cx="8" cy="8" r="8.4"/><path d="M3 4.8H13V11.2H3ZM3 4.8 8 8.6 13 4.8"/>';

/** At the foot of an activity, in a box of 14 by 14. */
export const markers = {
  parallel: '<path d="M2 1V13M7 1V13M12 1V13" stroke-width="2"/>',
  sequential: '<path d="M1 2H13M1 7H13M1 12H13" stroke-width="2"/>',
  loop: '<path d="M4 12.2A6 6 0 1 1 8 12.9M4 12.2 1.2 12.6M4 12.2 4 9.2"/>',
  adHoc: '<path d="M1 9C3 3 5.5 5 7 7S11 10.5 13 5" stroke-width="2.4"/>',
  compensation: '<path d="M6.5 2V12L.5 7ZM13 2V12L7 7Z"/>',
  inside: '<path d="M0 0h14v14h-14ZM7 3v8M3 7h8"/>',
};
