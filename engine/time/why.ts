/** Why a due date is what it is: each day counted or skipped and the notice it rests on, as data and in a sentence. */
import type { LocalizedText } from '../model/plan.ts';
import { addWorkingDays, type DayCounted, type DayEnd, type WorkingCalendar } from './calendar.ts';
import { isPlainDate, type Weekday, weekdayOf } from './date.ts';
import { addDuration, type Duration, parseDuration } from './duration.ts';
import { localDate, localDateTime } from './zone.ts';

export interface WhyThisDate {
  kind: 'working-days' | 'duration';
  /** As given. */
  from: string;
  /** Working days, for `working-days`. */
  days?: number;
  /** ISO 8601, for `duration`. */
  duration?: string;
  /** ISO 8601 UTC with milliseconds. */
  due: string;
  /** 'YYYY-MM-DD' in the zone. */
  dueDate: string;
  /** A notice still to come may move it. */
  provisional: boolean;
  zone: string;
  /** Each day considered, in order; empty for durations. */
  steps: DayCounted[];
  sentences: LocalizedText;
}

/**
 * Arguments as of `addWorkingDays`.
 * @throws TimeError as `addWorkingDays`
 */
export function whyThisDate(
  calendar: WorkingCalendar,
  from: string,
  days: number,
  until: DayEnd = 'end-of-day',
): WhyThisDate {
  const sum = addWorkingDays(calendar, from, days, until);
  const { zone } = calendar;
  const counted = sum.days.filter((step) => step.counted);
  const skipped = sum.days.filter((step) => !step.counted);
  const notices = [...new Set(sum.days.flatMap((step) => step.notice ?? []))];
  const awaited = [...new Set(sum.days.flatMap((step) => step.awaits ?? []))];
  const start = moment(from, zone);
  const due = dueMoment(sum.at, sum.date, zone);
  const n = Math.abs(days);
  return {
    kind: 'working-days',
    from,
    days,
    due: sum.at,
    dueDate: sum.date,
    provisional: sum.provisional,
    zone,
    steps: sum.days,
    sentences: {
      zh: [
        days === 0
          ? `${start.zh}当日，如非工作日则顺延至下一个工作日。`
          : `自${start.zh}${days < 0 ? '向前' : '起'}${n}个工作日，当日不计。`,
        `计入：${runs(counted).map(zhRun).join('、')}。`,
        skipped.length > 0 ? `不计：${runs(skipped).map(zhRun).join('、')}。` : '',
        notices.length > 0 ? `依据：${notices.map((notice) => `《${notice}》`).join('、')}。` : '',
        awaited.map((year) => `${year}年的放假通知尚未导入，暂按法定节假日推算，导入后重新计算。`).join(''),
        `${sum.provisional ? '暂定' : ''}到期：${due.zh}。`,
      ].join(''),
      en: [
        days === 0
          ? `On ${start.en}, or the next working day if that is none.`
          : `${n} working day${n === 1 ? '' : 's'} ${days < 0 ? 'before' : 'after'} ${start.en}; that day does not count.`,
        `Counted: ${runs(counted).map(enRun).join(', ')}.`,
        skipped.length > 0 ? `Not counted: ${runs(skipped).map(enRun).join(', ')}.` : '',
        notices.length > 0 ? `Rests on: ${notices.map((notice) => `《${notice}》`).join(', ')}.` : '',
        ...awaited.map(
          (year) =>
            `The notice for ${year} has not been imported: statutory holidays are assumed, and the date is worked out again when it is.`,
        ),
        `Due${sum.provisional ? ' (provisional)' : ''}: ${due.en} (${zone}).`,
      ]
        .filter((sentence) => sentence !== '')
        .join(' '),
    },
  };
}

/**
 * Arguments as of `addDuration`: hours and calendar days run on through nights, weekends and holidays.
 * @throws TimeError as `addDuration`
 */
export function explainDuration(from: string, duration: string, zone: string): WhyThisDate {
  const due = addDuration(from, duration, zone);
  const dueDate = localDate(due, zone);
  const length = inWords(parseDuration(duration));
  const start = moment(isPlainDate(from) ? `${from}T00:00` : from, zone);
  const end = moment(due, zone);
  return {
    kind: 'duration',
    from,
    duration,
    due,
    dueDate,
    provisional: false,
    zone,
    steps: [],
    sentences: {
      zh: `自${start.zh}起${length.zh}，连续计算，含夜间、周末和节假日。到期：${end.zh}。`,
      en: `${length.en} after ${start.en}, without a break for nights, weekends or holidays. Due: ${end.en} (${zone}).`,
    },
  };
}

const zhWeekdays = ['周一', '周二', '周三', '周四', '周五', '周六', '周日'];
const enWeekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const zhWeekday = (weekday: Weekday) => zhWeekdays[weekday - 1]!;
const enWeekday = (weekday: Weekday) => enWeekdays[weekday - 1]!;

/** A date, or a local date and time to the minute. */
function moment(at: string, zone: string): LocalizedText {
  const local = isPlainDate(at) ? at : localDateTime(at, zone).slice(0, 16);
  const date = local.slice(0, 10);
  const time = local.length > 10 ? ` ${local.slice(11)}` : '';
  const weekday = weekdayOf(date);
  return { zh: `${date}（${zhWeekday(weekday)}）${time.trim()}`, en: `${enWeekday(weekday)} ${date}${time}` };
}

/** The end of a day is 24:00 to people (民法典 第二百零三条), not 23:59:59.999. */
function dueMoment(at: string, date: string, zone: string): LocalizedText {
  if (!localDateTime(at, zone).endsWith('T23:59:59.999')) return moment(at, zone);
  const day = moment(date, zone);
  return { zh: `${day.zh}24:00`, en: `${day.en} 24:00` };
}

interface Run {
  first: DayCounted;
  last: DayCounted;
}

/** Neighbouring days with the same reason, in the order of the calendar. Up to ten ordinary working days are listed one by one. */
function runs(steps: DayCounted[]): Run[] {
  const found: Run[] = [];
  const joins = steps.filter((step) => step.counted).length > 10;
  for (const step of [...steps].sort((a, b) => (a.date < b.date ? -1 : 1))) {
    const run = found.at(-1);
    const next = run !== undefined && run.last.reason === step.reason && apart(run.last.date, step.date) === 1;
    if (next && (!step.counted || joins)) run.last = step;
    else found.push({ first: step, last: step });
  }
  return found;
}

function apart(earlier: string, later: string): number {
  return (Date.parse(later) - Date.parse(earlier)) / 86_400_000;
}

const plainReasons = ['工作日', '周六', '周日'];

function zhRun({ first, last }: Run): string {
  if (first !== last) return `${first.date}至${last.date}${reasonIn('zh', first.reason, '（', '）')}`;
  const reason = plainReasons.includes(first.reason) ? '' : `，${first.reason}`;
  return `${first.date}（${zhWeekday(first.weekday)}${reason}）`;
}

function enRun({ first, last }: Run): string {
  if (first !== last) return `${first.date} to ${last.date}${reasonIn('en', first.reason, ' (', ')')}`;
  return `${enWeekday(first.weekday)} ${first.date}${reasonIn('en', first.reason, ' (', ')')}`;
}

function reasonIn(language: keyof LocalizedText, reason: string, open: string, close: string): string {
  if (plainReasons.includes(reason)) return '';
  return `${open}${language === 'zh' ? reason : englishReason(reason)}${close}`;
}

const holidayNames: Record<string, string> = {
  元旦: 'New Year’s Day',
  春节: 'Spring Festival',
  清明节: 'Tomb-sweeping Day',
  劳动节: 'Labour Day',
  端午节: 'Dragon Boat Festival',
  中秋节: 'Mid-autumn Festival',
  国庆节: 'National Day',
};

/** Reasons are data in Chinese; those of the national calendar have English words, a facility's own stay as written. */
export function englishReason(reason: string): string {
  const [, holiday, kind] = /^(.+?)(调休|补假)?$/.exec(reason)!;
  const name = holidayNames[holiday!];
  if (!name) return reason;
  if (kind === '调休') return `worked in lieu, ${name}`;
  return kind === '补假' ? `substitute for ${name}` : name;
}

function inWords(duration: Duration): LocalizedText {
  const units: [keyof Duration, string, string][] = [
    ['years', '年', 'year'],
    ['months', '个月', 'month'],
    ['weeks', '周', 'week'],
    ['days', '天', 'day'],
    ['hours', '小时', 'hour'],
    ['minutes', '分钟', 'minute'],
    ['seconds', '秒', 'second'],
  ];
  const used = units.filter(([unit]) => duration[unit] !== 0);
  if (used.length === 0) return { zh: '0秒', en: '0 seconds' };
  return {
    zh: used.map(([unit, zh]) => `${duration[unit]}${zh}`).join(''),
    en: used.map(([unit, , en]) => `${duration[unit]} ${en}${Math.abs(duration[unit]) === 1 ? '' : 's'}`).join(' '),
  };
}
