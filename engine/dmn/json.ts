/** Values on their way in and out of decisions: plain JSON outside, FEEL inside. */
import { parseDate, parseDateTime, parseDuration, parseTime } from '../feel/parse-temporal.ts';
import { normalName } from '../feel/scope.ts';
import type { Type } from '../feel/types.ts';
import { DateTimeValue, type FeelContext, type FeelValue, FunctionValue, RangeValue } from '../feel/values.ts';
import type { Json } from '../plan.ts';
import { instantOf } from '../time/zone.ts';

const readers: Record<string, (text: string) => FeelValue> = {
  date: parseDate,
  time: parseTime,
  'date and time': parseDateTime,
  'years and months duration': parseDuration,
  'days and time duration': parseDuration,
};

/** Texts become dates and durations where the type says so; JSON has no form of its own for them. */
export function fromJson(value: Json, type?: Type): FeelValue {
  if (type?.is === 'restricted') return fromJson(value, type.type);
  if (typeof value === 'string') {
    const read = type?.is === 'simple' ? readers[type.name] : type?.is === 'duration' ? parseDuration : undefined;
    return (read?.(value) ?? null) || value;
  }
  if (Array.isArray(value)) {
    const of = type?.is === 'list' ? type.of : type;
    return value.map((entry) => fromJson(entry, of));
  }
  if (typeof value !== 'object' || value === null) {
    return type?.is === 'list' ? fromJsonEntry(value, type.of) : value;
  }
  const made: FeelContext = new Map();
  const entries = type?.is === 'context' ? type.entries : type?.is === 'list' ? entriesOf(type.of) : {};
  for (const [key, entry] of Object.entries(value)) {
    const name = normalName(key);
    made.set(name, fromJson(entry, Object.hasOwn(entries, name) ? entries[name] : undefined));
  }
  return made;
}

const fromJsonEntry = (value: Json, type: Type): FeelValue => fromJson(value, type);

const entriesOf = (type: Type): Record<string, Type> =>
  type.is === 'restricted' ? entriesOf(type.type) : type.is === 'context' ? type.entries : {};

export type Plain = { ok: true; value: Json } | { ok: false; message: string };

/**
 * A date and time becomes the instant in UTC, one without a zone being meant where the facility is; dates, times and durations
 * keep their text.
 */
export function toJson(value: FeelValue, zone: string): Plain {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return { ok: true, value };
  if (typeof value === 'number')
    return Number.isFinite(value) ? { ok: true, value } : { ok: false, message: 'The result is not a number.' };
  if (value instanceof FunctionValue) return { ok: false, message: 'The result is a function, which cannot be kept.' };
  if (value instanceof RangeValue) return { ok: false, message: 'The result is a range, which cannot be kept.' };
  if (value instanceof DateTimeValue) return instant(value, zone);
  if (Array.isArray(value)) {
    const entries: Json[] = [];
    for (const entry of value) {
      const made = toJson(entry, zone);
      if (!made.ok) return made;
      entries.push(made.value);
    }
    return { ok: true, value: entries };
  }
  if (!(value instanceof Map)) return { ok: true, value: value.toString() };
  const entries: [string, Json][] = [];
  for (const [key, entry] of value) {
    const made = toJson(entry, zone);
    if (!made.ok) return made;
    entries.push([key, made.value]);
  }
  return { ok: true, value: Object.fromEntries(entries) };
}

function instant(value: DateTimeValue, zone: string): Plain {
  const { time } = value;
  const text = time.zone && 'offset' in time.zone ? value.toString() : value.toString();
  try {
    return { ok: true, value: instantOf(text, zone) };
  } catch (failure) {
    return { ok: false, message: failure instanceof Error ? failure.message : String(failure) };
  }
}
