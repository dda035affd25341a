/** Which messages a drawing sends by itself. */
import { child, eventDefinitionsOf, isA, type ModdleElement, text } from '../compile/element.ts';

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
