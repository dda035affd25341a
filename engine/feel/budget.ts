/**
 * Limits of one evaluation: steps of iterations, filters and calls, and sizes of values. Counted rather than timed, so
 * that replay yields the same result. Evaluations do not nest, so one counter serves all.
 */
import { FeelLimit } from './failure.ts';

/** Some tenths of a second. */
const maxSteps = 1_000_000;
/** Of lists and contexts within each other. */
const maxNesting = 200;
/** Characters of texts and entries of lists are processed many at a time. */
const charactersPerStep = 16;
const entriesPerStep = 4;

/** Steps allowed by length of the source, as loops multiply their cost. */
export const weightOf = (characters: number): number => 1 + characters / 32;

let left = maxSteps;

export function newBudget(): void {
  left = maxSteps;
}

/** @throws FeelLimit */
export function spend(steps: number): void {
  left -= steps;
  if (left < 0) throw new FeelLimit(`It takes more than ${maxSteps} steps`);
}

/** A value of this size was created or searched. */
export function spendOn(value: unknown): void {
  if (typeof value === 'string') spend(value.length / charactersPerStep);
  else if (Array.isArray(value)) spend(value.length / entriesPerStep);
  else if (value instanceof Map) spend(value.size / entriesPerStep);
}

/**
 * An entry of a traversed value.
 * @param level nesting depth
 * @throws FeelLimit
 */
export function spendAt(level: number): void {
  if (level > maxNesting) throw new FeelLimit(`Lists and contexts lie more than ${maxNesting} deep in each other`);
  spend(1);
}
