/** Cron expressions with the fields of Zeebe's (Spring's) timer cycles, and the next time of one in a zone. Small, so that no date library gets into the workflow bundle. */
import { dateOfDay, daysInMonth, msPerDay, weekdayOfDay } from './date.ts';
import { TimeError } from './error.ts';
import { instantMs, instantMsOfLocal, isoOf, localMs, offsetAt } from './zone.ts';

export interface Cron {
  source: string;
  seconds: number[];
  minutes: number[];
  hours: number[];
  months: number[];
  /** Whether the day fields hold; each looks at one day. */
  dayOfMonth: DayRule;
  dayOfWeek: DayRule;
  /** Both day fields are restricted and it is enough that one holds (5 fields). */
  eitherDay: boolean;
}

interface Day {
  year: number;
  month: number;
  date: number;
  /** 1 = Monday … 7 = Sunday. */
  weekday: number;
  last: number;
}
type DayRule = (day: Day) => boolean;

const macros: ReadonlyMap<string, string> = new Map([
  ['@yearly', '0 0 0 1 1 *'],
  ['@annually', '0 0 0 1 1 *'],
  ['@monthly', '0 0 0 1 * *'],
  ['@weekly', '0 0 0 * * 0'],
  ['@daily', '0 0 0 * * *'],
  ['@midnight', '0 0 0 * * *'],
  ['@hourly', '0 0 * * * *'],
]);
const monthNames = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const weekdayNames = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

/** The longest gap of a rule that ever holds: 29 February on one weekday, over a century that is no leap year. */
const furthestDays = 41 * 366;

/**
 * - 6 fields: second, minute, hour, day of month, month, day of week; both day fields must hold (Spring, Zeebe).
 * - 5 fields: without seconds; if both day fields are restricted, one is enough (POSIX cron).
 * - In a field: `*`, `?`, numbers, names (JAN, MON), lists, ranges, steps. Days of the week 0–7, 0 and 7 are Sunday.
 *   Day of month also `L`, `L-3`, `LW`, `15W`; day of week also `FRIL` or `5L` (the last), `MON#2` (the second).
 * - `@yearly`, `@monthly`, `@weekly`, `@daily`, `@hourly` and their synonyms.
 * @throws TimeError `invalid-cron`
 */
export function parseCron(source: string): Cron {
  const invalid = (why: string) =>
    new TimeError(
      'invalid-cron',
      `"${source}" is not a cron expression: ${why}.`,
      'Give 6 fields (second minute hour day month weekday), for instance 0 0 9 * * MON-FRI.',
    );
  const fields = (macros.get(source.toLowerCase()) ?? source).trim().toUpperCase().split(/\s+/);
  if (fields.length !== 5 && fields.length !== 6) throw invalid(`it has ${fields.length} fields`);
  const [second, minute, hour, dayOfMonth, month, dayOfWeek] = fields.length === 5 ? ['0', ...fields] : fields;

  const numberOf = (text: string, names: string[], base: number): number => {
    const named = names.indexOf(text);
    if (named >= 0) return named + base;
    if (!/^\d{1,2}$/.test(text)) throw invalid(`"${text}" is not a number`);
    return Number(text);
  };
  const set = (text: string, from: number, to: number, names: string[] = [], base = 0): number[] => {
    const values = new Set<number>();
    for (const item of text.split(',')) {
      const [range = '', step, ...more] = item.split('/');
      if (more.length > 0 || (step !== undefined && !/^[1-9]\d?$/.test(step)))
        throw invalid(`"${item}" has no valid step`);
      const ends =
        range === '*' || range === '?' ? [from, to] : range.split('-').map((end) => numberOf(end, names, base));
      let [low, high] = ends as [number, number | undefined];
      high ??= step === undefined ? low : to;
      // "SAT-SUN": Sunday closes a week here.
      if (high < low && high === 0 && to === 7) high = 7;
      if (ends.length > 2 || low < from || high > to || high < low)
        throw invalid(`"${item}" is not within ${from}–${to}`);
      for (let value = low; value <= high; value += Number(step ?? 1)) values.add(value);
    }
    return [...values].sort((a, b) => a - b);
  };

  const datesIn = (text: string): DayRule => {
    const rules = text.split(',').map((item): DayRule => {
      const special = /^(?:L(?:-(\d{1,2}))?|(\d{1,2}))(W)?$/.exec(item);
      if (!special || (special[2] && !special[3])) {
        const dates = set(item, 1, 31);
        return (day) => dates.includes(day.date);
      }
      const [, back = '0', fixed, nearest] = special;
      if (fixed && (+fixed < 1 || +fixed > 31)) throw invalid(`"${item}" is not a day of a month`);
      return (day) => {
        const wanted = fixed ? +fixed : day.last - +back;
        if (wanted < 1 || wanted > day.last) return false;
        return day.date === (nearest ? nearestWeekday(day, wanted) : wanted);
      };
    });
    return (day) => rules.some((rule) => rule(day));
  };
  const weekdaysIn = (text: string): DayRule => {
    const rules = text.split(',').map((item): DayRule => {
      const special = /^(\w{1,3}?)(?:(L)|#([1-5]))$/.exec(item);
      if (!special) {
        const days = set(item, 0, 7, weekdayNames).map((value) => value || 7);
        return (day) => days.includes(day.weekday);
      }
      const weekday = set(special[1]!, 0, 7, weekdayNames)[0]! || 7;
      if (special[2]) return (day) => day.weekday === weekday && day.date > day.last - 7;
      return (day) => day.weekday === weekday && Math.ceil(day.date / 7) === +special[3]!;
    });
    return (day) => rules.some((rule) => rule(day));
  };

  const restricted = (text: string) => !/^[*?]/.test(text);
  return {
    source,
    seconds: set(second!, 0, 59),
    minutes: set(minute!, 0, 59),
    hours: set(hour!, 0, 23),
    months: set(month!, 1, 12, monthNames, 1),
    dayOfMonth: datesIn(dayOfMonth!),
    dayOfWeek: weekdaysIn(dayOfWeek!),
    eitherDay: fields.length === 5 && restricted(dayOfMonth!) && restricted(dayOfWeek!),
  };
}

/** Monday to Friday nearest to a date, within its month. */
function nearestWeekday(day: Day, wanted: number): number {
  const weekday = ((((day.weekday - 1 + wanted - day.date) % 7) + 7) % 7) + 1;
  if (weekday === 6) return wanted > 1 ? wanted - 1 : wanted + 2;
  if (weekday === 7) return wanted < day.last ? wanted + 1 : wanted - 2;
  return wanted;
}

/**
 * The first time after an instant. Local times that clocks set forward leave out do not occur. Those that occur twice count once, the first
 * time, where the expression names hours; one for every hour goes on with time itself, twice through the hour that is repeated (as cron of
 * Unix tells the two apart).
 * @param after ISO 8601 instant
 * @param zone IANA name
 * @returns ISO 8601 UTC with milliseconds
 * @throws TimeError `invalid-cron` when there is none (30 February)
 */
export function cronNext(cron: Cron, after: string, zone: string): string {
  const afterMs = instantMs(after, zone);
  return isoOf(cron.hours.length === 24 ? inEveryHour(cron, afterMs, zone) : atNamedHours(cron, afterMs, zone));
}

function atNamedHours(cron: Cron, after: number, zone: string): number {
  for (const wanted of localTimes(cron, localMs(after, zone))) {
    const ms = instantMsOfLocal(wanted, zone);
    if (ms > after && localMs(ms, zone) === wanted) return ms;
  }
  throw neverOccurs(cron);
}

/** Goes by the clocks as they stand, and where they are changed on the way goes on from there. */
function inEveryHour(cron: Cron, after: number, zone: string): number {
  for (let from = after; ; ) {
    const offset = offsetAt(from, zone);
    const [wanted] = localTimes(cron, from + offset);
    if (wanted === undefined) throw neverOccurs(cron);
    const ms = wanted - offset;
    const change = changeOfClocks(from, Math.min(ms, from + 2 * msPerDay), zone) ?? changeOfClocks(from, ms, zone);
    if (change === undefined) return ms;
    // One millisecond before the clocks show what they are changed to: that time itself counts.
    const [first] = localTimes(cron, change + offsetAt(change, zone) - 1);
    if (first === change + offsetAt(change, zone)) return change;
    from = change;
  }
}

/** The first instant of another offset in (from, to], where the offset at the end is another one. */
function changeOfClocks(from: number, to: number, zone: string): number | undefined {
  const before = offsetAt(from, zone);
  if (offsetAt(to, zone) === before) return undefined;
  let [low, high] = [from, to];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(middle, zone) === before) low = middle;
    else high = middle;
  }
  return high;
}

/** Local times after one, each as if it were UTC. */
function* localTimes(cron: Cron, local: number): Generator<number, undefined> {
  const firstDay = Math.floor(local / msPerDay);
  for (let day = firstDay; day < firstDay + furthestDays; day++) {
    if (!onDay(cron, day)) continue;
    for (const hour of cron.hours) {
      const inHour = day * msPerDay + hour * 3_600_000;
      if (inHour + 3_599_999 <= local) continue;
      for (const minute of cron.minutes) {
        if (inHour + minute * 60_000 + 59_999 <= local) continue;
        for (const second of cron.seconds) {
          const wanted = inHour + minute * 60_000 + second * 1000;
          if (wanted > local) yield wanted;
        }
      }
    }
  }
  return undefined;
}

const neverOccurs = ({ source }: Cron): TimeError =>
  new TimeError('invalid-cron', `"${source}" never occurs.`, 'Check its day and month.');

function onDay(cron: Cron, day: number): boolean {
  const [year, month, date] = dateOfDay(day).split('-').map(Number) as [number, number, number];
  if (!cron.months.includes(month)) return false;
  const at: Day = { year, month, date, weekday: weekdayOfDay(day), last: daysInMonth(year, month) };
  return cron.eitherDay ? cron.dayOfMonth(at) || cron.dayOfWeek(at) : cron.dayOfMonth(at) && cron.dayOfWeek(at);
}
