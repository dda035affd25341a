/** List functions (DMN 1.5, 10.3.4.4) and `sort` (10.3.4.9). */
import { spend, spendAt } from '../budget.ts';
import { compare, equal } from '../operators.ts';
import type { FeelValue, FunctionValue, Running } from '../values.ts';
import { define, nothingThere } from './define.ts';

/** What is compared with all others costs the square of their number. */
function same(a: FeelValue, b: FeelValue): boolean {
  spend(0.25);
  return equal(a, b) === true;
}

function distinct(list: FeelValue[]): FeelValue[] {
  const kept: FeelValue[] = [];
  for (const entry of list) if (!kept.some((other) => same(entry, other))) kept.push(entry);
  return kept;
}

/** Positions count from 1, or back from -1. */
function indexOf(position: number, length: number): number | undefined {
  if (!Number.isInteger(position) || position === 0 || Math.abs(position) > length) return undefined;
  return position < 0 ? length + position : position - 1;
}

function sublist(list: FeelValue[], start: number, length?: number): FeelValue[] | typeof nothingThere {
  const from = indexOf(start, list.length);
  if (from === undefined || (length !== undefined && (length < 1 || from + length > list.length))) return nothingThere;
  return list.slice(from, length === undefined ? undefined : from + length);
}

function insertBefore(list: FeelValue[], position: number, item: FeelValue): FeelValue[] | typeof nothingThere {
  const at = position === list.length + 1 ? list.length : indexOf(position, list.length);
  return at === undefined ? nothingThere : list.toSpliced(at, 0, item);
}

function replaceWhere(list: FeelValue[], match: FunctionValue, item: FeelValue, running: Running) {
  const made: FeelValue[] = [];
  for (const entry of list) {
    const result = match.positional([entry, item], running);
    if (typeof result !== 'boolean') return undefined;
    made.push(result ? item : entry);
  }
  return made;
}

function sorted(list: FeelValue[], precedes: FunctionValue | undefined, running: Running): FeelValue[] | undefined {
  let comparable = true;
  const made = list.toSorted((a, b) => {
    spend(1);
    if (precedes) {
      if (precedes.positional([a, b], running) === true) return -1;
      return precedes.positional([b, a], running) === true ? 1 : 0;
    }
    const order = compare(a, b);
    comparable &&= order !== null;
    return order ?? 0;
  });
  return comparable ? made : undefined;
}

function flattened(list: FeelValue[], into: FeelValue[] = [], level = 0): FeelValue[] {
  spendAt(level);
  spend(list.length);
  for (const entry of list)
    if (Array.isArray(entry)) flattened(entry, into, level + 1);
    else into.push(entry);
  return into;
}

const lists = (args: FeelValue[]): FeelValue[] | undefined =>
  args.includes(null) ? undefined : args.flatMap((entry) => (Array.isArray(entry) ? entry : [entry]));

export const list: Record<string, FunctionValue> = {
  'list contains': define('list contains', [
    'list: list, element: Any',
    () => (all: FeelValue[], element: FeelValue) => all.some((entry) => same(entry, element)),
  ]),
  count: define('count', ['list: list', () => (all: FeelValue[]) => all.length]),
  sublist: define('sublist', ['list: list, start position: number, length: number?', () => sublist]),
  append: define('append', [
    'list: list, ...item: Any',
    () =>
      (all: FeelValue[], ...items: FeelValue[]) => [...all, ...items],
  ]),
  concatenate: define('concatenate', [
    '...list: list',
    () =>
      (...all: FeelValue[]) =>
        lists(all),
  ]),
  'insert before': define('insert before', ['list: list, position: number, newItem: Any', () => insertBefore]),
  remove: define('remove', [
    'list: list, position: number',
    () => (all: FeelValue[], position: number) => {
      const at = indexOf(position, all.length);
      return at === undefined ? nothingThere : all.toSpliced(at, 1);
    },
  ]),
  'list replace': define(
    'list replace',
    [
      'list: list, position: number, newItem: Any',
      () => (all: FeelValue[], position: number, item: FeelValue) => {
        const at = indexOf(position, all.length);
        return at === undefined ? nothingThere : all.with(at, item);
      },
    ],
    [
      'list: list, match: function, newItem: Any',
      (running) => (all: FeelValue[], match: FunctionValue, item: FeelValue) => replaceWhere(all, match, item, running),
    ],
  ),
  reverse: define('reverse', ['list: list', () => (all: FeelValue[]) => all.toReversed()]),
  'index of': define('index of', [
    'list: list, match: Any',
    () => (all: FeelValue[], match: FeelValue) =>
      all.flatMap((entry, index) => (same(entry, match) ? [index + 1] : [])),
  ]),
  union: define('union', [
    '...list: list',
    () =>
      (...all: FeelValue[]) => {
        const joined = lists(all);
        return joined && distinct(joined);
      },
  ]),
  'distinct values': define('distinct values', ['list: list', () => distinct]),
  flatten: define('flatten', ['list: list', () => (all: FeelValue[]) => flattened(all)]),
  sort: define('sort', [
    'list: list, precedes: function?',
    (running) => (all: FeelValue[], precedes?: FunctionValue) => sorted(all, precedes, running),
  ]),
};
