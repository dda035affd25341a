/** Which messages a drawing sends by itself. */
import { child, eventDefinitionsOf, isA, type ModdleElement, text } from '../compile/element.ts';
import type { Expression, Plan } from '../plan.ts';

const nameOf = (message: ModdleElement | undefined): string | undefined =>
  message && (text(message, 'name') ?? text(message, 'id'));

/** Message of an event definition or of a send or receive task; an operation names the one it takes in. */
export function messageOf(at: ModdleElement): string | undefined {
  const operation = child(at, 'operationRef');
  return nameOf(child(at, 'messageRef') ?? (operation && child(operation, 'inMessageRef')));
}

/** @returns names; those worked out while it runs begin with `=` */
export function sentIn(elements: readonly ModdleElement[]): string[] {
  return elements.flatMap((element) => {
    const senders = isA(element, 'bpmn:SendTask')
      ? [element]
      : isA(element, 'bpmn:ThrowEvent')
        ? eventDefinitionsOf(element).filter((definition) => definition.$type === 'bpmn:MessageEventDefinition')
        : [];
    return senders.flatMap((sender) => messageOf(sender) ?? []);
  });
}

/** The same of a plan that is deployed already; names worked out while it runs begin with `=` as well. */
export function sentByPlan(plan: Plan): string[] {
  const nameOf = (name: Expression): string => ('literal' in name ? name.literal : `=${name.feel}`);
  return Object.values(plan.elements).flatMap((element) => {
    if (element.kind === 'sendTask') return element.message ? [nameOf(element.message.name)] : [];
    if (element.kind !== 'endEvent' && element.kind !== 'intermediateThrowEvent') return [];
    return element.events.flatMap((event) => (event.type === 'message' ? [nameOf(event.name)] : []));
  });
}
