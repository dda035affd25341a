/** Adds a holiday notice to the newest version of a calendar. The worker updates running instances (worker/calendar-rounds.ts). */

import { canonicalJson } from '../../../engine/model/canonical-json.ts';
import { applyNotice, type NoticeProblem } from '../../../engine/time/notice.ts';
import { changedDays, type DayChange } from '../../../engine/time/year.ts';
import { instantMs, isoOf } from '../../../engine/time/zone.ts';
import { type CalendarRow, findCalendar, saveCalendar } from '../../../store/organisation/calendars.ts';
import { countDueWithOlderCalendar, countWithOlderCalendar } from '../../../store/runtime/instances.ts';
import { invalid, notFound } from '../../http/problem.ts';
import type { NoticeBody } from './schemas.ts';

export async function importNotice(id: string, { dryRun, ...notice }: NoticeBody): Promise<unknown> {
  for (;;) {
    const current = await findCalendar(id);
    if (!current) throw notFound(`calendar ${id}`);
    const result = applyNotice(current, notice);
    if (!result.ok) throw invalid(result.problems.map(asFieldError), 422);
    const { problems } = result;
    // A notice that was imported before changes nothing.
    const calendar = isSame(current, result.calendar) ? current : result.calendar;
    // Another version was created meanwhile: the notice is applied on top of it.
    if (calendar !== current && !dryRun && !(await saveCalendar(calendar))) continue;
    const changes = changedDays(current, calendar, notice.year);
    return {
      calendar: { id, version: calendar.version },
      changes,
      due: await dueFrom(changes[0], calendar),
      running: await countWithOlderCalendar(id, calendar.version),
      warnings: problems.map(({ code, date, message }) => ({ code, message, ...(date !== undefined && { date }) })),
    };
  }
}

/** Due dates before the first changed day stay unchanged. */
async function dueFrom(first: DayChange | undefined, { id, version, zone }: CalendarRow) {
  if (!first) return [];
  return countDueWithOlderCalendar(id, version, isoOf(instantMs(first.date, zone)));
}

const isSame = (one: CalendarRow, other: CalendarRow): boolean =>
  (['years', 'off', 'worked'] as const).every((part) => canonicalJson(one[part]) === canonicalJson(other[part]));

function asFieldError({ code, date, message }: NoticeProblem) {
  return { path: date === undefined ? 'body' : `body.${date}`, code: code.replaceAll('-', '_'), message: message.en };
}
