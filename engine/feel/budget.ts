/**
 * What one evaluation may cost: steps of iterations, filters and calls, and the sizes of what is made and looked through. It is counted, not
 * timed, so that a replay comes to the same end. An evaluation runs to its end before another one begins, so one count serves all.
 */
import { FeelLimit } from './failure.ts';

/** Some tenths of a second. */
const maxSteps = 1_000_000;
/** Of lists and contexts within each other. */
const maxNesting = 200;
/** Characters of texts and entries of lists are looked at many at a time. */
const charactersPerStep = 16;
const entriesPerStep = 4;

/** Steps of one evaluation of so many characters of source: what stands in a loop costs each time. */
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

/** Something of this size was made or looked through. */
export function spendOn(value: unknown): void {
  if (typeof value === 'string') spend(value.length / charactersPerStep);
  else if (Array.isArray(value)) spend(value.length / entriesPerStep);
  else if (value instanceof Map) spend(value.size / entriesPerStep);
}

/** One entry of what is walked through to its leaves. @param level of lists and contexts around it @throws FeelLimit */
export function spendAt(level: number): void {
  if (level > maxNesting) throw new FeelLimit(`Lists and contexts lie more than ${maxNesting} deep in each other`);
  spend(1);
}
