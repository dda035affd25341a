/**
 * An activity that needs data only others bring that do not come before it. The standard lets it wait for an available input set (BPMN
 * 2.0.2, 10.4.2); here it begins with its token and reads null.
 */
import { child, childrenOf, isA, type ModdleElement } from '../../compile/element.ts';
import { type Diagram, isEventSubProcess } from '../../compile/rules/rule.ts';
import { graphOf } from '../graph.ts';
import { called, type LintRule } from '../rule.ts';

export const dataNotWaitedFor: LintRule = {
  code: 'data-not-waited-for',
  severity: 'warning',
  hint: 'Lead a flow from what writes it to here, or wait for it with a conditional event; where the data may be missing, make the input optional.',
  of: 'bpmn:Activity',
  find(activity, { diagram }) {
    return requiredObjects(activity).flatMap((object) => {
      const writers = writersOf(object, diagram);
      if (writers.length === 0 || writers.some((writer) => precedes(writer, activity, diagram))) return [];
      return [
        {
          message: `${called(activity)} needs ${called(object)}, which nothing before it writes: it does not wait for it and reads null.`,
        },
      ];
    });
  },
};

const objectOf = (item: ModdleElement): ModdleElement => child(item, 'dataObjectRef') ?? item;

const isDataObject = (item: ModdleElement): boolean => isA(item, 'bpmn:DataObject');

/** Data objects that fill inputs which an input set has and does not call optional. */
function requiredObjects(activity: ModdleElement): ModdleElement[] {
  const io = child(activity, 'ioSpecification');
  if (!io) return [];
  const sets = childrenOf(io, 'inputSets');
  const isRequired = (input: ModdleElement | undefined): boolean =>
    input !== undefined &&
    sets.length > 0 &&
    sets.every(
      (set) =>
        childrenOf(set, 'dataInputRefs').includes(input) && !childrenOf(set, 'optionalInputRefs').includes(input),
    );
  const objects = childrenOf(activity, 'dataInputAssociations')
    .filter((association) => isRequired(child(association, 'targetRef')))
    .flatMap((association) => childrenOf(association, 'sourceRef').map(objectOf));
  return [...new Set(objects.filter(isDataObject))];
}

/** Activities and events that bring a data object its value. */
function writersOf(object: ModdleElement, diagram: Diagram): ModdleElement[] {
  return diagram.all('bpmn:FlowNode').filter((node) =>
    childrenOf(node, 'dataOutputAssociations').some((association) => {
      const target = child(association, 'targetRef');
      return target !== undefined && objectOf(target) === object;
    }),
  );
}

function withScopes(node: ModdleElement): ModdleElement[] {
  const chain: ModdleElement[] = [];
  for (let at: ModdleElement | undefined = node; at && isA(at, 'bpmn:FlowNode'); at = at.$parent) chain.push(at);
  return chain;
}

/** Whether a token may have been at the one before it comes to the other; of event subprocesses nothing is known. */
function precedes(writer: ModdleElement, reader: ModdleElement, diagram: Diagram): boolean {
  const writing = withScopes(writer);
  for (const at of withScopes(reader)) {
    if (isEventSubProcess(at)) return true;
    const beside = writing.find((one) => one.$parent === at.$parent);
    if (beside) return isEventSubProcess(beside) || leadsTo(beside, at, diagram);
  }
  return true;
}

function leadsTo(from: ModdleElement, to: ModdleElement, diagram: Diagram): boolean {
  if (!to.$parent) return true;
  const { into } = graphOf(to.$parent, diagram);
  const seen = new Set<ModdleElement>();
  const open = into(to).map((edge) => edge.from);
  for (let node = open.pop(); node; node = open.pop()) {
    if (node === from) return true;
    if (seen.has(node)) continue;
    seen.add(node);
    open.push(...into(node).map((edge) => edge.from));
  }
  return false;
}
