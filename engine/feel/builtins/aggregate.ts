/** One value out of a list: sums, extremes, means and the like (DMN 1.5, 10.3.4.4). */
import { add, compare, decimal, divide } from '../operators.ts';
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

export const aggregate: Record<string, FunctionValue> = {
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
};
