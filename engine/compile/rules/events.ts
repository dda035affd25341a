/** Events: permitted definitions by position (BPMN 2.0.2, 10.5, table 10.93). */
import { child, isA, type ModdleElement } from '../element.ts';
import { isEventSubProcess, named, nodesOf, type Rule } from './rule.ts';
import { triggersOf } from './triggers.ts';

const wrong = (event: ModdleElement, allowed: readonly string[]): string | undefined =>
  triggersOf(event).find((trigger) => !allowed.includes(trigger));

/** Table 10.93 of the standard. */
const allowed = {
  start: ['message', 'timer', 'conditional', 'signal'],
  eventSubProcess: ['message', 'timer', 'escalation', 'error', 'compensate', 'conditional', 'signal'],
  catch: ['message', 'timer', 'conditional', 'link', 'signal'],
  throw: ['message', 'escalation', 'compensate', 'link', 'signal'],
  boundary: ['message', 'timer', 'escalation', 'error', 'cancel', 'compensate', 'conditional', 'signal'],
  nonInterrupting: ['message', 'timer', 'escalation', 'conditional', 'signal'],
  end: ['message', 'error', 'escalation', 'cancel', 'compensate', 'signal', 'terminate'],
} as const;

const inEmbedded = (event: ModdleElement): boolean =>
  event.$parent !== undefined && isA(event.$parent, 'bpmn:SubProcess') && !isEventSubProcess(event.$parent);

const interrupting = (event: ModdleElement, property: string): boolean => event.get?.(property) !== false;

const noTrigger = 'An event subprocess is started by an event, so its start event needs a trigger.';

export const eventRules: Rule[] = [
  {
    code: 'event-not-allowed',
    constraint: 'EXT098',
    section: '10.5.2, table 10.84',
    of: 'bpmn:StartEvent',
    hint: 'Use message, timer, conditional or signal.',
    broken: (event) => {
      if (!event.$parent || !isA(event.$parent, 'bpmn:Process')) return undefined;
      const trigger = wrong(event, allowed.start);
      return trigger && `No process starts by "${trigger}".`;
    },
  },
  {
    code: 'event-not-allowed',
    constraint: 'EXT121',
    section: '10.5.2',
    of: 'bpmn:StartEvent',
    hint: 'Use message, timer, conditional or signal.',
    broken: (event) =>
      !isEventSubProcess(event.$parent) && triggersOf(event).includes('compensate')
        ? 'Only event subprocesses start by compensation.'
        : undefined,
  },
  {
    code: 'event-not-allowed',
    constraint: 'EXT100',
    section: '10.5.2, table 10.85',
    of: 'bpmn:StartEvent',
    hint: 'Remove the trigger, or make it an event subprocess.',
    broken: (event) =>
      inEmbedded(event) && triggersOf(event).length > 0
        ? 'An embedded subprocess starts when its flow arrives, not by a trigger.'
        : undefined,
  },
  {
    code: 'two-none-starts',
    constraint: 'EXT100',
    section: '10.5.2',
    of: 'bpmn:SubProcess',
    hint: 'Keep one start event and split after it.',
    broken: (scope) => {
      const none = nodesOf(scope).filter((node) => isA(node, 'bpmn:StartEvent') && triggersOf(node).length === 0);
      return none.length > 1 ? 'An embedded subprocess has more than one start event.' : undefined;
    },
  },
  {
    code: 'event-subprocess-starts',
    constraint: 'EXT058',
    section: '10.3.5',
    of: 'bpmn:SubProcess',
    hint: 'Give it exactly one start event with a trigger.',
    broken: (scope) => {
      if (!isEventSubProcess(scope)) return undefined;
      const starts = nodesOf(scope).filter((node) => isA(node, 'bpmn:StartEvent'));
      return starts.length === 1 ? undefined : `An event subprocess has ${starts.length} start events.`;
    },
  },
  ...['EXT059', 'EXT129'].map(
    (constraint): Rule => ({
      code: 'event-not-allowed',
      constraint,
      section: '10.3.5, table 10.86',
      of: 'bpmn:StartEvent',
      hint: 'Use message, timer, escalation, error, compensation, conditional or signal; error and compensation always interrupt.',
      broken: (event) => {
        if (!isEventSubProcess(event.$parent)) return undefined;
        if (triggersOf(event).length === 0) return constraint === 'EXT059' ? undefined : noTrigger;
        if (constraint === 'EXT129') return undefined;
        const trigger = wrong(event, allowed.eventSubProcess);
        if (trigger) return `No event subprocess starts by "${trigger}".`;
        const always = triggersOf(event).find((type) => type === 'error' || type === 'compensate');
        return always && !interrupting(event, 'isInterrupting')
          ? `A start by "${always}" always interrupts.`
          : undefined;
      },
    }),
  ),
  {
    code: 'event-not-allowed',
    constraint: 'EXT059',
    section: '10.3.5, table 10.86',
    of: 'bpmn:StartEvent',
    hint: 'Give it a trigger, for instance a timer or a message.',
    broken: (event) => (isEventSubProcess(event.$parent) && triggersOf(event).length === 0 ? noTrigger : undefined),
  },
  ...(['EXT110', 'EXT147'] as const).map(
    (constraint): Rule => ({
      code: 'event-not-allowed',
      constraint,
      section: '10.5.4, table 10.90',
      of: 'bpmn:BoundaryEvent',
      hint: 'Use message, timer, escalation, error, cancel, compensation, conditional or signal.',
      broken: (event) => {
        if (triggersOf(event).length === 0) return 'A boundary event has no trigger.';
        // A compensation boundary event neither interrupts nor not: it waits until its activity is done.
        const list = interrupting(event, 'cancelActivity') ? allowed.boundary : allowed.nonInterrupting;
        const trigger = wrong(event, list);
        if (!trigger) return undefined;
        return allowed.boundary.some((known) => known === trigger)
          ? `A boundary event of type "${trigger}" always interrupts.`
          : `"${trigger}" is no trigger of a boundary event.`;
      },
    }),
  ),
  {
    code: 'event-without-trigger',
    constraint: 'EXT130',
    section: '10.5.4',
    of: 'bpmn:BoundaryEvent',
    hint: 'Choose what it waits for.',
    broken: (event) => (triggersOf(event).length === 0 ? 'A boundary event waits for nothing.' : undefined),
  },
  ...(['EXT148', 'EXT122'] as const).map(
    (constraint): Rule => ({
      code: 'event-not-allowed',
      constraint,
      section: '10.5.4, table 10.89',
      of: 'bpmn:IntermediateCatchEvent',
      hint: 'Use message, timer, conditional, link or signal.',
      broken: (event) => {
        if (triggersOf(event).length === 0) return 'A catching event waits for nothing.';
        const trigger = wrong(event, allowed.catch);
        return trigger && (constraint === 'EXT148' || trigger === 'compensate')
          ? `"${trigger}" is not caught in the normal flow.`
          : undefined;
      },
    }),
  ),
  {
    code: 'event-not-allowed',
    constraint: 'EXT149',
    section: '10.5.4, table 10.89',
    of: 'bpmn:IntermediateThrowEvent',
    hint: 'Use message, escalation, compensation, link or signal, or no trigger.',
    broken: (event) => {
      const trigger = wrong(event, allowed.throw);
      return trigger && `"${trigger}" is not thrown by an intermediate event.`;
    },
  },
  {
    code: 'event-not-allowed',
    constraint: 'EXT146',
    section: '10.5.3, table 10.88',
    of: 'bpmn:EndEvent',
    hint: 'Use message, error, escalation, cancel, compensation, signal or terminate, or no result.',
    broken: (event) => {
      const trigger = wrong(event, allowed.end);
      return trigger && `"${trigger}" is not the result of an end event.`;
    },
  },
  {
    code: 'boundary-of-event-subprocess',
    section: '10.3.5, 10.5.4',
    of: 'bpmn:BoundaryEvent',
    hint: 'Attach it to an activity of the flow.',
    broken: (event) =>
      isEventSubProcess(child(event, 'attachedToRef')) ? 'A boundary event stands at an event subprocess.' : undefined,
  },
  {
    code: 'boundary-elsewhere',
    section: '10.5.4',
    of: 'bpmn:BoundaryEvent',
    hint: 'Let it stand in the scope of the activity it is attached to.',
    broken: (event) => {
      const host = child(event, 'attachedToRef');
      return host && host.$parent !== event.$parent
        ? `It is attached to ${named(host)}, which stands in another scope.`
        : undefined;
    },
  },
];
