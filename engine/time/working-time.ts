/** Time on working days: what is left of a promise that is counted in them. A working day counts in full, from midnight to midnight. */
import { isWorkingDay, type WorkingCalendar } from './calendar.ts';
import { dateOfDay, msPerDay } from './date.ts';
import { instantMs, instantMsOfLocal, localMs } from './zone.ts';

/** Beyond this limit hours are irrelevant. */
const maxDays = 4000;

/**
 * @param from ISO 8601 instant; `to` likewise
 * @returns milliseconds between them that lie on working days of the calendar; negative when `to` lies before `from`
 * @throws TimeError `invalid-instant`
 */
export function workingMsBetween(calendar: WorkingCalendar, from: string, to: string): number {
  const [start, end] = [instantMs(from, calendar.zone), instantMs(to, calendar.zone)];
  if (end < start) return -workingMsBetween(calendar, to, from);
  const firstDay = Math.floor(localMs(start, calendar.zone) / msPerDay);
  let ms = 0;
  for (let day = firstDay; day < firstDay + maxDays; day += 1) {
    const begins = Math.max(start, instantMsOfLocal(day * msPerDay, calendar.zone));
    if (begins >= end) break;
    const ends = Math.min(end, instantMsOfLocal((day + 1) * msPerDay, calendar.zone));
    if (isWorkingDay(calendar, dateOfDay(day)).working) ms += ends - begins;
  }
  return ms;
}
