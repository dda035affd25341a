/** Reads process variables with type checks; undefined if absent or of another type. */
import type { Json, Variables } from '../../engine/model/plan.ts';

export const textOf = (value: Json | undefined): string | undefined => (typeof value === 'string' ? value : undefined);
export const numberOf = (value: Json | undefined): number | undefined =>
  typeof value === 'number' ? value : undefined;
export const booleanOf = (value: Json | undefined): boolean | undefined =>
  typeof value === 'boolean' ? value : undefined;
export const recordOf = (value: Json | undefined): Variables =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};

/** Omits undefined members, as rows are written without them. */
export function defined<T extends object>(row: T): T {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined)) as T;
}
