/** Data objects, properties and data associations (BPMN 2.0.2, 10.4). A data object is a variable of its scope under its name. */
import type { DataAssociation } from '../model/plan.ts';
import type { Compilation } from './context.ts';
import { body, child, childrenOf, flag, idOf, isA, type ModdleElement, text } from './element.ts';
import { feelExpression } from './expressions.ts';

/** Variable name of an end of an association. */
export function variableOf(item: ModdleElement): string {
  const object = isA(item, 'bpmn:DataObjectReference') ? (child(item, 'dataObjectRef') ?? item) : item;
  return text(object, 'name') ?? idOf(object);
}

function association(element: ModdleElement, at: ModdleElement, c: Compilation): DataAssociation | undefined {
  const target = child(element, 'targetRef');
  const [source] = childrenOf(element, 'sourceRef');
  if (!target) return undefined;
  const store = [source, target].find((end) => end && isA(end, 'bpmn:DataStoreReference'));
  if (store) {
    const name = text(store, 'name') ?? idOf(store);
    c.report.warning(at, 'data-store-ignored', `Nothing is read from or written to the data store "${name}".`, {
      hint: 'Let a job read or write it (a service task); a data object lives with the instance.',
    });
    return undefined;
  }
  const transformation = feelExpression(body(child(element, 'transformation')), at, 'Transformation', c.report);
  const assignments = childrenOf(element, 'assignment').flatMap((assignment) => {
    const from = feelExpression(body(child(assignment, 'from')), at, 'Assignment', c.report);
    const to = feelExpression(body(child(assignment, 'to')), at, 'Assignment', c.report);
    return from && to ? [{ from, to }] : [];
  });
  return {
    ...(source && { source: variableOf(source) }),
    target: variableOf(target),
    ...(assignments.length > 0 && { assignments }),
    ...(transformation && { transformation }),
  };
}

/**
 * Modelers draw an association as a line between a document and a task, without saying what flows: that documents and runs nothing.
 * With data inputs or outputs (an `ioSpecification`; those of an event), an assignment or a transformation it is executed data flow.
 */
function executes(element: ModdleElement, entry: ModdleElement): boolean {
  return Boolean(
    child(element, 'ioSpecification') ||
      (isA(element, 'bpmn:Event') &&
        childrenOf(element, 'dataInputs').length + childrenOf(element, 'dataOutputs').length > 0) ||
      childrenOf(entry, 'assignment').length > 0 ||
      child(entry, 'transformation'),
  );
}

/** Collections of a multi-instance are passed item by item, not as a whole (10.3.8). */
function ofLoop(element: ModdleElement, entry: ModdleElement): boolean {
  const loop = child(element, 'loopCharacteristics');
  const [input, output] = loop ? [child(loop, 'loopDataInputRef'), child(loop, 'loopDataOutputRef')] : [];
  return (
    (input !== undefined && child(entry, 'targetRef') === input) ||
    (output !== undefined && childrenOf(entry, 'sourceRef').includes(output))
  );
}

export function compileData(element: ModdleElement, c: Compilation) {
  const list = (name: string): DataAssociation[] | undefined => {
    const all = childrenOf(element, name)
      .filter((entry) => executes(element, entry) && !ofLoop(element, entry))
      .flatMap((entry) => association(entry, element, c) ?? []);
    return all.length > 0 ? all : undefined;
  };
  return { dataInputs: list('dataInputAssociations'), dataOutputs: list('dataOutputAssociations') };
}

type ScopeData = { id: string; name: string; isCollection: boolean; property?: true };

/** Data objects and properties of a process or subprocess. */
export function scopeData(scope: ModdleElement): ScopeData[] | undefined {
  const objects = childrenOf(scope, 'flowElements').filter((element) => isA(element, 'bpmn:DataObject'));
  const all = [...objects, ...childrenOf(scope, 'properties')].map((object) => ({
    id: idOf(object),
    name: text(object, 'name') ?? idOf(object),
    isCollection: flag(object, 'isCollection'),
    ...(isA(object, 'bpmn:Property') && { property: true as const }),
  }));
  return all.length > 0 ? all : undefined;
}
