/** Lists and filters: a number is a place, counted from 1 or back from -1; else a test of each entry (DMN 1.5, 10.3.2.5). */
import { spend, weightOf } from '../budget.ts';
import { isContext } from '../contexts.ts';
import { FeelFailure } from '../failure.ts';
import { type Scope, withItem } from '../scope.ts';
import type { FeelNode } from '../syntax.ts';
import { shown } from '../text.ts';
import type { FeelValue } from '../values.ts';
import { type Compiled, part, type Source } from './source.ts';

export function list(nodes: FeelNode[], source: Source): Compiled {
  const entries = nodes.map((node) => source.compile(node));
  return (scope) => entries.map((entry) => entry(scope));
}

export function filter(parts: FeelNode[], source: Source): Compiled {
  const target = source.compile(part(parts, 0));
  const test = part(parts, 2);
  const condition = source.compile(test);
  const at = test.from;
  const weight = weightOf(test.to - test.from);
  return (scope) => {
    const value = target(scope);
    return value === null ? null : filtered(Array.isArray(value) ? value : [value], condition, scope, at, weight);
  };
}

/** @param at offset of the condition in its source @param weight of the condition (budget.ts) */
export function filtered(
  all: readonly FeelValue[],
  condition: Compiled,
  scope: Scope,
  at?: number,
  weight = 1,
): FeelValue {
  if (all.length === 0) return ofNothing(condition, scope);
  spend(all.length * weight);
  const kept: FeelValue[] = [];
  const ofContexts = all.some((item) => isContext(item));
  for (let index = 0; index < all.length; index++) {
    const item = all[index] ?? null;
    const result = condition(withItem(scope, item, ofContexts));
    if (result === true) kept.push(item);
    else if (typeof result === 'number') {
      if (index === 0) return entryAt(all, result, scope);
      scope.running.fail('A filter is a number for some entries only', at);
    } else if (result !== false && result !== null) {
      scope.running.fail(`A filter is ${shown(result)}, neither true, false nor a number`, at);
      if (index === 0) return null;
    }
  }
  return kept;
}

/** Without entries only a place has another answer than the empty list; what the test reads of them is not there. */
function ofNothing(condition: Compiled, scope: Scope): FeelValue {
  try {
    const result = condition(withItem(scope, null));
    if (typeof result === 'number') return entryAt([], result, scope);
    return result === null || typeof result === 'boolean' ? [] : scope.running.fail(`A filter is ${shown(result)}`);
  } catch (failure) {
    if (failure instanceof FeelFailure) return [];
    throw failure;
  }
}

function entryAt(all: readonly FeelValue[], position: number, scope: Scope): FeelValue {
  const found = all[position < 0 ? all.length + position : position - 1];
  return found === undefined ? scope.running.note(`The list has no entry ${position}`) : found;
}
