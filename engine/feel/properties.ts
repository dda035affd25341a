/** `value.name` of what is no context (DMN 1.5, 10.3.2.5 and table 61). */
import { ownValue } from '../model/own-property.ts';
import { weekdayOfDayNumber } from './calendar-math.ts';
import { DateTimeValue, DateValue, MonthsValue, offsetOf, SecondsValue, TimeValue } from './temporal.ts';
import { type FeelValue, RangeValue } from './values.ts';

const ofDate: Record<string, (date: DateValue) => FeelValue> = {
  year: (date) => date.year,
  month: (date) => date.month,
  day: (date) => date.day,
  weekday: (date) => weekdayOfDayNumber(date.days),
};

function timeOffset(value: TimeValue | DateTimeValue): FeelValue {
  const offset = offsetOf(value);
  return offset === null ? null : new SecondsValue(BigInt(offset) * 1_000_000_000n);
}

function timezone(time: TimeValue): FeelValue {
  const { zone } = time;
  return zone && 'id' in zone ? zone.id : null;
}

const ofTime: Record<string, (time: TimeValue) => FeelValue> = {
  hour: (time) => time.hour,
  minute: (time) => time.minute,
  second: (time) => time.second,
  'time offset': timeOffset,
  timezone,
};

const perSecond = 1_000_000_000n;
const ofSeconds: Record<string, (duration: SecondsValue) => FeelValue> = {
  days: ({ nanos }) => Number(nanos / (86_400n * perSecond)),
  hours: ({ nanos }) => Number((nanos / (3600n * perSecond)) % 24n),
  minutes: ({ nanos }) => Number((nanos / (60n * perSecond)) % 60n),
  seconds: ({ nanos }) => Number(nanos % (60n * perSecond)) / 1e9,
};

const ofMonths: Record<string, (duration: MonthsValue) => FeelValue> = {
  years: ({ months }) => Math.trunc(months / 12) || 0,
  months: ({ months }) => months % 12 || 0,
};

const ofRange: Record<string, (range: RangeValue) => FeelValue> = {
  start: (range) => range.start,
  end: (range) => range.end,
  'start included': (range) => range.startIncluded,
  'end included': (range) => range.endIncluded,
};

function read<T>(table: Record<string, (value: T) => FeelValue>, name: string, value: T): FeelValue | undefined {
  return ownValue(table, name)?.(value);
}

/** @returns undefined when the value has no such property */
export function propertyOf(value: FeelValue, name: string): FeelValue | undefined {
  if (value instanceof DateValue) return read(ofDate, name, value);
  if (value instanceof TimeValue) return read(ofTime, name, value);
  if (value instanceof DateTimeValue) {
    if (name === 'time offset') return timeOffset(value);
    return read(ofDate, name, value.date) ?? read(ofTime, name, value.time);
  }
  if (value instanceof SecondsValue) return read(ofSeconds, name, value);
  if (value instanceof MonthsValue) return read(ofMonths, name, value);
  return value instanceof RangeValue ? read(ofRange, name, value) : undefined;
}
