/** `for`, `some` and `every` (DMN 1.5, 10.3.2.14 and 10.3.2.15). */

import { type Compiled, compileNode, nameOf, type Source } from './compile.ts';
import { compare } from './operators.ts';
import { type Scope, within } from './scope.ts';
import { childrenOf, FeelSyntaxError } from './syntax.ts';
import type { FeelNode } from './tree.ts';
import { DateValue, dateOfDays, FeelLimit, type FeelValue, RangeValue } from './values.ts';

export interface Iterator {
  name: string;
  from: Compiled;
  /** Of `from..to`. */
  to?: Compiled;
}

/** More would only fill the memory. */
const maxEntries = 1_000_000;

function iterators(node: FeelNode, source: Source): Iterator[] {
  return childrenOf(node).map((expression) => {
    const [name, , values] = childrenOf(expression);
    if (!name || !values) throw new FeelSyntaxError('An iteration names a variable and a list.', expression.from);
    const [from, , to] = values.name === 'IterationContext' ? childrenOf(values) : [values];
    if (!from) throw new FeelSyntaxError('An iteration names a variable and a list.', values.from);
    return {
      name: nameOf(name, source),
      from: compileNode(from, source),
      ...(to && { to: compileNode(to, source) }),
    };
  });
}

export function iterationOf(node: FeelNode, source: Source): Compiled {
  const parts = childrenOf(node);
  const list = parts.find((part) => part.name === 'InExpressions');
  const last = parts.at(-1);
  if (!list || !last) throw new FeelSyntaxError('It ends too early.', node.to);
  const all = iterators(list, source);
  const body = compileNode(last, source);
  const wantsPartial = /\bpartial\b/.test(source.text.slice(last.from, last.to));
  if (node.name === 'ForExpression') return (scope) => forEach(all, body, wantsPartial, scope);
  const decisive = parts[0]?.name === 'some';
  return (scope) => quantified(all, body, decisive, scope);
}

export function forEach(all: Iterator[], body: Compiled, wantsPartial: boolean, scope: Scope): FeelValue {
  const results: FeelValue[] = [];
  const complete = walk(all, 0, scope, (inner) => {
    // `partial` is the list so far; the list handed out must not grow.
    const place = wantsPartial ? within(inner, new Map([['partial', [...results]]])) : inner;
    results.push(body(place));
    return false;
  });
  return complete === null ? null : results;
}

export function quantified(all: Iterator[], body: Compiled, decisive: boolean, scope: Scope): FeelValue {
  let decided = false;
  let unknown = false;
  let wrong = false;
  const stopped = walk(all, 0, scope, (inner) => {
    const result = body(inner);
    decided ||= result === decisive;
    unknown ||= result === null;
    wrong ||= result !== null && typeof result !== 'boolean';
    return wrong;
  });
  if (wrong) scope.running.warn('A condition is neither true nor false.');
  if (stopped !== false) return null;
  if (decided) return decisive;
  return unknown ? null : !decisive;
}

/** @returns true when a visit stopped the walk, null when something to iterate over is missing */
function walk(all: Iterator[], index: number, scope: Scope, visit: (scope: Scope) => boolean): boolean | null {
  const iterator = all[index];
  if (!iterator) return visit(scope);
  const values = valuesOf(iterator, scope);
  if (!values) return null;
  for (const value of values) {
    const stopped = walk(all, index + 1, within(scope, new Map([[iterator.name, value]])), visit);
    if (stopped !== false) return stopped;
  }
  return false;
}

function valuesOf(iterator: Iterator, scope: Scope): Iterable<FeelValue> | null {
  const from = iterator.from(scope);
  if (iterator.to) return entriesOfRange(new RangeValue(from, iterator.to(scope), true, true), scope);
  return entriesOf(from, scope);
}

export function entriesOf(value: FeelValue, scope: Scope): Iterable<FeelValue> | null {
  if (value === null) {
    scope.running.warn('There is nothing to iterate over.');
    return null;
  }
  if (value instanceof RangeValue) return entriesOfRange(value, scope);
  return Array.isArray(value) ? value : [value];
}

/** Whole numbers or days, upwards or downwards. */
function entriesOfRange(range: RangeValue, scope: Scope): FeelValue[] | null {
  const { start, end } = range;
  const point = (value: FeelValue): number | null =>
    value instanceof DateValue ? value.days : typeof value === 'number' ? value : null;
  const [first, last] = [point(start), point(end)];
  if (first === null || last === null || compare(start, end) === null) {
    scope.running.warn('A range to iterate over has two numbers or two dates.');
    return null;
  }
  if (Math.abs(last - first) > maxEntries) throw new FeelLimit(`An iteration has more than ${maxEntries} steps.`);
  const step = first <= last ? 1 : -1;
  const entries: FeelValue[] = [];
  for (let at = first; step > 0 ? at <= last : at >= last; at += step) {
    if ((at === first && !range.startIncluded) || (at === last && !range.endIncluded)) continue;
    entries.push(start instanceof DateValue ? dateOfDays(at) : at);
  }
  return entries;
}
