/** Events: which definitions stand where, and how events may be joined (BPMN 2.0.2, 10.5). */
import { body, child, childrenOf, eventDefinitionsOf, flag, isA, type ModdleElement, text } from '../element.ts';
import { isEventSubProcess, nodesOf, type Rule } from './rule.ts';

const shortOf = (definition: ModdleElement): string =>
  definition.$type
    .replace(/^bpmn:/, '')
    .replace(/EventDefinition$/, '')
    .toLowerCase();

const triggersOf = (event: ModdleElement): string[] => eventDefinitionsOf(event).map(shortOf);

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

export const eventRules: Rule[] = [
  {
    code: 'start-with-incoming',
    constraint: 'EXT096',
    section: '10.5.2',
    of: 'bpmn:StartEvent',
    hint: 'Lead the flow to another element.',
    broken: (event, drawing) =>
      drawing.incoming(event).length > 0 ? 'A sequence flow leads to a start event.' : undefined,
  },
  {
    code: 'end-with-outgoing',
    constraint: 'EXT107',
    section: '10.5.3',
    of: 'bpmn:EndEvent',
    hint: 'Make it an intermediate event, or remove the flow.',
    broken: (event, drawing) =>
      drawing.outgoing(event).length > 0 ? 'A sequence flow leaves an end event.' : undefined,
  },
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
        if (triggersOf(event).length === 0)
          return constraint === 'EXT059' ? undefined : 'The start event of an event subprocess has no trigger.';
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
    section: '10.3.5',
    of: 'bpmn:StartEvent',
    hint: 'Give it a trigger, for instance a timer or a message.',
    broken: (event) =>
      isEventSubProcess(event.$parent) && triggersOf(event).length === 0
        ? 'An event subprocess is started by an event, so its start event needs a trigger.'
        : undefined,
  },
  {
    code: 'event-subprocess-with-flow',
    constraint: 'EXT057',
    section: '10.3.5',
    of: 'bpmn:SubProcess',
    hint: 'Remove the flow: its start event triggers it.',
    broken: (scope, drawing) =>
      isEventSubProcess(scope) && drawing.incoming(scope).length + drawing.outgoing(scope).length > 0
        ? 'A sequence flow joins an event subprocess.'
        : undefined,
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
  {
    code: 'cancel-outside-transaction',
    constraint: 'EXT111',
    section: '10.5.4',
    of: 'bpmn:BoundaryEvent',
    hint: 'Attach it to a transaction.',
    broken: (event) => {
      const host = child(event, 'attachedToRef');
      return triggersOf(event).includes('cancel') && host && !isA(host, 'bpmn:Transaction')
        ? 'A cancel event is attached to something that is no transaction.'
        : undefined;
    },
  },
  {
    code: 'cancel-outside-transaction',
    constraint: 'EXT106',
    section: '10.5.3',
    of: 'bpmn:EndEvent',
    hint: 'Use it inside a transaction only.',
    broken: (event) => {
      if (!triggersOf(event).includes('cancel')) return undefined;
      for (let scope = event.$parent; scope; scope = scope.$parent)
        if (isA(scope, 'bpmn:Transaction')) return undefined;
      return 'A cancel end event stands outside a transaction.';
    },
  },
  {
    code: 'boundary-with-incoming',
    constraint: 'EXT112',
    section: '10.5.4',
    of: 'bpmn:BoundaryEvent',
    hint: 'Remove the flow: a boundary event is triggered, not reached.',
    broken: (event, drawing) =>
      drawing.incoming(event).length > 0 ? 'A sequence flow leads to a boundary event.' : undefined,
  },
  {
    code: 'boundary-without-outgoing',
    section: '10.5.4',
    of: 'bpmn:BoundaryEvent',
    hint: 'Lead a sequence flow from it.',
    broken: (event, drawing) =>
      !triggersOf(event).includes('compensate') && drawing.outgoing(event).length === 0
        ? 'Nothing leads on from a boundary event.'
        : undefined,
  },
  {
    code: 'compensation-with-flow',
    constraint: 'EXT114',
    section: '10.5.4',
    of: 'bpmn:BoundaryEvent',
    hint: 'Join it to its handler by an association.',
    broken: (event, drawing) =>
      triggersOf(event).includes('compensate') && drawing.outgoing(event).length > 0
        ? 'A sequence flow leaves a compensation boundary event.'
        : undefined,
  },
  {
    code: 'compensation-without-handler',
    constraint: 'EXT143',
    section: '10.7.1',
    of: 'bpmn:BoundaryEvent',
    hint: 'Join it by an association to an activity that is marked for compensation.',
    broken: (event, drawing) => {
      if (!triggersOf(event).includes('compensate')) return undefined;
      return drawing.all('bpmn:Association').some((association) => child(association, 'sourceRef') === event)
        ? undefined
        : 'A compensation boundary event has no handler.';
    },
  },
  {
    code: 'handler-not-for-compensation',
    constraint: 'EXT144',
    section: '10.7.1',
    of: 'bpmn:Association',
    hint: 'Mark the activity for compensation (isForCompensation).',
    broken: (association) => {
      const [event, handler] = [child(association, 'sourceRef'), child(association, 'targetRef')];
      if (!event || !handler || !isA(event, 'bpmn:BoundaryEvent') || !isA(handler, 'bpmn:Activity')) return undefined;
      return triggersOf(event).includes('compensate') && !flag(handler, 'isForCompensation')
        ? 'The handler of a compensation event is not marked for compensation.'
        : undefined;
    },
  },
  {
    code: 'intermediate-without-outgoing',
    constraint: 'EXT116',
    section: '10.5.4',
    of: 'bpmn:Event',
    hint: 'Lead a sequence flow from it, or make it an end event.',
    broken: (event, drawing) => {
      const catching = isA(event, 'bpmn:IntermediateCatchEvent');
      const throwing = isA(event, 'bpmn:IntermediateThrowEvent');
      if (!catching && (!throwing || triggersOf(event).includes('link'))) return undefined;
      return drawing.outgoing(event).length === 0 ? 'Nothing leads on from an intermediate event.' : undefined;
    },
  },
  {
    code: 'link-with-flow',
    constraint: 'EXT117',
    section: '10.5.4',
    of: 'bpmn:Event',
    hint: 'A link replaces the flow: nothing leads to its catching end or from its throwing end.',
    broken: (event, drawing) => {
      if (!triggersOf(event).includes('link')) return undefined;
      if (isA(event, 'bpmn:IntermediateCatchEvent') && drawing.incoming(event).length > 0)
        return 'A sequence flow leads to the catching end of a link.';
      if (isA(event, 'bpmn:IntermediateThrowEvent') && drawing.outgoing(event).length > 0)
        return 'A sequence flow leaves the throwing end of a link.';
      return undefined;
    },
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
    code: 'no-escalation-code',
    constraint: 'EXT011',
    section: 'table 10.97',
    of: 'bpmn:ThrowEvent',
    hint: 'Choose an escalation with a code.',
    broken: (event) => {
      const definition = eventDefinitionsOf(event).find((entry) => shortOf(entry) === 'escalation');
      const escalation = definition && child(definition, 'escalationRef');
      return definition && !(escalation && text(escalation, 'escalationCode'))
        ? 'It throws an escalation without a code.'
        : undefined;
    },
  },
  {
    code: 'no-error-code',
    constraint: 'EXT011',
    section: 'table 10.96',
    of: 'bpmn:EndEvent',
    hint: 'Choose an error with a code.',
    broken: (event) => {
      const definition = eventDefinitionsOf(event).find((entry) => shortOf(entry) === 'error');
      const error = definition && child(definition, 'errorRef');
      return definition && !(error && text(error, 'errorCode')) ? 'It throws an error without a code.' : undefined;
    },
  },
  {
    code: 'empty-condition',
    constraint: 'EXT123',
    section: 'table 10.95',
    of: 'bpmn:ConditionalEventDefinition',
    hint: 'Write the condition.',
    broken: (definition) =>
      body(child(definition, 'condition')) ? undefined : 'A conditional event has no condition.',
  },
  {
    code: 'event-definition-not-reusable',
    constraint: 'EXT095',
    section: '10.5.1',
    of: 'bpmn:Event',
    hint: 'Refer to event definitions that stand directly under the definitions.',
    broken: (event) =>
      childrenOf(event, 'eventDefinitionRef').some(
        (definition) => definition.$parent !== undefined && !isA(definition.$parent, 'bpmn:Definitions'),
      )
        ? 'It refers to an event definition that belongs to another event.'
        : undefined,
  },
];
