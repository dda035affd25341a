/** What `due=` of the inbox means: until when, as the calendar on the wall in Shanghai shows it. */

const shanghaiOffsetMs = 8 * 3_600_000;
const dayMs = 86_400_000;

/**
 * @param due `overdue`, `today` (until midnight there), `week` (the next seven days), a day, or an instant
 * @returns the last instant that counts, ISO 8601 UTC
 */
export function dueUntil(due: string, now: Date): string {
  if (due === 'overdue') return now.toISOString();
  if (due === 'today') return endOfDay(new Date(now.getTime() + shanghaiOffsetMs).toISOString().slice(0, 10));
  if (due === 'week') return new Date(now.getTime() + 7 * dayMs).toISOString();
  if (/^\d{4}-\d{2}-\d{2}$/.test(due)) return endOfDay(due);
  return new Date(due).toISOString();
}

function endOfDay(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) - shanghaiOffsetMs + dayMs - 1).toISOString();
}
