/** Reads what a drawing hands to a job. */
import type { Json, Variables } from '../../engine/model/plan.ts';
import { badInput } from './bpmn-error.ts';

export function text(input: Variables, name: string): string {
  const value = optionalText(input[name]);
  if (value === undefined) throw badInput(`The job needs the text "${name}".`);
  return value;
}

export function optionalText(value: Json | undefined): string | undefined {
  return typeof value === 'string' && value.length > 0 ? value : undefined;
}

/** A whole number of cents above zero. */
export function cents(input: Variables, name: string): number {
  const value = input[name];
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value <= 0)
    throw badInput(`The job needs "${name}": a whole number of cents above zero.`);
  return value;
}

export const listOf = (value: string): string[] =>
  value
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part.length > 0);
