/** Cancel and compensation events: where they are caught, and compensation handlers (BPMN 2.0.2, 10.5.3, 10.5.4, 10.7). */
import { child, eventDefinitionsOf, flag, isA, type ModdleElement } from '../element.ts';
import { type Diagram, isEventSubProcess, named, type Rule } from './rule.ts';
import { triggersOf } from './triggers.ts';

const undoes = (event: ModdleElement): boolean => triggersOf(event).includes('compensate');

/** The activities that a compensation boundary event is joined to. */
function handlersOf(event: ModdleElement, diagram: Diagram): ModdleElement[] {
  const ends = diagram
    .all('bpmn:Association')
    .flatMap((association) =>
      child(association, 'sourceRef') === event ? (child(association, 'targetRef') ?? []) : [],
    );
  return [...new Set(ends.filter((end) => isA(end, 'bpmn:Activity')))];
}

/** Scope of a thrown compensation: its own, and from an event subprocess also the enclosing one. */
function reaches(event: ModdleElement, activity: ModdleElement): boolean {
  const scope = event.$parent;
  return activity.$parent === scope || (isEventSubProcess(scope) && activity.$parent === scope?.$parent);
}

export const undoingRules: Rule[] = [
  ...['EXT111', 'EXT120'].map(
    (constraint): Rule => ({
      code: 'cancel-outside-transaction',
      constraint,
      section: '10.5.4',
      of: 'bpmn:BoundaryEvent',
      hint: 'Attach it to a transaction.',
      broken: (event) => {
        const host = child(event, 'attachedToRef');
        return triggersOf(event).includes('cancel') && host && !isA(host, 'bpmn:Transaction')
          ? 'A cancel event is attached to something that is no transaction.'
          : undefined;
      },
    }),
  ),
  ...['EXT106', 'EXT120'].map(
    (constraint): Rule => ({
      code: 'cancel-outside-transaction',
      constraint,
      section: '10.5.3',
      of: 'bpmn:EndEvent',
      hint: 'Use it inside a transaction only.',
      broken: (event) => {
        if (!triggersOf(event).includes('cancel')) return undefined;
        for (let scope = event.$parent; scope; scope = scope.$parent)
          if (isA(scope, 'bpmn:Transaction')) return undefined;
        return 'A cancel end event stands outside a transaction.';
      },
    }),
  ),
  {
    code: 'compensation-with-flow',
    constraint: 'EXT114',
    section: '10.5.4',
    of: 'bpmn:BoundaryEvent',
    hint: 'Join it to its handler by an association.',
    broken: (event, diagram) =>
      triggersOf(event).includes('compensate') && diagram.outgoing(event).length > 0
        ? 'A sequence flow leaves a compensation boundary event.'
        : undefined,
  },
  {
    code: 'compensation-without-handler',
    constraint: 'EXT143',
    section: '10.7.1',
    of: 'bpmn:BoundaryEvent',
    hint: 'Join it by an association to an activity that is marked for compensation.',
    broken: (event, diagram) =>
      undoes(event) && handlersOf(event, diagram).length === 0
        ? 'A compensation boundary event has no handler.'
        : undefined,
  },
  {
    code: 'two-handlers',
    section: '10.7.1',
    of: 'bpmn:BoundaryEvent',
    hint: 'Join it to one activity; a subprocess can hold several.',
    broken: (event, diagram) =>
      undoes(event) && handlersOf(event, diagram).length > 1
        ? 'A compensation boundary event has more than one handler.'
        : undefined,
  },
  {
    code: 'handler-elsewhere',
    section: '10.7.1',
    of: 'bpmn:Association',
    hint: 'Let the handler stand beside the activity that it undoes.',
    broken: (association) => {
      const [event, handler] = [child(association, 'sourceRef'), child(association, 'targetRef')];
      if (!event || !handler || !isA(event, 'bpmn:BoundaryEvent') || !isA(handler, 'bpmn:Activity')) return undefined;
      return undoes(event) && event.$parent !== handler.$parent
        ? 'The handler of a compensation event stands in another scope.'
        : undefined;
    },
  },
  {
    code: 'compensation-activity-with-flow',
    section: '10.3, 10.7.1',
    of: 'bpmn:Activity',
    hint: 'Remove the flow: it runs when something is undone.',
    broken: (activity, diagram) =>
      flag(activity, 'isForCompensation') && diagram.incoming(activity).length + diagram.outgoing(activity).length > 0
        ? 'A sequence flow joins an activity that is for compensation.'
        : undefined,
  },
  {
    code: 'compensation-of-nothing',
    section: '10.5.5, table 10.94',
    of: 'bpmn:ThrowEvent',
    hint: 'Name an activity of the same scope that has a compensation handler, or none for all of them.',
    broken: (event, diagram) => {
      for (const definition of eventDefinitionsOf(event)) {
        const activity = child(definition, 'activityRef');
        if (!activity || !isA(activity, 'bpmn:Activity')) continue;
        if (!reaches(event, activity)) return `It undoes ${named(activity)}, which stands in another scope.`;
        // The content of a subprocess can be compensated with it.
        const undoable =
          isA(activity, 'bpmn:SubProcess') ||
          diagram.all('bpmn:BoundaryEvent').some((at) => child(at, 'attachedToRef') === activity && undoes(at));
        if (!undoable) return `It undoes ${named(activity)}, which nothing can undo.`;
      }
      return undefined;
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
];
