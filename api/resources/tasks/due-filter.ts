/** What `due=` of the inbox means: until when, as the calendar on the wall of the facility shows it. */
import { addDays } from '../../../engine/time/date.ts';
import { instantOf, localDate } from '../../../engine/time/zone.ts';

const dayMs = 86_400_000;

/**
 * @param due `overdue`, `today` (until midnight there), `week` (the next seven days), a day, or an instant
 * @param zone IANA zone of the facility
 * @returns the last instant that counts, ISO 8601 UTC
 */
export function dueUntil(due: string, now: Date, zone: string): string {
  if (due === 'overdue') return now.toISOString();
  if (due === 'today') return endOfDay(localDate(now.toISOString(), zone), zone);
  if (due === 'week') return new Date(now.getTime() + 7 * dayMs).toISOString();
  if (/^\d{4}-\d{2}-\d{2}$/.test(due)) return endOfDay(due, zone);
  return new Date(due).toISOString();
}

function endOfDay(date: string, zone: string): string {
  const next = instantOf(`${addDays(date, 1)}T00:00:00`, zone);
  return new Date(Date.parse(next) - 1).toISOString();
}
