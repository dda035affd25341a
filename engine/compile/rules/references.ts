/** References must lead to something of the right kind (moddle checks only that something is there). */
import { isA, isElement, type ModdleElement } from '../element.ts';
import { describe, named } from './rule.ts';

/** Kinds the descriptor is narrower about than the standard. */
const wider: Record<string, readonly string[]> = {
  'bpmn:InteractionNode': ['bpmn:FlowNode', 'bpmn:ConversationNode'],
};

/** The binding of an operation names a data input in the words of the standard, its set in the figure (8.4.3, table 8.31). */
const widerOf: Record<string, string> = { inputDataRef: 'bpmn:DataInput', outputDataRef: 'bpmn:DataOutput' };

const fits = (target: ModdleElement, type: string): boolean =>
  type === 'Element' || isA(target, type) || (wider[type] ?? []).some((other) => isA(target, other));

/** @returns one sentence for each reference of the element that leads to the wrong kind */
export function wrongReferences(element: ModdleElement): string[] {
  return describe(element).properties.flatMap((property) => {
    if (!property.isReference) return [];
    const value = Reflect.get(element, property.ns.localName) as unknown;
    const targets = (Array.isArray(value) ? value : [value]).filter(isElement);
    return targets
      .filter((target) => !fits(target, property.type) && !isA(target, widerOf[property.ns.localName] ?? property.type))
      .map(
        (target) =>
          `${property.ns.localName} leads to ${named(target)}, which is no ${property.type.replace(/^bpmn:/, '')}.`,
      );
  });
}
