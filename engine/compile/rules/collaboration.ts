/** Participants, choreographies and message correlation (BPMN 2.0.2, 8.4.2, 9.3 and 11). */
import { body, child, childrenOf, isA, number } from '../element.ts';
import type { Diagram, Rule } from './rule.ts';

const usesZeebe = (diagram: Diagram): boolean => diagram.extensions.some((type) => type.startsWith('zeebe:'));

export const collaborationRules: Rule[] = [
  {
    code: 'choreography-of-choreography',
    constraint: 'EXT027',
    section: 'table 9.1',
    of: 'bpmn:Collaboration',
    hint: 'Let a collaboration refer to the choreography.',
    broken: (collaboration) =>
      ['bpmn:Choreography', 'bpmn:GlobalConversation'].some((type) => isA(collaboration, type)) &&
      childrenOf(collaboration, 'choreographyRef').length > 0
        ? 'A choreography or global conversation refers to a choreography.'
        : undefined,
  },
  {
    code: 'participant-minimum',
    constraint: 'EXT029',
    section: 'table 9.4',
    of: 'bpmn:ParticipantMultiplicity',
    hint: 'Give 0 or more.',
    broken: (multiplicity) =>
      (number(multiplicity, 'minimum') ?? 0) < 0 ? 'The minimum of a participant is negative.' : undefined,
  },
  {
    code: 'participant-maximum',
    constraint: 'EXT030',
    section: 'table 9.4',
    of: 'bpmn:ParticipantMultiplicity',
    hint: 'Give at least the minimum, and at least 1.',
    broken: (multiplicity) => {
      const [minimum, maximum] = [number(multiplicity, 'minimum') ?? 0, number(multiplicity, 'maximum') ?? 1];
      return maximum < Math.max(1, minimum) ? 'The maximum of a participant is less than its minimum.' : undefined;
    },
  },
  ...(
    [
      ['bpmn:CorrelationPropertyRetrievalExpression', 'messagePath'],
      ['bpmn:CorrelationPropertyBinding', 'dataPath'],
    ] as const
  ).map(
    ([of, property]): Rule => ({
      code: 'empty-correlation',
      constraint: 'EXT013',
      section: '8.4.2',
      of,
      hint: 'Write the expression, or give the message a subscription (zeebe:subscription).',
      broken: (element) =>
        body(child(element, property)) ? undefined : 'The expression that tells messages apart is empty.',
    }),
  ),
  {
    code: 'no-operation',
    constraint: 'EXT128',
    section: 'table 10.98',
    of: 'bpmn:MessageEventDefinition',
    severity: 'warning',
    hint: 'Name the operation of the message (operationRef); it is found by the name of the message either way.',
    // With Zeebe's extensions messages are correlated by name and subscription, and common modelers do not write
    // operations.
    broken: (definition, diagram) =>
      child(definition, 'messageRef') && !child(definition, 'operationRef') && !usesZeebe(diagram)
        ? 'In an executable process a message event names an operation.'
        : undefined,
  },
];
