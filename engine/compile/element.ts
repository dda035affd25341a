/** Typed reading of moddle elements: the one border between the diagram's object model and the rest of the compiler. */

export interface ModdleElement {
  readonly $type: string;
  readonly $parent?: ModdleElement;
  /** Attributes that no loaded descriptor knows, by qualified name. */
  readonly $attrs: Record<string, unknown>;
  $instanceOf?(type: string): boolean;
  get?(name: string): unknown;
}

export function isElement(value: unknown): value is ModdleElement {
  return typeof value === 'object' && value !== null && '$type' in value;
}

function property(element: ModdleElement, name: string): unknown {
  return element.get ? element.get(name) : Reflect.get(element, name);
}

export function isA(element: ModdleElement, type: string): boolean {
  return element.$type === type || element.$instanceOf?.(type) === true;
}

/** Whitespace around is no part of an attribute or a body; an empty one counts as absent. */
export function text(element: ModdleElement, name: string): string | undefined {
  const value = property(element, name);
  const trimmed = typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : '';
  return trimmed === '' ? undefined : trimmed;
}

export function flag(element: ModdleElement, name: string): boolean {
  return property(element, name) === true;
}

export function number(element: ModdleElement, name: string): number | undefined {
  const value = property(element, name);
  return typeof value === 'number' ? value : undefined;
}

export function child(element: ModdleElement, name: string): ModdleElement | undefined {
  const value = property(element, name);
  return isElement(value) ? value : undefined;
}

export function childrenOf(element: ModdleElement, name: string): ModdleElement[] {
  const value = property(element, name);
  return Array.isArray(value) ? value.filter(isElement) : [];
}

export function idOf(element: ModdleElement): string {
  return text(element, 'id') ?? '';
}

/** Problems of elements without an id of their own, or one not shown in a diagram, are reported at the nearest element that has one. */
export function withId(element: ModdleElement | undefined): ModdleElement | undefined {
  for (let current = element; current; current = current.$parent)
    if (text(current, 'id') && !/EventDefinition$|^careloop:/.test(current.$type)) return current;
  return undefined;
}

/** Text of a formal expression. */
export function body(element: ModdleElement | undefined): string | undefined {
  return element && text(element, 'body');
}

/** Event definitions written at the event and those it refers to (`eventDefinitionRef`), in this order. */
export function eventDefinitionsOf(event: ModdleElement): ModdleElement[] {
  return [...childrenOf(event, 'eventDefinitions'), ...childrenOf(event, 'eventDefinitionRef')];
}
