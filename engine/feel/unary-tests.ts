/** Unary tests: what may stand in the cell of a decision table or after `in` (DMN 1.5, 10.3.2.7 and grammar rules 7 to 18). */

import { type CompiledTests, compared, compileNode, literalOf, type Source, sourceOf } from './compile.ts';
import { equal, inRange } from './operators.ts';
import { within } from './scope.ts';
import { childrenOf } from './syntax.ts';
import type { FeelNode } from './tree.ts';
import { type FeelValue, RangeValue } from './values.ts';

/** Any of the tests holds, or none of them when they stand in `not(…)`. */
export function tests(root: FeelNode, source: Source): CompiledTests {
  const parts = childrenOf(root);
  if (parts[0]?.name === 'Wildcard') return () => true;
  const negated = parts[0]?.name === 'not';
  const checks = parts
    .filter((part) => part.name === 'PositiveUnaryTests')
    .flatMap(childrenOf)
    .map((part) => compileTest(part, source));
  const [only] = checks;
  if (only && checks.length === 1 && !negated) return only;
  return (scope, value) => {
    const holds = checks.some((check) => check(scope, value) === true);
    return negated ? !holds : holds;
  };
}

export function eachTest(root: FeelNode, source: Source): CompiledTests[] {
  const parts = childrenOf(root).filter((part) => part.name === 'PositiveUnaryTests');
  return parts.flatMap(childrenOf).map((part) => compileTest(part, source));
}

export function compileTest(node: FeelNode, source: Source): CompiledTests {
  const parts = childrenOf(node);
  const [first, second, third] = parts;
  if (node.name === 'PositiveUnaryTest' && first) return compileTest(first, source);
  if (node.name === 'ParenthesizedExpression' && second && third) return compileTest(second, source);
  if (node.name === 'SimplePositiveUnaryTest' && first && second) {
    const operator = sourceOf(first, source);
    const bound = compileNode(second, source);
    return (scope, value) => compared(operator, value, bound(scope));
  }
  // Cells of most tables: nothing needs to be evaluated.
  const wanted = literalOf(node, source);
  if (wanted !== undefined)
    return (_scope, value) => (typeof value === typeof wanted ? value === wanted : value === null ? false : null);
  const expression = compileNode(node, source);
  const asks = mentionsInput(node);
  const constant = node.name === 'DateTimeLiteral' || node.name === 'null' || node.name === 'List';
  return (scope, value) => {
    const result = expression(asks ? within(scope, new Map([['?', value]])) : scope);
    if (asks && (typeof result === 'boolean' || result === null)) return result;
    const member = matches(result, value);
    if (member === true || constant || typeof value === 'boolean') return member;
    return result === true ? true : member;
  };
}

function mentionsInput(node: FeelNode): boolean {
  return node.name === '?' || childrenOf(node).some(mentionsInput);
}

/** Whether a value is one of what a test came to: the value itself, an entry of a list, a point of a range. */
function matches(test: FeelValue, value: FeelValue): boolean | null {
  if (test instanceof RangeValue && !(value instanceof RangeValue)) return inRange(test, value);
  if (Array.isArray(test)) {
    if (Array.isArray(value) && equal(test, value) === true) return true;
    return test.some((entry) =>
      entry instanceof RangeValue ? inRange(entry, value) === true : equal(value, entry) === true,
    );
  }
  return equal(value, test);
}
