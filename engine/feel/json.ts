/** Conversion between plain JSON and FEEL values. */
import { ownValue, setOwn } from '../model/own-property.ts';
import type { Json } from '../model/plan.ts';
import { instantOf, isoOf } from '../time/zone.ts';
import { spend, spendAt, spendOn } from './budget.ts';
import { floorDiv } from './calendar-math.ts';
import { FeelFailure } from './failure.ts';
import { normalName } from './names.ts';
import { parseDate, parseDateTime, parseDuration, parseTime } from './parse-temporal.ts';
import { DateTimeValue } from './temporal.ts';
import type { Type } from './types.ts';
import {
  type FeelContext,
  type FeelValue,
  FunctionValue,
  isJsonContext,
  type JsonContext,
  RangeValue,
} from './values.ts';

const readers: Record<string, (text: string) => FeelValue> = {
  date: parseDate,
  time: parseTime,
  'date and time': parseDateTime,
  'years and months duration': parseDuration,
  'days and time duration': parseDuration,
};

/** For decisions: texts become dates and durations where the type says so; JSON has no form of its own for them. */
export function fromJson(value: Json, type?: Type, level = 0): FeelValue {
  if (type?.is === 'restricted') return fromJson(value, type.type, level);
  if (typeof value === 'string') {
    const read = type?.is === 'simple' ? readers[type.name] : type?.is === 'duration' ? parseDuration : undefined;
    return (read?.(value) ?? null) || value;
  }
  if (Array.isArray(value)) {
    const of = type?.is === 'list' ? type.of : type;
    spendAt(level);
    return value.map((entry) => fromJson(entry, of, level + 1));
  }
  if (typeof value !== 'object' || value === null) {
    return type?.is === 'list' ? fromJson(value, type.of, level) : value;
  }
  spendAt(level);
  const made: FeelContext = new Map();
  const entries = type?.is === 'context' ? type.entries : type?.is === 'list' ? entriesOf(type.of) : {};
  for (const [key, entry] of Object.entries(value)) {
    const name = normalName(key);
    made.set(name, fromJson(entry, ownValue(entries, name), level + 1));
  }
  return made;
}

const entriesOf = (type: Type): Record<string, Type> =>
  type.is === 'restricted' ? entriesOf(type.type) : type.is === 'context' ? type.entries : {};

/**
 * A date and time becomes the instant in UTC, one without a zone being meant where the facility is; dates, times and durations
 * keep their text.
 * @param zone IANA name
 * @throws FeelFailure for what has no JSON form
 * @throws FeelLimit
 */
export function toJson(value: FeelValue, zone: string, level = 0): Json {
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'string') {
    spendOn(value);
    return value;
  }
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new FeelFailure('The result is not a number');
    return value;
  }
  if (Array.isArray(value)) {
    spendAt(level);
    spend(value.length);
    return value.map((entry) => toJson(entry, zone, level + 1));
  }
  if (value instanceof Map) {
    spendAt(level);
    const made: { [key: string]: Json } = {};
    for (const [key, entry] of value) setOwn(made, key, toJson(entry, zone, level + 1));
    return made;
  }
  if (isJsonContext(value)) return plain(value);
  if (value instanceof DateTimeValue) return instant(value, zone);
  if (value instanceof RangeValue) throw new FeelFailure('The result is a range, which cannot be kept');
  if (value instanceof FunctionValue) throw new FeelFailure('The result is a function, which cannot be kept');
  return value.toString();
}

/** Variables are never changed in place, so the value of one may stand in another. */
const plain = (value: JsonContext): Json => value as Json;

function instant(value: DateTimeValue, zone: string): string {
  const own = value.time.zone;
  try {
    if (own && 'offset' in own) return isoOf(Number(floorDiv(value.instant, 1_000_000n)));
    return instantOf(value.toString(), zone);
  } catch (failure) {
    throw new FeelFailure(failure instanceof Error ? failure.message.replace(/\.$/, '') : String(failure));
  }
}
