/**
 * The values of FEEL (DMN 1.5, 10.3.2.2). JSON is FEEL as it stands; what it has no form for is a small immutable object. Contexts
 * made here are Maps, so that no key of theirs can meet JavaScript's own.
 */
import type { Json } from '../plan.ts';
import type { DueReason, EvaluationContext } from '../types.ts';
import { dateOfDayNumber, dayNumber, floorDiv, lastDayOfMonth, nanosPerDay, nanosPerSecond } from './calendar-math.ts';
import { FeelLimit } from './failure.ts';
import { offsetSecondsAt, type Zone, zoneText } from './zones.ts';

export type FeelValue =
  | null
  | boolean
  | number
  | string
  | FeelValue[]
  | FeelContext
  | JsonContext
  | DateValue
  | TimeValue
  | DateTimeValue
  | MonthsValue
  | SecondsValue
  | RangeValue
  | FunctionValue;
export type FeelContext = Map<string, FeelValue>;
/** A context of the variables of a process. Never changed. */
export interface JsonContext {
  readonly [key: string]: Json;
}

/** What an evaluation carries along: the process clock, the variables, and what becomes of a value that there is none of. */
export interface Running {
  readonly context: EvaluationContext;
  /** Invocations under way; recursion has a limit. */
  depth: number;
  /** Variables of names that no scope of the expression itself has. */
  variable?(name: string): FeelValue | undefined;
  /**
   * It cannot be computed: null by the standard, where it is told as a warning; in a drawing the end of the evaluation.
   * @param at offset in the source
   */
  fail(message: string, at?: number): null;
  /** It is null, as things stand: an entry beyond the end of a list, a function of null. */
  note(message: string): null;
  /** Offset of the function that was called last. */
  at?: number;
  /** Told which working-day sums the value rests on. */
  because?(reason: DueReason): void;
}

/** What is neither JSON nor a context. */
abstract class Immutable {}

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

/** A side may have no end: `> 5` is everything above. An interval written with `null` is not that; nothing is known to lie in it. */
export class RangeValue extends Immutable {
  readonly start: FeelValue;
  readonly end: FeelValue;
  readonly startIncluded: boolean;
  readonly endIncluded: boolean;
  readonly unbounded: boolean;
  constructor(start: FeelValue, end: FeelValue, startIncluded: boolean, endIncluded: boolean, unbounded = false) {
    super();
    this.start = start;
    this.end = end;
    this.startIncluded = startIncluded;
    this.endIncluded = endIncluded;
    this.unbounded = unbounded;
  }
}

export interface Parameter {
  name: string;
  /** Checks and converts an argument; undefined when it does not conform. */
  accept?: (value: FeelValue) => FeelValue | undefined;
}

export class FunctionValue extends Immutable {
  /** One list of names per way to call it. */
  readonly parameters: readonly string[];
  readonly positional: (args: FeelValue[], running: Running) => FeelValue;
  readonly named: (args: ReadonlyMap<string, FeelValue>, running: Running) => FeelValue;
  constructor(parameters: readonly string[], positional: FunctionValue['positional'], named: FunctionValue['named']) {
    super();
    this.parameters = parameters;
    this.positional = positional;
    this.named = named;
  }
}

/** A function of fixed parameters, as written in FEEL or drawn as a business knowledge model. */
export function functionOf(
  parameters: readonly Parameter[],
  call: (args: FeelValue[], running: Running) => FeelValue,
): FunctionValue {
  const names = parameters.map(({ name }) => name);
  const positional = (args: FeelValue[], running: Running): FeelValue => {
    if (args.length !== parameters.length) {
      return running.fail(`The function takes ${parameters.length} arguments, it got ${args.length}.`);
    }
    const accepted: FeelValue[] = [];
    for (const [index, { name, accept }] of parameters.entries()) {
      const value = args[index] ?? null;
      const taken = accept ? accept(value) : value;
      if (taken === undefined) {
        return running.fail(`The argument "${name}" is not of its type.`);
      }
      accepted.push(taken);
    }
    if (running.depth >= 500) throw new FeelLimit('Functions call each other more than 500 deep.');
    running.depth++;
    try {
      return call(accepted, running);
    } finally {
      running.depth--;
    }
  };
  return new FunctionValue(names, positional, (args, running) => {
    const unknown = [...args.keys()].find((name) => !names.includes(name));
    if (unknown !== undefined) return running.fail(`The function has no parameter "${unknown}".`);
    if (args.size !== names.length) return running.fail('An argument is missing.');
    return positional(
      names.map((name) => args.get(name) ?? null),
      running,
    );
  });
}

export type Kind =
  | 'null'
  | 'boolean'
  | 'number'
  | 'string'
  | 'list'
  | 'context'
  | 'date'
  | 'time'
  | 'date and time'
  | 'years and months duration'
  | 'days and time duration'
  | 'range'
  | 'function';

export function kindOf(value: FeelValue): Kind {
  if (value === null) return 'null';
  if (typeof value === 'number') return 'number';
  if (typeof value === 'string') return 'string';
  if (typeof value === 'boolean') return 'boolean';
  if (Array.isArray(value)) return 'list';
  if (value instanceof Map) return 'context';
  if (value instanceof DateValue) return 'date';
  if (value instanceof DateTimeValue) return 'date and time';
  if (value instanceof TimeValue) return 'time';
  if (value instanceof MonthsValue) return 'years and months duration';
  if (value instanceof SecondsValue) return 'days and time duration';
  if (value instanceof RangeValue) return 'range';
  return value instanceof FunctionValue ? 'function' : 'context';
}

/** Of process variables: read in place, without a copy. */
export const isJsonContext = (value: FeelValue): value is JsonContext =>
  typeof value === 'object' &&
  value !== null &&
  !(value instanceof Immutable) &&
  !(value instanceof Map) &&
  !Array.isArray(value);
