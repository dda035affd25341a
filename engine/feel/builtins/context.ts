/** Context functions (DMN 1.5, 10.3.4.10). */
import { type AnyContext, copyOf, entriesOf, entryOf, isContext } from '../contexts.ts';
import type { FeelContext, FeelValue, FunctionValue } from '../values.ts';
import { define, nothingThere } from './define.ts';

function contextOf(entries: FeelValue[]): FeelContext | undefined {
  const made: FeelContext = new Map();
  for (const entry of entries) {
    if (!isContext(entry)) return undefined;
    const [key, value] = [entryOf(entry, 'key'), entryOf(entry, 'value')];
    if (typeof key !== 'string' || value === undefined || made.has(key)) return undefined;
    made.set(key, value);
  }
  return made;
}

const put = (context: AnyContext, keys: FeelValue[], value: FeelValue) => putWithin(context, keys, value, false);

/** @param making whether entries are made that are not there on the way to the last key */
export function putWithin(
  context: AnyContext,
  keys: FeelValue[],
  value: FeelValue,
  making: boolean,
): FeelContext | undefined {
  const [key, ...rest] = keys;
  if (typeof key !== 'string') return undefined;
  if (rest.length === 0) return copyOf(context).set(key, value);
  const inner = entryOf(context, key) ?? (making ? new Map<string, FeelValue>() : undefined);
  if (inner === undefined || !isContext(inner)) return undefined;
  const made = putWithin(inner, rest, value, making);
  return made && copyOf(context).set(key, made);
}

function merged(contexts: FeelValue[]): FeelContext | undefined {
  const made: FeelContext = new Map();
  for (const context of contexts) {
    if (!isContext(context)) return undefined;
    for (const [key, value] of entriesOf(context)) made.set(key, value);
  }
  return made;
}

function valueAt(context: AnyContext, keys: FeelValue[]): FeelValue | undefined | typeof nothingThere {
  if (keys.length === 0) return undefined;
  let current: FeelValue = context;
  for (const key of keys) {
    if (typeof key !== 'string') return undefined;
    const found: FeelValue | undefined = isContext(current) ? entryOf(current, key) : undefined;
    if (found === undefined) return nothingThere;
    current = found;
  }
  return current;
}

export const context: Record<string, FunctionValue> = {
  'get value': define(
    'get value',
    ['m: context, key: string', () => (m: AnyContext, key: string) => entryOf(m, key) ?? nothingThere],
    ['m: context, keys: list', () => valueAt],
  ),
  'get entries': define('get entries', [
    'm: context',
    () => (m: AnyContext) =>
      Array.from(entriesOf(m)).map(
        ([key, value]) =>
          new Map<string, FeelValue>([
            ['key', key],
            ['value', value],
          ]),
      ),
  ]),
  context: define('context', ['entries: list', () => contextOf]),
  'context put': define(
    'context put',
    [
      'context: context, key: string, value: Any',
      () => (all: AnyContext, key: string, value: FeelValue) => put(all, [key], value),
    ],
    ['context: context, keys: list, value: Any', () => put],
  ),
  'context merge': define('context merge', ['contexts: list', () => merged]),
};
