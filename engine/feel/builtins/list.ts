/** List functions (DMN 1.5, 10.3.4.4) and `sort` (10.3.4.9). */
import { add, compare, decimal, divide, equal } from '../operators.ts';
import { type FeelValue, FunctionValue, type Running } from '../values.ts';
import { define, nothingThere } from './define.ts';

type Found = FeelValue | undefined | typeof nothingThere;
type Fold = (list: FeelValue[], running: Running) => Found;

/** `f(list)` and `f(a, b, …)` are the same. */
function overList(name: string, fold: Fold): FunctionValue {
  const one = (running: Running) => (list: FeelValue[]) => fold(list, running);
  const many =
    (running: Running) =>
    (...list: FeelValue[]) =>
      fold(list, running);
  const together = define(name, ['list: list', one]);
  const apart = define(name, ['...list: Any', many]);
  return new FunctionValue(
    ['list'],
    (args, running) => {
      const [first] = args;
      if (args.length === 0) return running.fail(`${name}() takes a list.`);
      return args.length === 1 && first !== undefined
        ? together.positional(args, running)
        : apart.positional(args, running);
    },
    together.named,
  );
}

function extreme(direction: 1 | -1): Fold {
  return (list) => {
    if (list.length === 0) return nothingThere;
    let best: FeelValue | undefined;
    for (const entry of list) {
      if (entry === null || (compare(entry, entry) === null && list.length > 0)) return undefined;
      if (best === undefined) {
        best = entry;
        continue;
      }
      const order = compare(entry, best);
      if (order === null) return undefined;
      if (order * direction > 0) best = entry;
    }
    return best;
  };
}

/** Of no numbers there is nothing to say; of what is no number neither. */
function numbers(list: FeelValue[]): number[] | undefined {
  const found = list.filter((entry) => typeof entry === 'number');
  return found.length === list.length && list.length > 0 ? found : undefined;
}

/** Sums numbers; durations too, where all are of one kind. */
const total: Fold = (list) => {
  const [first, ...rest] = list;
  if (list.length === 0) return nothingThere;
  if (first === undefined || first === null || typeof first === 'string') return undefined;
  return (
    rest.reduce<FeelValue>(
      (sum, entry) => (sum === null ? null : add(sum, entry)),
      add(first, typeof first === 'number' ? 0 : first) === null ? null : first,
    ) ?? undefined
  );
};

const mean: Fold = (list, running) => {
  const sum = total(list, running);
  if (sum === nothingThere) return sum;
  return sum === undefined || sum === null ? undefined : (divide(sum, list.length) ?? undefined);
};

const product: Fold = (list) => {
  if (list.length === 0) return nothingThere;
  const all = numbers(list);
  return all && decimal(all.reduce((result, n) => result * n, 1));
};

const median: Fold = (list) => {
  if (list.length === 0) return nothingThere;
  const all = numbers(list)?.sort((a, b) => a - b);
  if (!all) return undefined;
  const middle = Math.floor(all.length / 2);
  return all.length % 2 ? all[middle] : decimal((all[middle - 1]! + all[middle]!) / 2);
};

const stddev: Fold = (list) => {
  const all = numbers(list);
  if (list.length < 2) return nothingThere;
  if (!all) return undefined;
  const middle = all.reduce((sum, n) => sum + n, 0) / all.length;
  return Math.sqrt(all.reduce((sum, n) => sum + (n - middle) ** 2, 0) / (all.length - 1));
};

const mode: Fold = (list) => {
  if (list.length === 0) return [];
  const all = numbers(list);
  if (!all) return undefined;
  const counts = new Map<number, number>();
  for (const n of all) counts.set(n, (counts.get(n) ?? 0) + 1);
  const most = Math.max(...counts.values());
  return [...counts]
    .filter(([, count]) => count === most)
    .map(([n]) => n)
    .sort((a, b) => a - b);
};

/** True or false as soon as one entry decides; null when an entry is neither (DMN 1.5, table 76). */
const decided =
  (decisive: boolean): Fold =>
  (list) => {
    if (list.includes(decisive)) return decisive;
    return list.every((entry) => entry === !decisive) ? !decisive : undefined;
  };

const same = (a: FeelValue, b: FeelValue): boolean => equal(a, b) === true;

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

const flattened = (list: FeelValue[]): FeelValue[] =>
  list.flatMap((entry) => (Array.isArray(entry) ? flattened(entry) : [entry]));

const lists = (args: FeelValue[]): FeelValue[] | undefined =>
  args.includes(null) ? undefined : args.flatMap((entry) => (Array.isArray(entry) ? entry : [entry]));

export const list: Record<string, FunctionValue> = {
  'list contains': define('list contains', [
    'list: list, element: Any',
    () => (all: FeelValue[], element: FeelValue) => all.some((entry) => same(entry, element)),
  ]),
  count: define('count', ['list: list', () => (all: FeelValue[]) => all.length]),
  min: overList('min', extreme(-1)),
  max: overList('max', extreme(1)),
  sum: overList('sum', total),
  mean: overList('mean', mean),
  median: overList('median', median),
  stddev: overList('stddev', stddev),
  mode: overList('mode', mode),
  product: overList('product', product),
  all: overList('all', decided(false)),
  any: overList('any', decided(true)),
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
  flatten: define('flatten', ['list: list', () => flattened]),
  sort: define('sort', [
    'list: list, precedes: function?',
    (running) => (all: FeelValue[], precedes?: FunctionValue) => sorted(all, precedes, running),
  ]),
};
