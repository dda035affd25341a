/** Unary tests: what may stand in the cell of a decision table or after `in` (DMN 1.5, 10.3.2.7 and grammar rules 7 to 18). */
import { equal, inRange } from '../operators.ts';
import { binding } from '../scope.ts';
import { children, type FeelNode, literalOf } from '../syntax.ts';
import { type FeelValue, RangeValue } from '../values.ts';
import { relationOf } from './comparison.ts';
import type { CompiledTests, Source } from './source.ts';

/** Any of the tests holds, or none of them when they stand in `not(…)`. */
export function tests(root: FeelNode, source: Source): CompiledTests {
  const parts = children(root);
  if (parts[0]?.name === 'Wildcard') return () => true;
  const negated = parts[0]?.name === 'not';
  const checks = parts
    .filter((part) => part.name === 'PositiveUnaryTests')
    .flatMap(children)
    .map((part) => source.test(part));
  const [only] = checks;
  if (only && checks.length === 1 && !negated) return only;
  return (scope, value) => {
    const holds = checks.some((check) => check(scope, value) === true);
    return negated ? !holds : holds;
  };
}

export function eachTest(root: FeelNode, source: Source): CompiledTests[] {
  const parts = children(root).filter((part) => part.name === 'PositiveUnaryTests');
  return parts.flatMap(children).map((part) => source.test(part));
}

export function compileTest(node: FeelNode, source: Source): CompiledTests {
  const parts = children(node);
  const [first, second, third] = parts;
  if (node.name === 'PositiveUnaryTest' && first) return compileTest(first, source);
  if (node.name === 'ParenthesizedExpression' && second && third) return compileTest(second, source);
  if (node.name === 'SimplePositiveUnaryTest' && first && second) {
    const relation = relationOf(first, source);
    const bound = source.compile(second);
    return (scope, value) => relation(value, bound(scope));
  }
  // Cells of most tables: nothing needs to be evaluated.
  const wanted = literalOf(source.text, node);
  if (wanted !== undefined)
    return (_scope, value) => (typeof value === typeof wanted ? value === wanted : value === null ? false : null);
  const expression = source.compile(node);
  const asks = mentionsInput(node);
  const constant = node.name === 'DateTimeLiteral' || node.name === 'null' || node.name === 'List';
  return (scope, value) => {
    const result = expression(asks ? binding(scope, '?', value) : scope);
    if (asks && (typeof result === 'boolean' || result === null)) return result;
    const member = matches(result, value);
    if (member === true || constant || typeof value === 'boolean') return member;
    return result === true ? true : member;
  };
}

function mentionsInput(node: FeelNode): boolean {
  return node.name === '?' || children(node).some(mentionsInput);
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
