/** Plain dates ('YYYY-MM-DD', no time, no zone) as numbers of days since 1970-01-01, so that counting days is integer arithmetic. */
import { TimeError } from './error.ts';

export const msPerDay = 86_400_000;

/** ISO 8601 weekday: 1 = Monday … 7 = Sunday. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** `Date.UTC` takes the years 0 to 99 for those of the twentieth century; this takes them as they are. Months count from 0. */
export function utcMs(year: number, month: number, day: number, ms = 0): number {
  return new Date(0).setUTCFullYear(year, month, day) + ms;
}

const plainDate = /^(\d{4})-(\d{2})-(\d{2})$/;

export function isPlainDate(text: string): boolean {
  const match = plainDate.exec(text);
  return match !== null && dateOfDay(utcMs(+match[1]!, +match[2]! - 1, +match[3]!) / msPerDay) === text;
}

/**
 * @param date 'YYYY-MM-DD'
 * @returns days since 1970-01-01
 * @throws TimeError `invalid-date`, also for days that do not exist (2026-02-30)
 */
export function dayOfDate(date: string): number {
  const match = plainDate.exec(date);
  const day = match ? utcMs(+match[1]!, +match[2]! - 1, +match[3]!) / msPerDay : Number.NaN;
  if (Number.isNaN(day) || dateOfDay(day) !== date)
    throw new TimeError('invalid-date', `"${date}" is not a date.`, 'Write it as YYYY-MM-DD, for instance 2026-09-30.');
  return day;
}

/** @param day days since 1970-01-01 */
export function dateOfDay(day: number): string {
  return new Date(day * msPerDay).toISOString().slice(0, 10);
}

/** @param day days since 1970-01-01, which was a Thursday */
export function weekdayOfDay(day: number): Weekday {
  return (((((day + 3) % 7) + 7) % 7) + 1) as Weekday;
}

export function weekdayOf(date: string): Weekday {
  return weekdayOfDay(dayOfDate(date));
}

export function addDays(date: string, days: number): string {
  return dateOfDay(dayOfDate(date) + days);
}

export function daysInMonth(year: number, month: number): number {
  return new Date(utcMs(year, month, 0)).getUTCDate();
}
