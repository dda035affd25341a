/** Remaining time of a task: in working time if its due date counts working days, otherwise in wall-clock time. */

import type { LocalizedText } from '../../../engine/model/plan.ts';
import type { WorkingCalendar } from '../../../engine/time/calendar.ts';
import { workingMsBetween } from '../../../engine/time/working-time.ts';
import { rememberFor } from '../../../store/db/remember.ts';
import { findCalendar } from '../../../store/organisation/calendars.ts';
import { findFacility } from '../../../store/organisation/facilities.ts';
import type { TaskRow } from '../../../store/runtime/rows.ts';
import type { Remaining } from './schemas.ts';

const calendarKeptMs = 10_000;

/** The newest calendar of a facility. */
export const calendarOf = rememberFor(calendarKeptMs, async (code: string): Promise<WorkingCalendar | null> => {
  const facility = await findFacility(code);
  return facility && findCalendar(facility.calendar);
});

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/**
 * @param calendar of its facility; without one, all days count
 * @returns undefined for a task without a due date
 */
export function remainingOf(
  { createdAt, dueAt, dueKind }: Pick<TaskRow, 'createdAt' | 'dueAt' | 'dueKind'>,
  calendar: WorkingCalendar | null,
  now: string,
): Remaining | undefined {
  if (dueAt === undefined) return undefined;
  const elapsed = (from: string, to: string): number => Date.parse(to) - Date.parse(from);
  const working = calendar && dueKind === 'working-days' ? calendar : undefined;
  const between = (from: string, to: string) => (working ? workingMsBetween(working, from, to) : elapsed(from, to));
  const late = dueAt < now;
  const left = between(now, dueAt);
  // A due date at the end of a holiday may leave no working time.
  const kind = working && left !== 0 ? 'working' : 'elapsed';
  const ms = kind === 'working' ? left : elapsed(now, dueAt);
  const all = between(createdAt, dueAt);
  const share = late || all <= 0 ? 1 : Math.min(1, Math.max(0, 1 - left / all));
  return {
    kind,
    ms,
    share: Math.round(share * 1000) / 1000,
    band: late ? 'late' : bandOf(share),
    words: inWords(kind, ms),
  };
}

const bandOf = (share: number): Remaining['band'] => (share < 0.5 ? 'early' : share < 0.75 ? 'half' : 'close');

function inWords(kind: Remaining['kind'], ms: number): LocalizedText {
  const { zh, en } = lengthInWords(kind, Math.abs(ms));
  return ms < 0 ? { zh: `超期 ${zh}`, en: `${en} late` } : { zh: `剩 ${zh}`, en: `${en} left` };
}

function lengthInWords(kind: Remaining['kind'], ms: number): LocalizedText {
  const days = Math.floor(ms / dayMs);
  const hours = Math.floor((ms % dayMs) / hourMs);
  const minutes = Math.floor(ms / 60_000);
  const ofDays = kind === 'working' ? { zh: '个工作日', en: 'working day' } : { zh: '天', en: 'day' };
  const dayWords = { zh: `${days} ${ofDays.zh}`, en: counted(days, ofDays.en) };
  if (days >= 2 || (days === 1 && hours === 0)) return dayWords;
  const hourWords = { zh: `${hours} 小时`, en: counted(hours, 'hour') };
  if (days === 1) return { zh: `${dayWords.zh} ${hourWords.zh}`, en: `${dayWords.en} ${hourWords.en}` };
  return hours > 0 ? hourWords : { zh: `${minutes} 分钟`, en: counted(minutes, 'minute') };
}

const counted = (n: number, one: string): string => `${n} ${one}${n === 1 ? '' : 's'}`;
