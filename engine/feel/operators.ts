/** Equality, order and arithmetic of FEEL values (DMN 1.5, 10.3.2.13 and tables 50 to 60). Null means: not defined for these. */
import { spend, spendAt, spendOn } from './budget.ts';
import { floorDiv, lastDayOfMonth, nanosPerDay, nanosPerSecond } from './calendar-math.ts';
import { type AnyContext, entriesOf, entryOf, isContext, sizeOf } from './contexts.ts';
import {
  DateTimeValue,
  DateValue,
  dateOf,
  dateOfDays,
  dateTimeOfLocal,
  MonthsValue,
  monthsDuration,
  offsetOf,
  SecondsValue,
  secondsDuration,
  TimeValue,
  timeInstant,
} from './temporal.ts';
import { type FeelValue, kindOf, RangeValue } from './values.ts';
import { offsetSecondsOfInstant } from './zones.ts';

type Truth = boolean | null;

export function equal(a: FeelValue, b: FeelValue, level = 0): Truth {
  if (a === null || b === null) return a === b;
  if (typeof a !== 'object' || typeof b !== 'object') return typeof a === typeof b ? a === b : null;
  spendAt(level);
  if (isContext(a) && isContext(b)) return sameContext(a, b, level);
  if (kindOf(a) !== kindOf(b)) return null;
  if (Array.isArray(a) && Array.isArray(b)) {
    if (a.length !== b.length) return false;
    spend(a.length);
    return every(a.map((entry, index) => equal(entry, b[index] ?? null, level + 1)));
  }
  if (a instanceof RangeValue && b instanceof RangeValue)
    return (
      a.startIncluded === b.startIncluded &&
      a.endIncluded === b.endIncluded &&
      equal(a.start, b.start) === true &&
      equal(a.end, b.end) === true
    );
  if ((a instanceof TimeValue || a instanceof DateTimeValue) && zoned(a) !== zoned(b)) return false;
  const order = compare(a, b);
  return order === null ? null : order === 0;
}

function sameContext(a: AnyContext, b: AnyContext, level: number): Truth {
  if (sizeOf(a) !== sizeOf(b)) return false;
  const parts: Truth[] = [];
  for (const [key, entry] of entriesOf(a)) {
    const other = entryOf(b, key);
    if (other === undefined) return false;
    spend(1);
    parts.push(equal(entry, other, level + 1));
  }
  return every(parts);
}

const zoned = (value: FeelValue): boolean =>
  (value instanceof TimeValue || value instanceof DateTimeValue) && offsetOf(value) !== null;

function every(parts: Truth[]): Truth {
  if (parts.includes(false)) return false;
  return parts.includes(null) ? null : true;
}

/** Negative, zero or positive as `a` is before, with or after `b`; null where they have no order. */
export function compare(a: FeelValue, b: FeelValue): number | null {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a === 'string' && typeof b === 'string') return a < b ? -1 : a > b ? 1 : 0;
  if (a instanceof DateValue && b instanceof DateValue) return a.days - b.days;
  if (a instanceof DateTimeValue && b instanceof DateTimeValue)
    return zoned(a) === zoned(b) ? sign(a.instant - b.instant) : null;
  if (a instanceof TimeValue && b instanceof TimeValue)
    return zoned(a) === zoned(b) ? sign(timeInstant(a) - timeInstant(b)) : null;
  if (a instanceof MonthsValue && b instanceof MonthsValue) return a.months - b.months;
  if (a instanceof SecondsValue && b instanceof SecondsValue) return sign(a.nanos - b.nanos);
  return null;
}

const sign = (n: bigint): number => (n < 0n ? -1 : n > 0n ? 1 : 0);

/** Whether a point lies in a range; null where they cannot be compared. */
export function inRange(range: RangeValue, value: FeelValue): Truth {
  if (value === null || (!range.unbounded && (range.start === null || range.end === null))) return null;
  const above = range.start === null ? 1 : compare(value, range.start);
  const below = range.end === null ? -1 : compare(value, range.end);
  if (above === null || below === null) return null;
  return (above > 0 || (above === 0 && range.startIncluded)) && (below < 0 || (below === 0 && range.endIncluded));
}

/** A double computed from decimals carries an error in its last digits; FEEL numbers are decimals (DMN 1.5, 10.3.2.3.1). */
export function decimal(n: number): FeelValue {
  if (!Number.isFinite(n)) return null;
  return Number.isInteger(n) ? n + 0 : Number(n.toPrecision(15));
}

const wall = (value: DateValue | DateTimeValue): bigint =>
  value instanceof DateValue ? BigInt(value.days) * nanosPerDay : value.local;

function moveMonths(date: DateValue, months: number): DateValue | null {
  const total = date.year * 12 + date.month - 1 + months;
  const year = Math.floor(total / 12);
  const month = total - year * 12 + 1;
  return dateOf(year, month, Math.min(date.day, lastDayOfMonth(year, month)));
}

function moveInstant(at: DateTimeValue, nanos: bigint): DateTimeValue | null {
  const { zone } = at.time;
  if (!zone) return dateTimeOfLocal(at.local + nanos, null);
  const instant = at.instant + nanos;
  return dateTimeOfLocal(instant + BigInt(offsetSecondsOfInstant(zone, instant)) * nanosPerSecond, zone);
}

function move(value: FeelValue, by: MonthsValue | SecondsValue, direction: 1 | -1): FeelValue {
  if (by instanceof MonthsValue) {
    if (value instanceof DateValue) return moveMonths(value, direction * by.months);
    if (!(value instanceof DateTimeValue)) return null;
    const date = moveMonths(value.date, direction * by.months);
    return date && new DateTimeValue(date, value.time);
  }
  const nanos = BigInt(direction) * by.nanos;
  if (value instanceof DateTimeValue) return moveInstant(value, nanos);
  // A date is midnight UTC (DMN 1.5, table 55); the day of the sum is the answer.
  if (value instanceof DateValue)
    return dateOfDays(Number(floorDiv(BigInt(value.days) * nanosPerDay + nanos, nanosPerDay)));
  if (value instanceof TimeValue)
    return new TimeValue((((value.nanos + nanos) % nanosPerDay) + nanosPerDay) % nanosPerDay, value.zone);
  return null;
}

const isDuration = (value: FeelValue): value is MonthsValue | SecondsValue =>
  value instanceof MonthsValue || value instanceof SecondsValue;

export function add(a: FeelValue, b: FeelValue): FeelValue {
  if (typeof a === 'number' && typeof b === 'number') return decimal(a + b);
  if (typeof a === 'string' && typeof b === 'string') {
    const text = a + b;
    spendOn(text);
    return text;
  }
  if (a instanceof MonthsValue && b instanceof MonthsValue) return monthsDuration(a.months + b.months);
  if (a instanceof SecondsValue && b instanceof SecondsValue) return secondsDuration(a.nanos + b.nanos);
  if (isDuration(b)) return move(a, b, 1);
  return isDuration(a) ? move(b, a, 1) : null;
}

export function subtract(a: FeelValue, b: FeelValue): FeelValue {
  if (typeof a === 'number' && typeof b === 'number') return decimal(a - b);
  if (a instanceof MonthsValue && b instanceof MonthsValue) return monthsDuration(a.months - b.months);
  if (a instanceof SecondsValue && b instanceof SecondsValue) return secondsDuration(a.nanos - b.nanos);
  if (isDuration(b)) return move(a, b, -1);
  if (a instanceof TimeValue && b instanceof TimeValue)
    return zoned(a) === zoned(b) ? new SecondsValue(timeInstant(a) - timeInstant(b)) : null;
  const points = (value: FeelValue): value is DateValue | DateTimeValue =>
    value instanceof DateValue || value instanceof DateTimeValue;
  if (!points(a) || !points(b)) return null;
  // A date is compared as its midnight in UTC (DMN 1.5, table 55).
  const withZone = (value: DateValue | DateTimeValue) => value instanceof DateValue || zoned(value);
  if (a instanceof DateValue && b instanceof DateValue) return secondsDuration(wall(a) - wall(b));
  if (withZone(a) !== withZone(b)) return null;
  const instant = (value: DateValue | DateTimeValue) => (value instanceof DateValue ? wall(value) : value.instant);
  return secondsDuration(instant(a) - instant(b));
}

/** Scales by a number, exactly where it is whole. */
function scale(duration: MonthsValue | SecondsValue, factor: number): FeelValue {
  if (!Number.isFinite(factor)) return null;
  if (duration instanceof MonthsValue) return monthsDuration(Math.trunc(duration.months * factor));
  if (Number.isInteger(factor)) return secondsDuration(duration.nanos * BigInt(factor));
  return secondsDuration(Number(duration.nanos) * factor);
}

export function multiply(a: FeelValue, b: FeelValue): FeelValue {
  if (typeof a === 'number' && typeof b === 'number') return decimal(a * b);
  if (isDuration(a) && typeof b === 'number') return scale(a, b);
  return isDuration(b) && typeof a === 'number' ? scale(b, a) : null;
}

export function divide(a: FeelValue, b: FeelValue): FeelValue {
  if (typeof b === 'number') {
    if (b === 0) return null;
    if (typeof a === 'number') return decimal(a / b);
    if (a instanceof MonthsValue) return monthsDuration(Math.trunc(a.months / b));
    return a instanceof SecondsValue ? secondsDuration(Number(a.nanos) / b) : null;
  }
  if (a instanceof MonthsValue && b instanceof MonthsValue) return b.months === 0 ? null : decimal(a.months / b.months);
  if (a instanceof SecondsValue && b instanceof SecondsValue)
    return b.nanos === 0n ? null : decimal(Number(a.nanos) / Number(b.nanos));
  return null;
}

export function power(a: FeelValue, b: FeelValue): FeelValue {
  return typeof a === 'number' && typeof b === 'number' ? decimal(a ** b) : null;
}

export function negate(value: FeelValue): FeelValue {
  if (typeof value === 'number') return value === 0 ? 0 : -value;
  if (value instanceof MonthsValue) return new MonthsValue(-value.months || 0);
  return value instanceof SecondsValue ? new SecondsValue(-value.nanos) : null;
}
