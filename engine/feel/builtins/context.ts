/** Context functions (DMN 1.5, 10.3.4.10). */
import type { FeelContext, FeelValue, FunctionValue } from '../values.ts';
import { define } from './define.ts';

function contextOf(entries: FeelValue[]): FeelContext | undefined {
  const made: FeelContext = new Map();
  for (const entry of entries) {
    if (!(entry instanceof Map) || !entry.has('key') || !entry.has('value')) return undefined;
    const key = entry.get('key');
    if (typeof key !== 'string' || made.has(key)) return undefined;
    made.set(key, entry.get('value') ?? null);
  }
  return made;
}

function put(context: FeelContext, keys: FeelValue[], value: FeelValue): FeelContext | undefined {
  const [key, ...rest] = keys;
  if (typeof key !== 'string') return undefined;
  if (rest.length === 0) return new Map(context).set(key, value);
  const inner = context.get(key);
  if (!(inner instanceof Map)) return undefined;
  const made = put(inner, rest, value);
  return made && new Map(context).set(key, made);
}

function merged(contexts: FeelValue[]): FeelContext | undefined {
  const made: FeelContext = new Map();
  for (const context of contexts) {
    if (!(context instanceof Map)) return undefined;
    for (const [key, value] of context) made.set(key, value);
  }
  return made;
}

function valueAt(context: FeelContext, keys: FeelValue[]): FeelValue | undefined {
  if (keys.length === 0) return undefined;
  let current: FeelValue | undefined = context;
  for (const key of keys) {
    if (typeof key !== 'string' || !(current instanceof Map)) return undefined;
    current = current.get(key);
  }
  return current;
}

export const context: Record<string, FunctionValue> = {
  'get value': define(
    'get value',
    ['m: context, key: string', () => (m: FeelContext, key: string) => m.get(key)],
    ['m: context, keys: list', () => valueAt],
  ),
  'get entries': define('get entries', [
    'm: context',
    () => (m: FeelContext) =>
      [...m].map(
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
      () => (all: FeelContext, key: string, value: FeelValue) => put(all, [key], value),
    ],
    ['context: context, keys: list, value: Any', () => put],
  ),
  'context merge': define('context merge', ['contexts: list', () => merged]),
};
