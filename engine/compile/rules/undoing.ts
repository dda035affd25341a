/** Cancelling and compensating: where they are caught and what undoes (BPMN 2.0.2, 10.5.3, 10.5.4, 10.7). */
import { child, flag, isA } from '../element.ts';
import type { Rule } from './rule.ts';
import { triggersOf } from './triggers.ts';

export const undoingRules: Rule[] = [
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
];
