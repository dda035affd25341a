/** The FEEL expressions of a diagram by their purpose, for the rules about expressions. */
import { body, child, childrenOf, eventDefinitionsOf, type ModdleElement, text } from '../compile/element.ts';

export interface Source {
  what: string;
  source: string;
  /** Null is intended: a mapping that clears a variable. */
  nullable?: boolean;
  /** It also reads results of the element, whose names are unknown. */
  results?: boolean;
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
      return (['inputParameters', 'outputParameters'] as const).flatMap((side) =>
        childrenOf(value, side).flatMap((parameter) =>
          feel(`Mapping to ${text(parameter, 'target') ?? '?'}`, text(parameter, 'source')).map((one) => ({
            ...one,
            nullable: true,
            ...(side === 'outputParameters' && { results: true }),
          })),
        ),
      );
    if (value.$type === 'zeebe:Script')
      return feel('Script', text(value, 'expression')).map((one) => ({ ...one, nullable: true }));
    if (!value.$type.startsWith('zeebe:')) return [];
    return attributes.flatMap((attribute) => feel(attribute, text(value, attribute)));
  });
}

/** What a process declares of itself: its title and its columns. */
export function profileSourcesOf(process: ModdleElement): Source[] {
  const extensions = child(process, 'extensionElements');
  return [
    ...feel('The title', text(process, 'careloop:title')),
    ...(extensions ? childrenOf(extensions, 'values') : []).flatMap((value) =>
      value.$type === 'careloop:Column' ? feel(`The column "${text(value, 'id') ?? ''}"`, text(value, 'value')) : [],
    ),
  ];
}

const ownAttributes = ['careloop:excludedUsers', 'careloop:businessKey'];

export function sourcesOf(node: ModdleElement): Source[] {
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
    ...ownAttributes.flatMap((name) => feel(name.replace(/^.*:/, ''), text(node, name))),
  ];
}
