/** Dates, times and durations (DMN 1.5, 10.3.2.3.4 to 10.3.2.3.8): immutable, exact to the nanosecond. */
import { dateOfDayNumber, dayNumber, floorDiv, lastDayOfMonth, nanosPerDay, nanosPerSecond } from './calendar-math.ts';
import { offsetSecondsAt, type Zone, zoneText } from './zones.ts';

/** What is neither JSON nor a context. */
export abstract class Immutable {}

const two = (n: number): string => String(n).padStart(2, '0');

const maxYear = 999_999_999;

export class DateValue extends Immutable {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  constructor(year: number, month: number, day: number) {
    super();
    this.year = year;
    this.month = month;
    this.day = day;
  }
  get days(): number {
    return dayNumber(this.year, this.month, this.day);
  }
  override toString(): string {
    const size = String(Math.abs(this.year)).padStart(4, '0');
    return `${this.year < 0 ? '-' : ''}${size}-${two(this.month)}-${two(this.day)}`;
  }
}

/** @returns null where there is no such day */
export function dateOf(year: number, month: number, day: number): DateValue | null {
  if (![year, month, day].every(Number.isInteger) || Math.abs(year) > maxYear) return null;
  if (month < 1 || month > 12 || day < 1 || day > lastDayOfMonth(year, month)) return null;
  return new DateValue(year, month, day);
}

export function dateOfDays(days: number): DateValue | null {
  const { year, month, day } = dateOfDayNumber(days);
  return dateOf(year, month, day);
}

export class TimeValue extends Immutable {
  /** Nanoseconds since midnight. */
  readonly nanos: bigint;
  readonly zone: Zone | null;
  constructor(nanos: bigint, zone: Zone | null) {
    super();
    this.nanos = nanos;
    this.zone = zone;
  }
  get hour(): number {
    return Number(this.nanos / (3600n * nanosPerSecond));
  }
  get minute(): number {
    return Number((this.nanos / (60n * nanosPerSecond)) % 60n);
  }
  /** Seconds with their fraction. */
  get second(): number {
    return Number(this.nanos % (60n * nanosPerSecond)) / 1e9;
  }
  override toString(): string {
    const whole = Number((this.nanos / nanosPerSecond) % 60n);
    const fraction = fractionText(this.nanos % nanosPerSecond);
    return `${two(this.hour)}:${two(this.minute)}:${two(whole)}${fraction}${zoneText(this.zone)}`;
  }
}

function fractionText(nanos: bigint): string {
  return nanos === 0n ? '' : `.${String(nanos).padStart(9, '0').replace(/0+$/, '')}`;
}

export class DateTimeValue extends Immutable {
  readonly date: DateValue;
  readonly time: TimeValue;
  constructor(date: DateValue, time: TimeValue) {
    super();
    this.date = date;
    this.time = time;
  }
  /** Nanoseconds on the local clock since 1970-01-01T00:00. */
  get local(): bigint {
    return BigInt(this.date.days) * nanosPerDay + this.time.nanos;
  }
  /** Nanoseconds since 1970-01-01T00:00 UTC; without a zone the local clock. */
  get instant(): bigint {
    const offset = offsetOf(this);
    return offset === null ? this.local : this.local - BigInt(offset) * nanosPerSecond;
  }
  override toString(): string {
    return `${this.date}T${this.time}`;
  }
}

export function dateTimeOfLocal(local: bigint, zone: Zone | null): DateTimeValue | null {
  const days = floorDiv(local, nanosPerDay);
  const date = dateOfDays(Number(days));
  return date && new DateTimeValue(date, new TimeValue(local - days * nanosPerDay, zone));
}

/** Seconds east of UTC, or null without a zone. */
export function offsetOf(value: TimeValue | DateTimeValue): number | null {
  const time = value instanceof TimeValue ? value : value.time;
  if (!time.zone) return null;
  const local = value instanceof TimeValue ? value.nanos : value.local;
  return offsetSecondsAt(time.zone, local);
}

/** Instant of a time of day on 1970-01-01; without a zone the local clock. */
export function timeInstant(value: TimeValue): bigint {
  return value.nanos - BigInt(offsetOf(value) ?? 0) * nanosPerSecond;
}

/** Beyond what clocks of other engines hold (java.time): a duration of more is no value. */
const maxNanos = (2n ** 63n - 1n) * nanosPerSecond;

/** @returns null beyond what a duration holds */
export const monthsDuration = (months: number): MonthsValue | null =>
  Number.isSafeInteger(months) ? new MonthsValue(months || 0) : null;

/** @param nanos a number is rounded @returns null beyond what a duration holds */
export function secondsDuration(nanos: bigint | number): SecondsValue | null {
  if (typeof nanos === 'number' && !Number.isFinite(nanos)) return null;
  const whole = typeof nanos === 'bigint' ? nanos : BigInt(Math.round(nanos));
  return whole > maxNanos || whole < -maxNanos ? null : new SecondsValue(whole);
}

/** Years and months duration. */
export class MonthsValue extends Immutable {
  readonly months: number;
  constructor(months: number) {
    super();
    this.months = months;
  }
  override toString(): string {
    const size = Math.abs(this.months);
    const years = Math.trunc(size / 12);
    const months = size % 12;
    const text = `${years ? `${years}Y` : ''}${months || !years ? `${months}M` : ''}`;
    return `${this.months < 0 ? '-' : ''}P${text}`;
  }
}

/** Days and time duration. */
export class SecondsValue extends Immutable {
  readonly nanos: bigint;
  constructor(nanos: bigint) {
    super();
    this.nanos = nanos;
  }
  override toString(): string {
    const size = this.nanos < 0n ? -this.nanos : this.nanos;
    const days = size / nanosPerDay;
    const hours = (size / (3600n * nanosPerSecond)) % 24n;
    const minutes = (size / (60n * nanosPerSecond)) % 60n;
    const seconds = (size / nanosPerSecond) % 60n;
    const fraction = fractionText(size % nanosPerSecond);
    const time = `${hours ? `${hours}H` : ''}${minutes ? `${minutes}M` : ''}${seconds || fraction ? `${seconds}${fraction}S` : ''}`;
    if (!days && !time) return 'PT0S';
    return `${this.nanos < 0n ? '-' : ''}P${days ? `${days}D` : ''}${time ? `T${time}` : ''}`;
  }
}
