/** Link events: source and target belong together, one target, one level (BPMN 2.0.2, 10.5.5). */
import { child, childrenOf, eventDefinitionsOf, isA, type ModdleElement, text } from '../element.ts';
import { targetOf } from '../event-definitions.ts';
import type { Diagram, Rule } from './rule.ts';

const linkOf = (event: ModdleElement): ModdleElement | undefined =>
  eventDefinitionsOf(event).find((definition) => definition.$type === 'bpmn:LinkEventDefinition');

const eventOf = (definition: ModdleElement): ModdleElement | undefined => definition.$parent;

/** By reference if given, otherwise by name in the same scope. */
function partners(event: ModdleElement, side: 'source' | 'target', diagram: Diagram): ModdleElement[] {
  const link = linkOf(event);
  if (!link) return [];
  const type = side === 'target' ? 'bpmn:IntermediateCatchEvent' : 'bpmn:IntermediateThrowEvent';
  const referred = side === 'target' ? [targetOf(link, event)] : childrenOf(link, 'source');
  const events = referred.flatMap((definition) => (definition && eventOf(definition)) ?? []);
  if (events.length > 0) return events;
  const name = text(link, 'name');
  return diagram.all(type).filter((other) => {
    const link = linkOf(other);
    return link !== undefined && text(link, 'name') === name && other.$parent === event.$parent;
  });
}

export const linkRules: Rule[] = [
  {
    code: 'link-without-source',
    constraint: 'EXT124',
    section: '10.5.5',
    of: 'bpmn:IntermediateCatchEvent',
    hint: 'Throw a link of its name in the same scope.',
    broken: (event, diagram) =>
      linkOf(event) && partners(event, 'source', diagram).length === 0 ? 'No link leads to it.' : undefined,
  },
  {
    code: 'link-without-target',
    constraint: 'EXT125',
    section: '10.5.5',
    of: 'bpmn:IntermediateThrowEvent',
    hint: 'Catch the link under its name in the same scope.',
    broken: (event, diagram) =>
      linkOf(event) && partners(event, 'target', diagram).length === 0 ? 'The link leads nowhere.' : undefined,
  },
  {
    code: 'link-with-two-targets',
    constraint: 'EXT118',
    section: '10.5.5',
    of: 'bpmn:IntermediateThrowEvent',
    hint: 'Keep one catching end.',
    broken: (event, diagram) =>
      linkOf(event) && partners(event, 'target', diagram).length > 1
        ? 'The link leads to more than one place.'
        : undefined,
  },
  {
    code: 'link-mismatch',
    constraint: 'EXT118',
    section: '10.5.5',
    of: 'bpmn:LinkEventDefinition',
    hint: 'Let source and target name each other.',
    broken: (link) => {
      const target = child(link, 'target');
      const sources = childrenOf(link, 'source');
      const named = target ? childrenOf(target, 'source') : [];
      if (target && named.length > 0 && !named.includes(link)) return 'The target of the link names another source.';
      return sources.some((source) => child(source, 'target') !== undefined && child(source, 'target') !== link)
        ? 'A source of the link names another target.'
        : undefined;
    },
  },
  {
    code: 'link-crosses-scope',
    constraint: 'EXT126',
    section: '10.5.5',
    of: 'bpmn:IntermediateThrowEvent',
    hint: 'Catch the link in the scope in which it is thrown.',
    broken: (event, diagram) =>
      partners(event, 'target', diagram).some((target) => isA(target, 'bpmn:Event') && target.$parent !== event.$parent)
        ? 'The link crosses the border of a subprocess.'
        : undefined,
  },
];
