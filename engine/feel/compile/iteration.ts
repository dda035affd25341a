/** `for`, `some` and `every` (DMN 1.5, 10.3.2.14 and 10.3.2.15). */
import { spend, weightOf } from '../budget.ts';
import { compare } from '../operators.ts';
import { binding, type Scope } from '../scope.ts';
import { children, type FeelNode, normalNameOf } from '../syntax.ts';
import { DateValue, dateOfDays } from '../temporal.ts';
import { type FeelValue, RangeValue } from '../values.ts';
import { type Compiled, part, type Source } from './source.ts';

export interface Iterator {
  name: string;
  from: Compiled;
  /** Of `from..to`. */
  to?: Compiled;
}

function iterators(node: FeelNode, source: Source): Iterator[] {
  return children(node).map((expression) => {
    const parts = children(expression);
    const values = part(parts, 2);
    const [from, , to] = values.name === 'IterationContext' ? children(values) : [values];
    return {
      name: normalNameOf(source.text, part(parts, 0)),
      from: source.compile(from ?? values),
      ...(to && { to: source.compile(to) }),
    };
  });
}

export function iteration(node: FeelNode, source: Source): Compiled {
  const parts = children(node);
  const all = iterators(parts.find(({ name }) => name === 'InExpressions') ?? node, source);
  const last = part(parts, parts.length - 1);
  const body = source.compile(last);
  const wantsPartial = /\bpartial\b/.test(source.text.slice(last.from, last.to));
  const weight = weightOf(last.to - last.from);
  if (node.name === 'ForExpression') return (scope) => forEach(all, body, wantsPartial, scope, weight);
  const decisive = parts[0]?.name === 'some';
  return (scope) => quantified(all, body, decisive, scope, weight);
}

/** @param weight of the body (budget.ts) */
export function forEach(all: Iterator[], body: Compiled, wantsPartial: boolean, scope: Scope, weight = 1): FeelValue {
  const results: FeelValue[] = [];
  const complete = walk(all, 0, scope, weight, (inner) => {
    // `partial` is the list so far; the list handed out must not grow.
    if (wantsPartial) spend(results.length);
    results.push(body(wantsPartial ? binding(inner, 'partial', [...results]) : inner));
    return false;
  });
  return complete === null ? null : results;
}

/** @param weight of the body (budget.ts) */
export function quantified(all: Iterator[], body: Compiled, decisive: boolean, scope: Scope, weight = 1): FeelValue {
  let decided = false;
  let unknown = false;
  const stopped = walk(all, 0, scope, weight, (inner) => {
    const result = body(inner);
    decided ||= result === decisive;
    unknown ||= result === null;
    return result !== null && typeof result !== 'boolean';
  });
  if (stopped === true) return scope.running.fail('The condition of some or every is neither true nor false');
  if (stopped === null) return null;
  if (decided) return decisive;
  return unknown ? null : !decisive;
}

/** @returns true when a visit stopped the walk, null when something to iterate over is missing */
function walk(
  all: Iterator[],
  index: number,
  scope: Scope,
  weight: number,
  visit: (scope: Scope) => boolean,
): boolean | null {
  const iterator = all[index];
  if (!iterator) return visit(scope);
  const values = valuesOf(iterator, scope);
  if (!values) return null;
  for (const value of values) {
    spend(weight);
    const stopped = walk(all, index + 1, binding(scope, iterator.name, value), weight, visit);
    if (stopped !== false) return stopped;
  }
  return false;
}

function valuesOf(iterator: Iterator, scope: Scope): readonly FeelValue[] | null {
  const from = iterator.from(scope);
  if (iterator.to) return entriesOfRange(new RangeValue(from, iterator.to(scope), true, true), scope);
  if (from === null) return scope.running.note('There is nothing to iterate over');
  if (from instanceof RangeValue) return entriesOfRange(from, scope);
  return Array.isArray(from) ? from : [from];
}

/** Whole numbers or days, upwards or downwards. */
function entriesOfRange(range: RangeValue, scope: Scope): FeelValue[] | null {
  const { start, end } = range;
  const point = (value: FeelValue): number | null =>
    value instanceof DateValue ? value.days : typeof value === 'number' ? value : null;
  const [first, last] = [point(start), point(end)];
  if (first === null || last === null || compare(start, end) === null)
    return scope.running.fail('A range to iterate over has two numbers or two dates');
  spend(Math.abs(last - first));
  const step = first <= last ? 1 : -1;
  const entries: FeelValue[] = [];
  for (let at = first; step > 0 ? at <= last : at >= last; at += step) {
    if ((at === first && !range.startIncluded) || (at === last && !range.endIncluded)) continue;
    entries.push(start instanceof DateValue ? dateOfDays(at) : at);
  }
  return entries;
}
