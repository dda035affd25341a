/** Typed reading of dmn-moddle's elements. */
import { normalName } from '../feel/names.ts';

export interface DmnElement {
  readonly $type: string;
  get?(name: string): unknown;
}

export function isDmn(value: unknown): value is DmnElement {
  return typeof value === 'object' && value !== null && '$type' in value;
}

function property(element: DmnElement, name: string): unknown {
  return element.get ? element.get(name) : Reflect.get(element, name);
}

export function text(element: DmnElement, name: string): string | undefined {
  const value = property(element, name);
  const trimmed = typeof value === 'string' ? value.trim() : '';
  return trimmed === '' ? undefined : trimmed;
}

export const flag = (element: DmnElement, name: string): boolean => property(element, name) === true;

export function child(element: DmnElement, name: string): DmnElement | undefined {
  const value = property(element, name);
  return isDmn(value) ? value : undefined;
}

export function children(element: DmnElement, name: string): DmnElement[] {
  const value = property(element, name);
  return Array.isArray(value) ? value.filter(isDmn) : [];
}

export const plainType = (name: string): string => normalName(name);

export function named(element: DmnElement): { name: string; type?: string } {
  const type = text(element, 'typeRef');
  return { name: normalName(text(element, 'name') ?? ''), ...(type && { type: plainType(type) }) };
}
