/** Meaning of `due=` in the inbox: a time range in wall-clock time of the facility. */
import { addDays } from '../../../engine/time/date.ts';
import { instantOf, localDate } from '../../../engine/time/zone.ts';

const dayMs = 86_400_000;

/** Both inclusive, ISO 8601 UTC. */
export interface DueRange {
  from?: string;
  until: string;
}

/**
 * @param due `overdue`, `today` (from now until midnight there), `week` (seven days from now), or until a date or an
 * instant
 * @param zone IANA zone of the facility
 */
export function dueRange(due: string, now: Date, zone: string): DueRange {
  const from = now.toISOString();
  if (due === 'overdue') return { until: from };
  if (due === 'today') return { from, until: endOfDay(localDate(from, zone), zone) };
  if (due === 'week') return { from, until: new Date(now.getTime() + 7 * dayMs).toISOString() };
  if (/^\d{4}-\d{2}-\d{2}$/.test(due)) return { until: endOfDay(due, zone) };
  return { until: new Date(due).toISOString() };
}

function endOfDay(date: string, zone: string): string {
  const next = instantOf(`${addDays(date, 1)}T00:00:00`, zone);
  return new Date(Date.parse(next) - 1).toISOString();
}
