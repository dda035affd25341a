/** Expressions that read no variable have a constant value, which can be checked before anything runs. */

import type { Evaluation } from '../model/types.ts';
import { chinaCalendar } from '../time/china.ts';
import { analyse } from './analyse.ts';
import { checkExpression } from './check.ts';
import { compileFeel, isFeelFunction } from './compiled.ts';

/** Their values depend on time or calendar, so they are not constant. */
const changing = new Set(['now', 'today', 'add working days', 'working days between']);
let calendar: ReturnType<typeof chinaCalendar> | undefined;
const someDay = '2026-01-01T00:00:00.000Z';

/** @returns undefined when it reads variables, or cannot be parsed at all (which the compiler tells) */
export function constantOf(source: string): Evaluation | undefined {
  if (checkExpression(source).problem) return undefined;
  const { reads, calls } = analyse(source);
  if (reads.some(({ name }) => !isFeelFunction(name)) || calls.some(({ name }) => changing.has(name))) return undefined;
  calendar ??= chinaCalendar();
  try {
    return compileFeel(source)(() => undefined, { now: someDay, calendar });
  } catch (error) {
    return { ok: false, code: 'expression-failed', message: error instanceof Error ? error.message : String(error) };
  }
}
