/** The messages that a diagram sends and the signals it throws. */
import { child, childrenOf, eventDefinitionsOf, isA, type ModdleElement, text } from '../compile/element.ts';

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

const signalOf = (definition: ModdleElement): string | undefined => nameOf(child(definition, 'signalRef'));

const signalsOf = (event: ModdleElement): string[] =>
  eventDefinitionsOf(event).flatMap((definition) =>
    definition.$type === 'bpmn:SignalEventDefinition' ? (signalOf(definition) ?? []) : [],
  );

export const signalsAwaited = (event: ModdleElement): string[] =>
  isA(event, 'bpmn:CatchEvent') ? signalsOf(event) : [];

/** Signals that events throw, and multi-instance activities as their instances complete. */
export function thrownIn(elements: readonly ModdleElement[]): string[] {
  return elements.flatMap((element) => {
    if (isA(element, 'bpmn:ThrowEvent')) return signalsOf(element);
    const loop = child(element, 'loopCharacteristics');
    if (!loop) return [];
    const simple = [child(loop, 'oneBehaviorEventRef'), child(loop, 'noneBehaviorEventRef')];
    const complex = childrenOf(loop, 'complexBehaviorDefinition').map((one) => child(one, 'event'));
    return [...simple, ...complex].flatMap((event) =>
      event?.$type === 'bpmn:SignalEventDefinition' ? (signalOf(event) ?? []) : event ? signalsOf(event) : [],
    );
  });
}
