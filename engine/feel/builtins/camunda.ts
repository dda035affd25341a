/** Functions that Camunda has besides the standard's (docs/feel.md); those that give another value each time are refused (`refused.ts`). */
import { spend } from '../budget.ts';
import { lastDayOfMonth } from '../calendar-math.ts';
import { FeelFailure, isLimit } from '../failure.ts';
import { fromJson, toJson } from '../json.ts';
import { equal } from '../operators.ts';
import { type DateTimeValue, DateValue } from '../temporal.ts';
import { textOf } from '../text.ts';
import type { FeelValue, FunctionValue } from '../values.ts';
import { define } from './define.ts';
import { regularExpression } from './regular-expression.ts';

const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** RFC 4648, section 4. */
function base64(text: string): string {
  const bytes = new TextEncoder().encode(text);
  let out = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const [a = 0, b = 0, c = 0] = bytes.subarray(at, at + 3);
    const group = (a << 16) | (b << 8) | c;
    const written = [18, 12, 6, 0].map((shift) => digits[(group >> shift) & 63]).join('');
    const left = bytes.length - at;
    out += left >= 3 ? written : written.slice(0, left + 1).padEnd(4, '=');
  }
  return out;
}

function partition(list: FeelValue[], size: number): FeelValue[] | undefined {
  if (!Number.isInteger(size) || size < 1) return undefined;
  const parts: FeelValue[] = [];
  for (let at = 0; at < list.length; at += size) parts.push(list.slice(at, at + size));
  return parts;
}

/** Values that occur more than once, in order of their first occurrence. */
function duplicates(list: FeelValue[]): FeelValue[] {
  const same = (a: FeelValue, b: FeelValue) => {
    spend(0.25);
    return equal(a, b) === true;
  };
  const seen: { value: FeelValue; times: number }[] = [];
  for (const entry of list) {
    const known = seen.find(({ value }) => same(value, entry));
    if (known) known.times++;
    else seen.push({ value: entry, times: 1 });
  }
  return seen.flatMap(({ value, times }) => (times > 1 ? [value] : []));
}

function parsed(text: string): FeelValue | undefined {
  try {
    return fromJson(JSON.parse(text));
  } catch (failure) {
    if (isLimit(failure)) throw failure;
    return undefined;
  }
}

function lastDay(date: DateValue | DateTimeValue): DateValue {
  const { year, month } = date instanceof DateValue ? date : date.date;
  return new DateValue(year, month, lastDayOfMonth(year, month));
}

export const camunda: Record<string, FunctionValue> = {
  'is defined': define('is defined', ['value: Any', () => (value: FeelValue) => value !== null]),
  'get or else': define('get or else', [
    'value: Any, default: Any',
    () => (value: FeelValue, other: FeelValue) => value ?? other,
  ]),
  assert: define('assert', [
    'value: Any, condition: Any, cause: string|null?',
    (running) => (value: FeelValue, condition: FeelValue, cause?: string | null) =>
      condition === true ? value : running.fail(cause ?? 'What was asserted does not hold'),
  ]),
  trim: define('trim', ['string: string', () => (text: string) => text.trim()]),
  'is blank': define('is blank', ['string: string', () => (text: string) => text.trim() === '']),
  extract: define('extract', [
    'string: string, pattern: string',
    () => (text: string, pattern: string) => {
      const expression = regularExpression(pattern, '');
      return expression?.all(text).map(({ groups }) => groups[0] ?? '');
    },
  ]),
  'to base64': define('to base64', ['value: string', () => base64]),
  'is empty': define('is empty', ['list: list', () => (list: FeelValue[]) => list.length === 0]),
  partition: define('partition', ['list: list, size: number', () => partition]),
  'duplicate values': define('duplicate values', ['list: list', () => duplicates]),
  'last day of month': define('last day of month', ['date: temporal', () => lastDay]),
  // Zeebe's, for timers: the text of a repeating interval.
  cycle: define(
    'cycle',
    ['interval: duration', () => (interval: FeelValue) => `R/${textOf(interval)}`],
    [
      'repetitions: number|null, interval: duration',
      () => (repetitions: number | null, interval: FeelValue) =>
        repetitions !== null && !(Number.isInteger(repetitions) && repetitions >= 0)
          ? undefined
          : `R${repetitions ?? ''}/${textOf(interval)}`,
    ],
  ),
  'from json': define('from json', ['value: string', () => parsed]),
  'to json': define('to json', [
    'value: Any',
    (running) => (value: FeelValue) => {
      try {
        return JSON.stringify(toJson(value, running.context.calendar.zone));
      } catch (failure) {
        if (failure instanceof FeelFailure) return running.fail(failure.message);
        throw failure;
      }
    },
  ]),
  fromAi: define('fromAi', [
    'value: Any, description: string|null?, type: string|null?, schema: context|null?, options: context|null?',
    () => (value: FeelValue) => value,
  ]),
};
