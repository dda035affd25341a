/**
 * Functions that FEEL expressions have here besides the standard's: those feelin lacks, the process clock, and working days.
 * They read the context of the evaluation under way, never the host's clock or zone.
 */
import { date, dateAndTime, duration as durationOfText, FeelDate, FeelDateTime, FeelDuration } from 'feelin';
import { addWorkingDays, workingDaysBetween } from '../time/calendar.ts';
import { TimeError } from '../time/error.ts';
import { localDate, localDateTimeWithOffset } from '../time/zone.ts';
import type { DueReason, EvaluationContext } from '../types.ts';

/** The evaluation under way. Evaluations are synchronous, so one at a time. */
export interface Running {
  context: EvaluationContext;
  because: DueReason[];
}

/** Why a function cannot give a value; becomes `expression-failed`. */
export class FeelFailure extends Error {}

export type FeelFn = ((...args: never[]) => unknown) & { $args: string[] };

/** Names under which the rewritten `/` and `*` are called (`rewrite.ts`). */
export const quotientName = 'careloop quotient';
export const productName = 'careloop product';
/** And `duration` (`rewrite.ts`), so that a variable may still be called so. */
export const durationName = 'careloop duration';

/** Functions whose arguments may be missing: they ask whether something is there. */
export const askingFunctions: ReadonlySet<string> = new Set(['is defined', 'get or else']);

// Parameter names are given, not read from the source of the function, which a bundler may change.
const named = ($args: string[], fn: (...args: unknown[]) => unknown): FeelFn => Object.assign(fn, { $args });

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (value instanceof FeelDuration)
    return value.yearsMonths ? 'a years and months duration' : 'a days and time duration';
  if (value instanceof FeelDateTime) return 'a date and time';
  if (value instanceof FeelDate) return 'a date';
  return typeof value === 'object' ? 'a context' : `a ${typeof value}`;
}

/** A date and time without a zone is meant where the facility is. */
export function withZone(value: FeelDateTime, context: EvaluationContext): string {
  return value.zone === null ? `${value.iso}@${context.calendar.zone}` : value.iso;
}

function day(value: unknown, context: EvaluationContext, what: string): string {
  if (typeof value === 'string') return value;
  if (value instanceof FeelDateTime) return withZone(value, context);
  if (value instanceof FeelDate) return value.iso;
  throw new FeelFailure(`${what} is ${kindOf(value)}, not a date and time.`);
}

const lengthOf = (value: FeelDuration): number =>
  value.yearsMonths
    ? value.years * 12 + value.months
    : value.unwrap().total({ unit: 'seconds', relativeTo: '1970-01-01' });

/** A duration of the kind of `like` from its length in months or seconds. */
function durationLike(like: FeelDuration, length: number): FeelDuration {
  const size = Math.abs(like.yearsMonths ? Math.trunc(length) : Math.round(length * 1000) / 1000);
  const made = durationOfText(`${length < 0 ? '-' : ''}P${like.yearsMonths ? `${size}M` : `T${size}S`}`);
  if (!made) throw new FeelFailure('The duration is out of range.');
  return made;
}

/** DMN 1.3, table 58: numbers, and durations by a number or by a duration of the same kind (feelin gives NaN there). */
function quotient(a: unknown, b: unknown): unknown {
  const zero = b === 0 || (b instanceof FeelDuration && lengthOf(b) === 0);
  if (typeof a === 'number' && typeof b === 'number' && !zero) return a / b;
  if (a instanceof FeelDuration && !zero) {
    if (b instanceof FeelDuration && a.yearsMonths === b.yearsMonths) return lengthOf(a) / lengthOf(b);
    if (typeof b === 'number') return durationLike(a, lengthOf(a) / b);
  }
  throw new FeelFailure(zero ? 'Division by zero.' : `Cannot divide ${kindOf(a)} by ${kindOf(b)}.`);
}

function product(a: unknown, b: unknown): unknown {
  if (typeof a === 'number' && typeof b === 'number') return a * b;
  if (a instanceof FeelDuration && typeof b === 'number') return durationLike(a, lengthOf(a) * b);
  if (typeof a === 'number' && b instanceof FeelDuration) return durationLike(b, lengthOf(b) * a);
  throw new FeelFailure(`Cannot multiply ${kindOf(a)} by ${kindOf(b)}.`);
}

const mostDurations = 500;
const durations = new Map<string, FeelDuration>();

/** feelin writes each duration out as text when it is made, which takes longer than the rest of the expression: made once per text. */
function durationOf(from: unknown): FeelDuration {
  if (from instanceof FeelDuration) return from;
  if (typeof from !== 'string') throw new FeelFailure(`A duration is read from a text, not from ${kindOf(from)}.`);
  const known = durations.get(from);
  if (known) return known;
  const made = durationOfText(from);
  if (!made) throw new FeelFailure(`"${from}" is not a duration.`);
  if (durations.size >= mostDurations) durations.clear();
  durations.set(from, made);
  return made;
}

/** Errors of the calendar (a text that is no date, a day out of range) are failures of the expression. */
function timed<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw error instanceof TimeError ? new FeelFailure(error.message) : error;
  }
}

/** @param running the evaluation under way at the time a function is called */
export function functionsFor(running: () => Running): Record<string, FeelFn> {
  return {
    now: named([], () => {
      const { now, calendar } = running().context;
      return dateAndTime(localDateTimeWithOffset(now, calendar.zone));
    }),
    today: named([], () => {
      const { now, calendar } = running().context;
      return date(localDate(now, calendar.zone));
    }),
    'is defined': named(['value'], (value) => value !== null && value !== undefined),
    'get or else': named(['value', 'default'], (value, other) => value ?? other ?? null),
    'add working days': named(['from', 'n'], (from, n) =>
      timed(() => {
        const { context, because } = running();
        if (typeof n !== 'number') throw new FeelFailure(`The number of working days is ${kindOf(n)}.`);
        const start = day(from, context, 'The day to count from');
        const sum = addWorkingDays(context.calendar, start, n);
        const { provisional } = sum;
        because.push({
          kind: 'working-days',
          from: start,
          days: n,
          provisional,
          calendarVersion: context.calendar.version,
        });
        return sum.at;
      }),
    ),
    'working days between': named(['from', 'to'], (from, to) =>
      timed(() => {
        const { context } = running();
        return workingDaysBetween(
          context.calendar,
          day(from, context, 'The first day'),
          day(to, context, 'The last day'),
        );
      }),
    ),
    [quotientName]: named(['a', 'b'], quotient),
    [productName]: named(['a', 'b'], product),
    [durationName]: named(['from'], durationOf),
  };
}

export const extraFunctionNames: readonly string[] = Object.keys(functionsFor(() => ({}) as Running));
