/** A new notice of the State Council on the holidays of a year: checked, then taken into a calendar. */
import type { LocalizedText } from '../model/plan.ts';
import { noticeYear, type WorkingCalendar, workingDaysIn } from './calendar.ts';
import { dateOfDay, dayOfDate, isPlainDate, weekdayOf } from './date.ts';
import { holidays, isWeekend } from './statutory.ts';

export interface Notice {
  year: number;
  /** 国务院办公厅关于2026年部分节假日安排的通知 */
  title: string;
  /** 'YYYY-MM-DD' → holiday; weekends within a holiday may be listed. */
  off: Record<string, string>;
  /** 'YYYY-MM-DD' → for instance 国庆节调休; Saturdays and Sundays only. */
  worked: Record<string, string>;
}

export interface NoticeProblem {
  code:
    | 'invalid-year'
    | 'no-title'
    | 'invalid-date'
    | 'other-year'
    | 'off-and-worked'
    | 'worked-on-a-weekday'
    | 'worked-on-a-holiday'
    | 'no-reason'
    | 'too-many-days'
    | 'too-few-working-days'
    | 'statutory-day-missing'
    | 'unusual-number-of-working-days'
    | 'entry-removed';
  /** An error refuses the notice; a warning asks somebody to look again. */
  severity: 'error' | 'warning';
  /** The date it is about. */
  date?: string;
  message: LocalizedText;
}

export type NoticeResult =
  | { ok: true; calendar: WorkingCalendar; problems: NoticeProblem[] }
  | { ok: false; problems: NoticeProblem[] };

/**
 * Takes a notice into a calendar (version + 1). For a year already published it replaces what stood there (2019 and 2020 were
 * changed after publication). It may arrange the last days of the year before (from 28 December).
 * @returns the new calendar with warnings, or the errors; the calendar given is left as it is
 */
export function applyNotice(calendar: WorkingCalendar, notice: Notice): NoticeResult {
  const errors = errorsIn(notice);
  if (errors.length > 0) return { ok: false, problems: errors };
  const replaced = calendar.years[notice.year] !== undefined;
  const listed = (date: string) => date in notice.off || date in notice.worked;
  const goes = (date: string) => listed(date) || (replaced && noticeYear(date) === notice.year);
  const kept = (entries: Record<string, string>) => Object.entries(entries).filter(([date]) => !goes(date));
  const next: WorkingCalendar = {
    ...calendar,
    version: calendar.version + 1,
    years: { ...calendar.years, [notice.year]: { notice: notice.title.trim() } },
    off: sorted([...kept(calendar.off), ...Object.entries(notice.off)]),
    worked: sorted([...kept(calendar.worked), ...Object.entries(notice.worked)]),
  };
  const arranged = workingDaysIn({ ...next, off: notice.off, worked: notice.worked }, notice.year);
  if (arranged < minWorkingDays) return { ok: false, problems: [tooFewWorkingDays(notice.year, arranged)] };
  return { ok: true, calendar: next, problems: warningsIn(calendar, { notice, arranged, listed, goes }) };
}

/** A year, and the days at the end of the year before. */
const maxEntries = 370;

/** By law there are 248 or more; the longest extension of a holiday so far took three. */
const minWorkingDays = 200;

function errorsIn(notice: Notice): NoticeProblem[] {
  const [off, worked] = [Object.entries(notice.off), Object.entries(notice.worked)];
  if (off.length + worked.length > maxEntries)
    return [
      problem(
        'error',
        'too-many-days',
        `一份通知最多列出${maxEntries}天。`,
        `A notice lists at most ${maxEntries} days.`,
      ),
    ];
  if (!Number.isInteger(notice.year) || notice.year < 1949 || notice.year > 9998)
    return [problem('error', 'invalid-year', `${notice.year}不是年份。`, `${notice.year} is not a year.`)];
  const found: NoticeProblem[] = [];
  if (notice.title.trim() === '')
    found.push(problem('error', 'no-title', '请填写通知的标题。', 'Give the title of the notice.'));
  for (const [date, reason] of [...off, ...worked]) {
    if (!isPlainDate(date)) {
      found.push(
        problem('error', 'invalid-date', `“${date}”不是日期。`, `"${date}" is not a date (YYYY-MM-DD).`, date),
      );
      continue;
    }
    if (noticeYear(date) !== notice.year && +date.slice(0, 4) !== notice.year)
      found.push(
        problem(
          'error',
          'other-year',
          `${date}不属于${notice.year}年的通知。`,
          `${date} is not of ${notice.year}.`,
          date,
        ),
      );
    if (reason.trim() === '')
      found.push(problem('error', 'no-reason', `${date}没有说明原因。`, `${date} has no reason.`, date));
  }
  const statutory = new Map(holidays(notice.year).map(([day, name]) => [dateOfDay(day), name]));
  for (const [date] of worked) {
    if (!isPlainDate(date)) continue;
    const holiday = statutory.get(date);
    if (holiday !== undefined)
      found.push(
        problem(
          'error',
          'worked-on-a-holiday',
          `${date}是法定节假日（${holiday}），不能调休上班。`,
          `${date} is a statutory holiday (${holiday}) and cannot be worked in lieu.`,
          date,
        ),
      );
    if (date in notice.off)
      found.push(
        problem('error', 'off-and-worked', `${date}既放假又上班。`, `${date} is both a day off and worked.`, date),
      );
    if (!isWeekend(weekdayOf(date)))
      found.push(
        problem(
          'error',
          'worked-on-a-weekday',
          `${date}不是周末，无需调休上班。`,
          `${date} is no weekend: it is worked anyway.`,
          date,
        ),
      );
  }
  return found;
}

const tooFewWorkingDays = (year: number, arranged: number): NoticeProblem =>
  problem(
    'error',
    'too-few-working-days',
    `按此通知${year}年只有${arranged}个工作日，少于${minWorkingDays}个，请检查所列日期。`,
    `By this notice ${year} has only ${arranged} working days, less than ${minWorkingDays}: check the days off.`,
  );

interface Taken {
  notice: Notice;
  /** Working days of its year. */
  arranged: number;
  listed(date: string): boolean;
  goes(date: string): boolean;
}

function warningsIn(before: WorkingCalendar, { notice, arranged, listed, goes }: Taken): NoticeProblem[] {
  const found: NoticeProblem[] = [];
  const statutory = holidays(notice.year);
  for (const [day, name] of statutory) {
    const date = dateOfDay(day);
    if (!(date in notice.off) && !isWeekend(weekdayOf(date)))
      found.push(
        problem(
          'warning',
          'statutory-day-missing',
          `通知没有列出${name}（${date}）。`,
          `The notice does not list ${name} (${date}).`,
          date,
        ),
      );
  }
  const expected = weekdaysIn(notice.year) - statutory.length;
  if (arranged !== expected)
    found.push(
      problem(
        'warning',
        'unusual-number-of-working-days',
        `${notice.year}年共${arranged}个工作日，按法定假日应为${expected}个。`,
        `${notice.year} has ${arranged} working days; by the statutory holidays there are ${expected}.`,
      ),
    );
  for (const date of [...Object.keys(before.off), ...Object.keys(before.worked)])
    if (goes(date) && !listed(date))
      found.push(
        problem(
          'warning',
          'entry-removed',
          `${date}（${before.off[date] ?? before.worked[date]}）不再列出，已删除。`,
          `${date} is no longer listed and was removed.`,
          date,
        ),
      );
  return found;
}

function problem(
  severity: NoticeProblem['severity'],
  code: NoticeProblem['code'],
  zh: string,
  en: string,
  date?: string,
): NoticeProblem {
  return { code, severity, message: { zh, en }, ...(date !== undefined && { date }) };
}

function sorted(entries: [string, string][]): Record<string, string> {
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function weekdaysIn(year: number): number {
  let count = 0;
  for (let day = dayOfDate(`${year}-01-01`); day <= dayOfDate(`${year}-12-31`); day++)
    if (!isWeekend(weekdayOf(dateOfDay(day)))) count++;
  return count;
}
