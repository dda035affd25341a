/** Functions of dates (DMN 1.5, 10.3.4.6 and 10.3.4.8) and process time. The host's clock plays no part. */
import { localDate, localDateTimeWithOffset } from '../../time/zone.ts';
import { dayNumber, weekdayOfDayNumber } from '../calendar-math.ts';
import { equal } from '../operators.ts';
import { parseDate, parseDateTime } from '../parse-temporal.ts';
import { DateTimeValue, DateValue, TimeValue } from '../temporal.ts';
import { type FeelValue, type FunctionValue, kindOf } from '../values.ts';
import { define } from './define.ts';

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** ISO 8601: the week with the year's first Thursday is week 1. */
function weekOfYear({ days }: DateValue): number {
  const thursday = days + 4 - weekdayOfDayNumber(days);
  const { year } = parseYear(thursday);
  return Math.floor((thursday - dayNumber(year, 1, 1)) / 7) + 1;
}

function parseYear(days: number): { year: number } {
  let year = Math.floor(days / 365.2425) + 1970;
  while (dayNumber(year + 1, 1, 1) <= days) year++;
  while (dayNumber(year, 1, 1) > days) year--;
  return { year };
}

const ofDay = (name: string, read: (date: DateValue) => FeelValue): FunctionValue =>
  define(name, [
    'date: temporal',
    () => (date: DateValue | DateTimeValue) => read(date instanceof DateValue ? date : date.date),
  ]);

/** Two values are the same thing: of one kind, and times in the same zone (DMN 1.5, table 77). */
function is(a?: FeelValue, b?: FeelValue): boolean {
  if (a === undefined || b === undefined) return false;
  if (kindOf(a) !== kindOf(b)) return false;
  const time = (value: FeelValue): TimeValue | undefined =>
    value instanceof DateTimeValue ? value.time : value instanceof TimeValue ? value : undefined;
  const [first, second] = [time(a), time(b)];
  if (first && second && zoneOf(first) !== zoneOf(second)) return false;
  return equal(a, b) === true;
}

const zoneOf = ({ zone }: TimeValue): string => (zone ? ('id' in zone ? zone.id : String(zone.offset)) : '');

export const moment: Record<string, FunctionValue> = {
  is: define('is', ['value1: Any?, value2: Any?', () => is]),
  now: define('now', [
    '',
    ({ context: { now, calendar } }) =>
      () =>
        parseDateTime(localDateTimeWithOffset(now, calendar.zone)),
  ]),
  today: define('today', [
    '',
    ({ context: { now, calendar } }) =>
      () =>
        parseDate(localDate(now, calendar.zone)),
  ]),
  'day of year': ofDay('day of year', (date) => date.days - dayNumber(date.year, 1, 1) + 1),
  'day of week': ofDay('day of week', (date) => weekdays[weekdayOfDayNumber(date.days) - 1]!),
  'month of year': ofDay('month of year', (date) => months[date.month - 1]!),
  'week of year': ofDay('week of year', weekOfYear),
};
