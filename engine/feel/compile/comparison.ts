/** Comparisons, `between`, `in`, `and`, `or` and `if` (DMN 1.5, 10.3.2.7, 10.3.2.8 and tables 50 to 53). */
import { FeelSyntaxError } from '../failure.ts';
import { compare, equal } from '../operators.ts';
import { children, type FeelNode } from '../syntax.ts';
import { shown } from '../text.ts';
import type { FeelValue } from '../values.ts';
import { type Compiled, part, type Source, sourceOf } from './source.ts';

export type Relation = (a: FeelValue, b: FeelValue) => boolean | null;

const ordered =
  (holds: (order: number) => boolean): Relation =>
  (a, b) => {
    const order = compare(a, b);
    return order === null ? null : holds(order);
  };

const atLeast = ordered((order) => order >= 0);
const atMost = ordered((order) => order <= 0);

const relations: Record<string, Relation> = {
  '=': equal,
  '!=': (a, b) => {
    const same = equal(a, b);
    return same === null ? null : !same;
  },
  '<': ordered((order) => order < 0),
  '<=': atMost,
  '>': ordered((order) => order > 0),
  '>=': atLeast,
};

/** @throws FeelSyntaxError */
export function relationOf(node: FeelNode, source: Source): Relation {
  const symbol = sourceOf(node, source).trim();
  const relation = relations[symbol];
  if (!relation) throw new FeelSyntaxError(`"${symbol}" cannot stand here.`, node.from);
  return relation;
}

export function comparison(parts: FeelNode[], source: Source): Compiled {
  const operator = part(parts, 1);
  const left = source.compile(part(parts, 0));
  if (operator.name === 'between')
    return between(left, source.compile(part(parts, 2)), source.compile(part(parts, 4)), operator.from);
  if (operator.name === 'in') return membership(left, parts.slice(2), operator, source);
  const symbol = sourceOf(operator, source).trim();
  const relation = relationOf(operator, source);
  const right = source.compile(part(parts, 2));
  const at = operator.from;
  const tellsOrder = relation !== equal && symbol !== '!=';
  return (scope) => {
    const a = left(scope);
    const b = right(scope);
    const result = relation(a, b);
    if (result !== null || a === null || b === null) return result;
    const message = `${shown(a)} ${symbol} ${shown(b)} cannot be compared`;
    // Values of two kinds are not equal in a diagram either; which comes first cannot be said.
    return tellsOrder ? scope.running.fail(message, at) : scope.running.note(message);
  };
}

function between(value: Compiled, low: Compiled, high: Compiled, at: number): Compiled {
  return (scope) => {
    const given = value(scope);
    const [from, to] = [low(scope), high(scope)];
    const result = both(atLeast(given, from), atMost(given, to));
    if (result !== null || given === null || from === null || to === null) return result;
    return scope.running.fail(`${shown(given)} cannot be compared with ${shown(from)} and ${shown(to)}`, at);
  };
}

function membership(value: Compiled, rest: FeelNode[], operator: FeelNode, source: Source): Compiled {
  const wanted = rest.find((node) => node.name.startsWith('PositiveUnaryTest'));
  if (!wanted) throw new FeelSyntaxError('Nothing follows "in".', operator.to);
  const all = wanted.name === 'PositiveUnaryTests' ? children(wanted) : [wanted];
  const checks = all.map((node) => source.test(node));
  return (scope) => {
    const given = value(scope);
    let unknown = false;
    for (const check of checks) {
      const result = check(scope, given);
      if (result === true) return true;
      unknown ||= result === null;
    }
    return unknown ? null : false;
  };
}

const both = (a: boolean | null, b: boolean | null): boolean | null => {
  if (a === false || b === false) return false;
  return a === null || b === null ? null : true;
};

/**
 * Three values: true, false, and null for whatever is neither (DMN 1.5, table 50). In a diagram both sides are read, so that a name
 * nobody has is found at once and not when the other side happens to turn.
 */
export function logical(left: Compiled, right: Compiled, decisive: boolean, source: Source): Compiled {
  const lazy = source.diagram === undefined;
  return (scope) => {
    const a = left(scope);
    if (lazy && a === decisive) return decisive;
    const b = right(scope);
    if (a === decisive || b === decisive) return decisive;
    return a === !decisive && b === !decisive ? !decisive : null;
  };
}

/** Only the branch that is taken is read (DMN 1.5, 10.3.2.10). */
export function conditional(parts: FeelNode[], source: Source): Compiled {
  const question = part(parts, 1);
  const at = question.from;
  const [condition, then, other] = [
    source.compile(question),
    source.compile(part(parts, 3)),
    source.compile(part(parts, 5)),
  ];
  return (scope) => {
    const holds = condition(scope);
    if (holds === true) return then(scope);
    if (holds !== false && holds !== null) scope.running.fail(`${shown(holds)} is neither true nor false`, at);
    return other(scope);
  };
}
