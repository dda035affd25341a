/** A year day by day, and what differs between two versions of a calendar. */
import { type DayStatus, isWorkingDay, type WorkingCalendar, workingDaysIn } from './calendar.ts';
import { dateOfDay, dayOfDate, type Weekday, weekdayOfDay } from './date.ts';

export interface CalendarDay extends DayStatus {
  date: string;
  /** ISO 8601: 1 = Monday … 7 = Sunday. */
  weekday: Weekday;
}

export interface CalendarYear {
  workingDays: number;
  /** Some day of it may still change. */
  provisional: boolean;
  days: CalendarDay[];
}

export function yearOf(calendar: WorkingCalendar, year: number): CalendarYear {
  const days = daysBetween(`${year}-01-01`, `${year}-12-31`).map((day) => calendarDay(calendar, day));
  return { workingDays: workingDaysIn(calendar, year), provisional: days.some((one) => one.provisional), days };
}

export interface DayChange {
  date: string;
  weekday: Weekday;
  before: Pick<DayStatus, 'working' | 'reason'>;
  after: Pick<DayStatus, 'working' | 'reason'>;
}

/** Days that become, or cease to be, working days or are named otherwise, from the last days of the year before on. */
export function changedDays(before: WorkingCalendar, after: WorkingCalendar, year: number): DayChange[] {
  return daysBetween(`${year - 1}-12-01`, `${year}-12-31`).flatMap((day) => {
    const [old, { date, weekday, working, reason }] = [calendarDay(before, day), calendarDay(after, day)];
    if (old.working === working && old.reason === reason) return [];
    return [{ date, weekday, before: { working: old.working, reason: old.reason }, after: { working, reason } }];
  });
}

function calendarDay(calendar: WorkingCalendar, day: number): CalendarDay {
  const date = dateOfDay(day);
  return { date, weekday: weekdayOfDay(day), ...isWorkingDay(calendar, date) };
}

function daysBetween(first: string, last: string): number[] {
  const from = dayOfDate(first);
  return Array.from({ length: dayOfDate(last) - from + 1 }, (_, index) => from + index);
}
