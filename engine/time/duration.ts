/** ISO 8601 durations: read, added to an instant. Days are 24 hours; months and years follow the calendar of a zone. */
import { daysInMonth, msPerDay, utcMs } from './date.ts';
import { TimeError } from './error.ts';
import { instantMs, instantMsOfLocal, isoOf, localMs, withinYears } from './zone.ts';

/** The parts as written, each with its sign; `seconds` may have decimals. */
export interface Duration {
  years: number;
  months: number;
  weeks: number;
  days: number;
  hours: number;
  minutes: number;
  seconds: number;
}

const pattern =
  /^([+-])?P(?=[-\dT])(?:(-?\d+)Y)?(?:(-?\d+)M)?(?:(-?\d+)W)?(?:(-?\d+)D)?(?:T(?=[-\d])(?:(-?\d+)H)?(?:(-?\d+)M)?(?:(-?\d+(?:[.,]\d{1,9})?)S)?)?$/;

/**
 * @param text ISO 8601, for instance `PT48H`, `P7D`, `P1Y2M`, `P2W`, `PT0.5S`, `-P1D`, `P-1D`; decimals in seconds only
 * @throws TimeError `invalid-duration`
 */
export function parseDuration(text: string): Duration {
  const match = pattern.exec(text);
  if (!match)
    throw new TimeError(
      'invalid-duration',
      `"${text}" is not a duration.`,
      'Write it in ISO 8601, for instance PT48H (48 hours), P7D (7 days) or P1M (1 month).',
    );
  const sign = match[1] === '-' ? -1 : 1;
  const [years, months, weeks, days, hours, minutes, seconds] = match
    .slice(2)
    .map((part) => (part === undefined ? 0 : sign * Number(part.replace(',', '.')) || 0));
  return {
    years: years!,
    months: months!,
    weeks: weeks!,
    days: days!,
    hours: hours!,
    minutes: minutes!,
    seconds: seconds!,
  };
}

/** From the year 1 to the year 9999. */
const mostMonths = 12 * 10_000;

/** The months of a duration (years are 12), which have no fixed length. */
export function monthsOf(duration: Duration): number {
  return duration.years * 12 + duration.months;
}

/** The fixed part of a duration in milliseconds: weeks, days of 24 hours, hours, minutes, seconds. */
export function fixedMsOf(duration: Duration): number {
  const { weeks, days, hours, minutes, seconds } = duration;
  return ((weeks * 7 + days) * 24 + hours) * 3_600_000 + minutes * 60_000 + Math.round(seconds * 1000);
}

/** `times` × the duration: adding the result at once keeps the 31st where adding one month after the other loses it. */
export function timesDuration(duration: Duration, times: number): Duration {
  const ms = fixedMsOf({ ...duration, weeks: 0, days: 0 }) * times;
  return {
    years: 0,
    months: monthsOf(duration) * times,
    weeks: duration.weeks * times,
    days: duration.days * times,
    hours: 0,
    minutes: 0,
    seconds: ms / 1000,
  };
}

/**
 * Adds a duration as FEEL and BPMN engines do: years and months first, by the calendar of the zone (2026-01-31 + P1M is
 * 2026-02-28), then the rest in fixed lengths, a day being 24 hours (FEEL, DMN 1.5 10.3.2.3.4: days and time durations are
 * seconds).
 * @param from ISO 8601 instant; a local date or date-time is read in `zone`
 * @param zone IANA name, used for months and years only
 * @returns ISO 8601 UTC with milliseconds
 * @throws TimeError `invalid-instant`, `invalid-duration`, `unknown-zone`
 */
export function addDuration(from: string, duration: string | Duration, zone: string): string {
  const parts = typeof duration === 'string' ? parseDuration(duration) : duration;
  // Beyond the range of dates no calendar is needed.
  if (!(Math.abs(monthsOf(parts)) <= mostMonths)) return isoOf(Number.NaN);
  return isoOf(addMonths(instantMs(from, zone), monthsOf(parts), zone) + fixedMsOf(parts));
}

/** The same day of the month and local time, `months` later; the last day of the month when it has no such day. */
function addMonths(ms: number, months: number, zone: string): number {
  if (months === 0) return ms;
  const local = localMs(ms, zone);
  const at = new Date(local);
  const month = at.getUTCFullYear() * 12 + at.getUTCMonth() + months;
  const year = Math.floor(month / 12);
  withinYears(year);
  const day = Math.min(at.getUTCDate(), daysInMonth(year, month - year * 12 + 1));
  return instantMsOfLocal(utcMs(year, month - year * 12, day, timeOfDay(local)), zone);
}

const timeOfDay = (local: number): number => ((local % msPerDay) + msPerDay) % msPerDay;

/**
 * Adds a duration by the clocks of a zone: a day later is the same local time, whatever was done to the clocks meanwhile (java.time and the
 * Temporal proposal do so where a time names its zone); hours, minutes and seconds have their fixed lengths.
 * @returns ISO 8601 UTC with milliseconds
 * @throws TimeError as `addDuration`
 */
export function addByTheClock(from: string, duration: Duration, zone: string): string {
  const { weeks, days, hours, minutes, seconds } = duration;
  const moved = addMonths(instantMs(from, zone), monthsOf(duration), zone);
  const whole = weeks * 7 + days;
  const later = whole === 0 ? moved : instantMsOfLocal(localMs(moved, zone) + whole * msPerDay, zone);
  return isoOf(later + fixedMsOf({ ...duration, weeks: 0, days: 0, hours, minutes, seconds }));
}
