/** Parts that the metamodel and its schema demand: attributes, references and children of multiplicity [1] or [1..*]. */
import { isElement, type ModdleElement } from '../element.ts';
import type { Diagram, Rule } from './rule.ts';

type Required = [of: string, property: string, what: string, section: string];

const required: Required[] = [
  ['Import', 'importType', 'does not say of what type it is (importType)', 'table 8.1'],
  ['Import', 'location', 'does not say where it is (location)', 'table 8.1'],
  ['Import', 'namespace', 'names no namespace', 'table 8.1'],
  ['Relationship', 'type', 'does not say of what type it is', '8.3.5'],
  ['Relationship', 'source', 'has no source', '8.3.5'],
  ['Relationship', 'target', 'has no target', '8.3.5'],
  ['Association', 'sourceRef', 'begins nowhere (sourceRef)', '8.4.1'],
  ['Association', 'targetRef', 'ends nowhere (targetRef)', '8.4.1'],
  ['CorrelationProperty', 'correlationPropertyRetrievalExpression', 'is retrieved from no message', '8.4.2'],
  ['CorrelationPropertyRetrievalExpression', 'messageRef', 'names no message', '8.4.2'],
  ['CorrelationSubscription', 'correlationKeyRef', 'names no correlation key', '8.4.2'],
  ['CorrelationPropertyBinding', 'correlationPropertyRef', 'names no correlation property', '8.4.2'],
  ['Interface', 'name', 'has no name', '8.4.3'],
  ['Interface', 'operations', 'has no operation', '8.4.3'],
  ['Operation', 'name', 'has no name', '8.4.3'],
  ['Operation', 'inMessageRef', 'takes in no message (inMessageRef)', '8.4.3'],
  ['InputOutputBinding', 'operationRef', 'names no operation', '8.4.3'],
  ['Resource', 'name', 'has no name', '8.4.12'],
  ['ResourceParameterBinding', 'parameterRef', 'names no parameter', 'table 10.6'],
  ['ResourceParameterBinding', 'expression', 'has no expression', 'table 10.6'],
  ['ResourceAssignmentExpression', 'expression', 'has no expression', 'table 10.5'],
  ['MessageFlow', 'sourceRef', 'begins nowhere (sourceRef)', '9.4'],
  ['MessageFlow', 'targetRef', 'ends nowhere (targetRef)', '9.4'],
  ['MessageFlowAssociation', 'innerMessageFlowRef', 'names no inner message flow', '9.4'],
  ['MessageFlowAssociation', 'outerMessageFlowRef', 'names no outer message flow', '9.4'],
  ['ParticipantAssociation', 'innerParticipantRef', 'names no inner participant', '9.3'],
  ['ParticipantAssociation', 'outerParticipantRef', 'names no outer participant', '9.3'],
  ['ConversationAssociation', 'innerConversationNodeRef', 'names no inner conversation', '9.5'],
  ['ConversationAssociation', 'outerConversationNodeRef', 'names no outer conversation', '9.5'],
  ['ConversationLink', 'sourceRef', 'begins nowhere (sourceRef)', '9.5'],
  ['ConversationLink', 'targetRef', 'ends nowhere (targetRef)', '9.5'],
  ['ChoreographyActivity', 'initiatingParticipantRef', 'does not say which participant begins', '11.5'],
  ['ChoreographyTask', 'messageFlowRef', 'carries no message', '11.5.1'],
  ['ComplexBehaviorDefinition', 'condition', 'has no condition', 'table 10.30'],
  ['DataObjectReference', 'dataObjectRef', 'refers to no data object', 'table 10.53'],
  ['DataAssociation', 'targetRef', 'leads nowhere (targetRef)', 'table 10.66'],
  ['Assignment', 'from', 'does not say from where (from)', 'table 10.67'],
  ['Assignment', 'to', 'does not say where to (to)', 'table 10.67'],
  ['InputOutputSpecification', 'inputSets', 'has no set of inputs (inputSet)', '10.4.1'],
  ['InputOutputSpecification', 'outputSets', 'has no set of outputs (outputSet)', '10.4.1'],
];

function has(element: ModdleElement, property: string): boolean {
  const value = element.get?.(property);
  if (Array.isArray(value)) return value.length > 0;
  return isElement(value) || (typeof value === 'string' && value.trim() !== '');
}

/** Type name as words: `InputOutputBinding` → input output binding. */
const words = (of: string): string => of.replace(/(?!^)[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

export const requiredRules: Rule[] = required.map(
  ([of, property, what, section]): Rule => ({
    code: 'missing-part',
    section,
    of: `bpmn:${of}`,
    hint: 'Add what is missing, or remove the element.',
    // An unresolved reference is reported as such.
    broken: (element, diagram: Diagram) =>
      has(element, property) || diagram.unresolved(element, property)
        ? undefined
        : `${/^[aeiou]/i.test(of) ? 'An' : 'A'} ${words(of).toLowerCase()} ${what}.`,
  }),
);
