/**
 * Attributes with the name of a child element (`documentation="…"`): moddle stores their text where the rest of the compiler expects
 * elements.
 */
import { isElement, type ModdleElement } from './element.ts';

interface Property {
  name: string;
  type: string;
  isMany?: boolean;
  isAttr?: boolean;
  isReference?: boolean;
}

interface Described {
  $descriptor?: { isGeneric?: boolean; properties: Property[] };
}

const simple = new Set(['String', 'Boolean', 'Integer', 'Real']);

/**
 * Removes misplaced elements from the tree under `root`, which then matches its descriptors.
 * @returns their original positions, in the order of the file
 */
export function takeOutMisplaced(root: ModdleElement): { element: ModdleElement; name: string }[] {
  const found: { element: ModdleElement; name: string }[] = [];
  const visit = (element: ModdleElement & Described): void => {
    const { $descriptor: descriptor } = element;
    if (!descriptor || descriptor.isGeneric) return;
    for (const { name, type, isMany, isAttr, isReference } of descriptor.properties) {
      if (isAttr || isReference || simple.has(type) || !Object.hasOwn(element, name)) continue;
      const value: unknown = Reflect.get(element, name);
      if (isMany ? Array.isArray(value) : isElement(value)) {
        for (const inside of [value].flat()) if (isElement(inside)) visit(inside);
      } else if (value !== undefined) {
        Reflect.deleteProperty(element, name);
        found.push({ element, name });
      }
    }
  };
  visit(root);
  return found;
}
