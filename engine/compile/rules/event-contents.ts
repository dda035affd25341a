/** Content of event definitions: codes, conditions, references (BPMN 2.0.2, 10.5.1, 10.5.5). */
import { body, child, childrenOf, eventDefinitionsOf, isA, text } from '../element.ts';
import type { Rule } from './rule.ts';
import { triggerOf } from './triggers.ts';

export const eventContentRules: Rule[] = [
  {
    code: 'no-escalation-code',
    constraint: 'EXT011',
    section: 'table 10.97',
    of: 'bpmn:ThrowEvent',
    hint: 'Choose an escalation with a code.',
    broken: (event) => {
      const definition = eventDefinitionsOf(event).find((entry) => triggerOf(entry) === 'escalation');
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
      const definition = eventDefinitionsOf(event).find((entry) => triggerOf(entry) === 'error');
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
