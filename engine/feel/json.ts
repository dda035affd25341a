/** Results of FEEL as plain JSON: dates become ISO strings, and what has no JSON form is a failure. */
import { FeelDate, FeelDateTime, FeelDuration, FeelTime, isFunction, isRange } from 'feelin';
import type { Json } from '../plan.ts';
import { instantOf } from '../time/zone.ts';
import type { EvaluationContext } from '../types.ts';
import { FeelFailure, withZone } from './functions.ts';

/**
 * A date and time becomes the instant in UTC; one without a zone is meant in the zone of the facility. A date alone, a time and a
 * duration keep their own text.
 * @throws FeelFailure
 */
export function toJson(value: unknown, context: EvaluationContext): Json {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new FeelFailure('The result is not a number.');
    return value;
  }
  if (Array.isArray(value)) return value.map((entry) => toJson(entry, context));
  if (value instanceof FeelDateTime) return instantOf(withZone(value, context));
  if (value instanceof FeelDate || value instanceof FeelTime || value instanceof FeelDuration) return value.iso;
  if (isRange(value)) throw new FeelFailure('The result is a range, which cannot be kept.');
  if (typeof value === 'function' || isFunction(value))
    throw new FeelFailure('The result is a function, which cannot be kept.');
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, toJson(entry, context)]));
}
