/** Ranges: `[a..b]`, and `> 5` where a value is wanted (DMN 1.5, 10.3.2.7). */
import { compare } from '../operators.ts';
import type { FeelNode } from '../syntax.ts';
import { shown } from '../text.ts';
import { RangeValue } from '../values.ts';
import { type Compiled, part, type Source, sourceOf } from './source.ts';

/** `> 5` where a value is wanted is a range, `= 5` too. */
export function rangeOrTest(parts: FeelNode[], source: Source): Compiled {
  const operator = part(parts, 0);
  if (operator.name === 'Interval') return source.compile(operator);
  const symbol = sourceOf(operator, source);
  const value = source.compile(part(parts, 1));
  return (scope) => {
    const bound = value(scope);
    if (symbol === '=') return new RangeValue(bound, bound, true, true);
    if (bound === null || symbol === '!=') return scope.running.note(`There is no range ${symbol} ${shown(bound)}`);
    const included = symbol.endsWith('=');
    return symbol.startsWith('>')
      ? new RangeValue(bound, null, included, false, true)
      : new RangeValue(null, bound, false, included, true);
  };
}

export function interval(parts: FeelNode[], source: Source): Compiled {
  const open = part(parts, 0);
  const [from, to] = [source.compile(part(parts, 1)), source.compile(part(parts, 3))];
  const at = open.from;
  const startIncluded = open.name === '[';
  const endIncluded = part(parts, 4).name === ']';
  return (scope) => {
    const [start, end] = [from(scope), to(scope)];
    if (start !== null && end !== null) {
      const order = compare(start, end);
      if (order === null || order > 0)
        return scope.running.fail(`There is no range from ${shown(start)} to ${shown(end)}`, at);
    }
    return new RangeValue(start, end, startIncluded, endIncluded);
  };
}
