/** Expressions that parse and yet fail, or give null, whatever the instance holds. */
import { body, child, childrenOf, eventDefinitionsOf, isA, type ModdleElement, text } from '../../compile/element.ts';
import { constantOf } from '../constants.ts';
import { called, type Finding, type LintRule } from '../rule.ts';

interface Source {
  what: string;
  source: string;
  /** Null is what was asked for: a mapping that clears a variable. */
  nullable?: boolean;
}

const feel = (what: string, written: string | undefined): Source[] =>
  written?.startsWith('=') ? [{ what, source: written.slice(1).trim() }] : [];
const always = (what: string, written: string | undefined): Source[] =>
  written === undefined ? [] : [{ what, source: written.replace(/^=/, '').trim() }];

const attributes = ['type', 'retries', 'assignee', 'candidateGroups', 'candidateUsers', 'dueDate', 'followUpDate'];

function extensionSources(node: ModdleElement): Source[] {
  const extensions = child(node, 'extensionElements');
  return (extensions ? childrenOf(extensions, 'values') : []).flatMap((value): Source[] => {
    if (value.$type === 'zeebe:IoMapping')
      return [...childrenOf(value, 'inputParameters'), ...childrenOf(value, 'outputParameters')].flatMap((parameter) =>
        feel(`Mapping to ${text(parameter, 'target') ?? '?'}`, text(parameter, 'source')).map((one) => ({
          ...one,
          nullable: true,
        })),
      );
    if (value.$type === 'zeebe:Script')
      return feel('Script', text(value, 'expression')).map((one) => ({ ...one, nullable: true }));
    if (!value.$type.startsWith('zeebe:')) return [];
    return attributes.flatMap((attribute) => feel(attribute, text(value, attribute)));
  });
}

function sourcesOf(node: ModdleElement): Source[] {
  const definitions = eventDefinitionsOf(node).flatMap((definition): Source[] => [
    ...['timeDate', 'timeDuration', 'timeCycle'].flatMap((form) => feel('Timer', body(child(definition, form)))),
    ...always('Condition', body(child(definition, 'condition'))),
  ]);
  const loop = child(node, 'loopCharacteristics');
  const loops = loop
    ? [
        ...always('Loop condition', body(child(loop, 'loopCondition'))),
        ...always('Loop cardinality', body(child(loop, 'loopCardinality'))),
        ...always('Completion condition', body(child(loop, 'completionCondition'))),
      ]
    : [];
  return [
    ...always('Condition', body(child(node, 'conditionExpression'))),
    ...definitions,
    ...loops,
    ...extensionSources(node),
  ];
}

export const expressionFails: LintRule = {
  code: 'expression-fails',
  severity: 'warning',
  hint: 'Correct the FEEL expression.',
  of: 'bpmn:FlowElement',
  find(node) {
    if (!isA(node, 'bpmn:FlowNode') && !isA(node, 'bpmn:SequenceFlow')) return [];
    return sourcesOf(node).flatMap(({ what, source, nullable }): Finding[] => {
      const found = constantOf(source);
      if (!found) return [];
      if (!found.ok)
        return [{ message: `${what} of ${called(node)}: "${source}" fails whatever holds: ${found.message}` }];
      return found.value === null && !nullable
        ? [{ message: `${what} of ${called(node)}: "${source}" is null whatever holds.` }]
        : [];
    });
  },
};
