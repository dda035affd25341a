/** Conversion functions (DMN 1.5, 10.3.4.1). */
import { parseDate, parseDateTime, parseDuration, parseTime } from '../parse-temporal.ts';
import { parseRange } from '../range-text.ts';
import {
  DateTimeValue as DateTime,
  type DateTimeValue,
  DateValue,
  dateOf,
  MonthsValue,
  type SecondsValue,
  TimeValue,
} from '../temporal.ts';
import { textOf } from '../text.ts';
import type { FeelValue, FunctionValue } from '../values.ts';
import { zoneOfOffset } from '../zones.ts';
import { define, defineOfSomething } from './define.ts';

const dayOf = (value: DateValue | DateTimeValue): DateValue => (value instanceof DateValue ? value : value.date);

function timeOf(hour: number, minute: number, second: number, offset?: SecondsValue | null): TimeValue | undefined {
  if (![hour, minute].every(Number.isInteger) || hour < 0 || hour > 23 || minute < 0 || minute > 59) return undefined;
  if (!(second >= 0 && second < 60)) return undefined;
  const nanos = BigInt(hour * 3600 + minute * 60) * 1_000_000_000n + BigInt(Math.round(second * 1e9));
  if (!offset) return new TimeValue(nanos, null);
  const zone = zoneOfOffset(Number(offset.nanos / 1_000_000_000n));
  return zone && new TimeValue(nanos, zone);
}

const separators = [' ', ',', '.'];

export function numberOf(from: string, grouping: string | null, point: string | null): number | undefined {
  if (grouping !== null && !separators.includes(grouping)) return undefined;
  if (point !== null && !['.', ','].includes(point)) return undefined;
  if (grouping !== null && grouping === point) return undefined;
  let text = grouping === null ? from : from.split(grouping).join('');
  if (point === ',') {
    if (text.includes('.')) return undefined;
    text = text.replace(',', '.');
  }
  return /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/.test(text.trim()) ? Number(text) : undefined;
}

/** Whole months between two days, towards zero. */
function monthsBetween(from: DateValue | DateTimeValue, to: DateValue | DateTimeValue): MonthsValue {
  const [a, b] = [dayOf(from), dayOf(to)];
  let months = (b.year - a.year) * 12 + b.month - a.month;
  if (months > 0 && b.day < a.day) months--;
  if (months < 0 && b.day > a.day) months++;
  return new MonthsValue(months || 0);
}

export const conversion: Record<string, FunctionValue> = {
  number: define(
    'number',
    ['from: string', () => (from: string) => numberOf(from, null, null)],
    [
      'from: string, grouping separator: string|null, decimal separator: string|null',
      () => (from: string, grouping: string | null, point: string | null) => numberOf(from, grouping, point),
    ],
  ),
  string: define('string', ['from: Any', () => (from: FeelValue) => (from === null ? undefined : textOf(from))]),
  date: defineOfSomething(
    'date',
    ['from: string', () => (from: string) => parseDate(from) ?? undefined],
    ['from: temporal', () => dayOf],
    [
      'year: number, month: number, day: number',
      () => (year: number, month: number, day: number) => dateOf(year, month, day) ?? undefined,
    ],
  ),
  time: defineOfSomething(
    'time',
    ['from: string', () => (from: string) => parseTime(from) ?? undefined],
    ['from: time', () => (from: TimeValue) => from],
    [
      'from: temporal',
      () => (from: DateValue | DateTimeValue) =>
        from instanceof DateValue ? new TimeValue(0n, { offset: 0 }) : from.time,
    ],
    ['hour: number, minute: number, second: number, offset: days and time duration|null?', () => timeOf],
  ),
  'date and time': defineOfSomething(
    'date and time',
    ['from: string', () => (from: string) => parseDateTime(from) ?? undefined],
    [
      'date: temporal, time: time',
      () => (date: DateValue | DateTimeValue, time: TimeValue) => new DateTime(dayOf(date), time),
    ],
    ['from: date and time', () => (from: DateTimeValue) => from],
    ['from: date', () => (from: DateValue) => new DateTime(from, new TimeValue(0n, { offset: 0 }))],
  ),
  duration: defineOfSomething(
    'duration',
    ['from: string', () => (from: string) => parseDuration(from) ?? undefined],
    ['from: duration', () => (from: FeelValue) => from],
  ),
  'years and months duration': defineOfSomething('years and months duration', [
    'from: temporal, to: temporal',
    () => monthsBetween,
  ]),
  range: define('range', ['from: string', () => (from: string) => parseRange(from) ?? undefined]),
};
