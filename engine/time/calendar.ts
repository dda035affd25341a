/**
 * Working days of a facility: the statutory calendar with days off and days worked in lieu (调休), as published year by year.
 * Plain data and integer arithmetic; an instance carries the years it needs in its state.
 */
import { dateOfDay, dayOfDate, isPlainDate, msPerDay, type Weekday, weekdayOfDay } from './date.ts';
import { TimeError } from './error.ts';
import { isWeekend, statutoryDaysOff } from './statutory.ts';
import { instantMs, instantMsOfLocal, isoOf, localMs } from './zone.ts';

export interface WorkingCalendar {
  id: string;
  /** Goes up by one with each notice applied. */
  version: number;
  /** IANA name, 'Asia/Shanghai'. */
  zone: string;
  /** Published years, '2026' → the notice the year rests on. A year that is missing here is provisional. */
  years: Record<string, { notice: string }>;
  /** 'YYYY-MM-DD' → why nobody works, for instance 国庆节. Weekends need no entry. */
  off: Record<string, string>;
  /** 'YYYY-MM-DD' → why a Saturday or Sunday is worked, for instance 国庆节调休. */
  worked: Record<string, string>;
}

/** Status of one day in the calendar. */
export interface DayStatus {
  working: boolean;
  /** 工作日, 周六, 周日, or the name of the holiday or make-up day. */
  reason: string;
  /** A notice still to come may change it. */
  provisional: boolean;
  /** Title of the notice it rests on; absent where only the law itself speaks. */
  notice?: string;
  /** The year whose notice is awaited, when provisional. */
  awaits?: number;
}

/** One day considered in a sum of working days. */
export interface DayCounted extends DayStatus {
  date: string;
  /** ISO 8601: 1 = Monday … 7 = Sunday. */
  weekday: Weekday;
  counted: boolean;
  /** Which one it is, when counted: 1, 2, 3 … (−1, −2 … backwards). */
  n?: number;
}

/**
 * When on the last day a promise ends: `end-of-day` (23:59:59.999 local), `same-time` (the local time it began at) or a closing
 * time 'HH:mm'.
 */
export type DayEnd = 'end-of-day' | 'same-time' | `${number}:${number}`;

export interface WorkingDaysSum {
  /** ISO 8601 UTC with milliseconds. */
  at: string;
  /** 'YYYY-MM-DD' in the calendar's zone. */
  date: string;
  /** Some day considered may still change. */
  provisional: boolean;
  /** Every day considered, in the order of counting. */
  days: DayCounted[];
}

/**
 * The notice of a year also arranges the last days of the year before (2018-12-29 and 2022-12-31 belong to 元旦 of the next
 * year), so these days rest on two notices.
 */
const nextYearDecidesFrom = '12-28';

/** Far beyond any promise; keeps a mistyped number or year from costing seconds in a workflow. */
const maxDays = 10_000;

/** Days off in a row after which none is waited for: more than a year, so that no calendar in use comes near it. */
const maxDaysOff = 400;

const [firstDay, lastDay] = [dayOfDate('0001-01-01'), dayOfDate('9999-12-31')];

/** The year whose notice arranges exceptions on this date. */
export function noticeYear(date: string): number {
  return +date.slice(0, 4) + (date.slice(5) >= nextYearDecidesFrom ? 1 : 0);
}

function statusOf(calendar: WorkingCalendar, day: number, date: string): DayStatus {
  const year = +date.slice(0, 4);
  const own = calendar.years[year];
  const arranging = calendar.years[noticeYear(date)];
  const provisional = own === undefined || arranging === undefined;
  const awaits = own === undefined ? year : arranging === undefined ? year + 1 : undefined;
  const status = (working: boolean, reason: string, notice: { notice: string } | undefined): DayStatus => ({
    working,
    reason,
    provisional,
    ...(notice && { notice: notice.notice }),
    ...(awaits !== undefined && { awaits }),
  });

  const worked = calendar.worked[date];
  if (worked !== undefined) return status(true, worked, arranging ?? own);
  const off = calendar.off[date];
  if (off !== undefined) return status(false, off, arranging ?? own);
  const byLaw = own === undefined ? statutoryDaysOff(year).get(day) : undefined;
  if (byLaw !== undefined) return status(false, byLaw, undefined);
  const weekday = weekdayOfDay(day);
  if (isWeekend(weekday)) return status(false, weekday === 6 ? '周六' : '周日', own);
  return status(true, '工作日', own);
}

/**
 * @param date 'YYYY-MM-DD'
 * @throws TimeError `invalid-date`
 */
export function isWorkingDay(calendar: WorkingCalendar, date: string): DayStatus {
  return statusOf(calendar, dayOfDate(date), date);
}

/** Day number of a plain date, or of the day an instant falls on in the calendar's zone. */
function dayOf(calendar: WorkingCalendar, from: string): number {
  if (isPlainDate(from)) return dayOfDate(from);
  return Math.floor(localMs(instantMs(from, calendar.zone), calendar.zone) / msPerDay);
}

/**
 * Counts working days. The day it begins is not counted, whatever the hour, and the last day counts until its end: received on
 * Monday at 16:20, "within 3 working days" is kept until Thursday 24:00. So the Civil Code counts periods (民法典 第二百零一条,
 * 第二百零三条), and so patients read it; a promise that ends at 16:20 would be one nobody was given.
 *
 * - `days` > 0: the n-th working day after `from`. `days` < 0: the n-th working day before it.
 * - `days` = 0: `from` itself if it is a working day, otherwise the next one.
 *
 * @param from ISO 8601 instant, or 'YYYY-MM-DD' in the calendar's zone
 * @param days whole number
 * @param until when on the last day; a plain date has no time, so `same-time` then means the end of the day
 * @throws TimeError `invalid-instant`, `invalid-date`, `invalid-number-of-days`; `no-working-day` where the calendar has none for more than
 * a year, or none before the end of all dates
 */
export function addWorkingDays(
  calendar: WorkingCalendar,
  from: string,
  days: number,
  until: DayEnd = 'end-of-day',
): WorkingDaysSum {
  if (!Number.isInteger(days) || Math.abs(days) > maxDays)
    throw new TimeError(
      'invalid-number-of-days',
      `${days} is not a number of working days.`,
      `Give a whole number between -${maxDays} and ${maxDays}.`,
    );
  const first = dayOf(calendar, from);
  const direction = days < 0 ? -1 : 1;
  const looked: DayCounted[] = [];
  let day = days === 0 ? first : first + direction;
  let left = Math.abs(days) || 1;
  let provisional = false;
  let daysOff = 0;
  for (; ; day += direction) {
    if (day < firstDay || day > lastDay || daysOff > maxDaysOff) throw noWorkingDay(calendar, from, days);
    const date = dateOfDay(day);
    const status = statusOf(calendar, day, date);
    provisional ||= status.provisional;
    daysOff = status.working ? 0 : daysOff + 1;
    const step: DayCounted = { date, weekday: weekdayOfDay(day), counted: status.working, ...status };
    if (status.working) step.n = days === 0 ? 0 : days - direction * (left - 1);
    looked.push(step);
    if (status.working && --left === 0) break;
  }
  return { at: isoOf(endOn(calendar, day, from, until)), date: dateOfDay(day), provisional, days: looked };
}

const noWorkingDay = ({ id, version }: WorkingCalendar, from: string, days: number): TimeError =>
  new TimeError(
    'no-working-day',
    `By version ${version} of the calendar ${id} no working day is found, counting ${days} from ${from}.`,
    'Correct the notices of the calendar, or the date.',
  );

function endOn(calendar: WorkingCalendar, day: number, from: string, until: DayEnd): number {
  const midnight = day * msPerDay;
  if (until === 'end-of-day' || (until === 'same-time' && isPlainDate(from)))
    return instantMsOfLocal(midnight + msPerDay, calendar.zone) - 1;
  if (until === 'same-time') {
    const local = localMs(instantMs(from, calendar.zone), calendar.zone);
    return instantMsOfLocal(midnight + (((local % msPerDay) + msPerDay) % msPerDay), calendar.zone);
  }
  return instantMs(`${dateOfDay(day)}T${until}`, calendar.zone);
}

/**
 * Working days after `from` up to and including `to`: what `addWorkingDays(from, n)` needs as n to arrive at `to`.
 * Negative when `to` lies before `from`.
 * @param from ISO 8601 instant or 'YYYY-MM-DD', taken as its day in the calendar's zone; `to` likewise
 * @throws TimeError `invalid-instant`, `invalid-date`, `invalid-number-of-days` (more than 10,000 days apart)
 */
export function workingDaysBetween(calendar: WorkingCalendar, from: string, to: string): number {
  const start = dayOf(calendar, from);
  const end = dayOf(calendar, to);
  if (Math.abs(end - start) > maxDays)
    throw new TimeError(
      'invalid-number-of-days',
      `${from} and ${to} lie more than ${maxDays} days apart.`,
      'Check the years of both dates.',
    );
  const step = end < start ? -1 : 1;
  let count = 0;
  for (let day = start; day !== end; ) {
    day += step;
    if (statusOf(calendar, day, dateOfDay(day)).working) count += step;
  }
  return count;
}

/** @returns the number of working days of a year; as provisional as the year is */
export function workingDaysIn(calendar: WorkingCalendar, year: number): number {
  return workingDaysBetween(calendar, `${year - 1}-12-31`, `${year}-12-31`);
}

/**
 * The part of a calendar that an instance carries. Years outside count as not published, so what reaches beyond is provisional and
 * never silently wrong; as the end of a year rests on the next notice too, take one year more than is needed.
 * @param fromYear first year kept
 * @param toYear last year kept
 */
export function windowed(calendar: WorkingCalendar, fromYear: number, toYear: number): WorkingCalendar {
  const within = <T>(record: Record<string, T>): Record<string, T> =>
    Object.fromEntries(
      Object.entries(record).filter(([key]) => +key.slice(0, 4) >= fromYear && +key.slice(0, 4) <= toYear),
    );
  return { ...calendar, years: within(calendar.years), off: within(calendar.off), worked: within(calendar.worked) };
}
