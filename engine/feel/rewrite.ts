/**
 * Rewrites an expression where feelin's own evaluation falls short of the standard:
 * - `a / b` and `a * b` go through functions that know durations (feelin: NaN);
 * - `duration(text)` goes through one that makes each text's duration once;
 * - `list[f(item)]` is told to be a test (feelin takes anything but a comparison for an index and evaluates it once, without `item`).
 */
import { durationName, productName, quotientName } from './functions.ts';
import { children, type FeelNode, nameOf, parse } from './tree.ts';

/** Nodes that feelin knows to be tests in a filter. */
const tests = new Set([
  'Comparison',
  'Conjunction',
  'Disjunction',
  'QuantifiedExpression',
  'InstanceOfExpression',
  'SimplePositiveUnaryTest',
  'Interval',
  'BooleanLiteral',
]);

const booleanFunctions = new Set([
  'not',
  'contains',
  'starts with',
  'ends with',
  'matches',
  'list contains',
  'even',
  'odd',
  'all',
  'any',
  'is',
  'is defined',
  'before',
  'after',
  'meets',
  'met by',
  'overlaps',
  'overlaps before',
  'overlaps after',
  'finishes',
  'finished by',
  'includes',
  'during',
  'starts',
  'started by',
  'coincides',
]);

function reads(source: string, node: FeelNode, wanted: string): boolean {
  if (node.name === 'VariableName') return nameOf(source, node) === wanted;
  return children(node).some((child) => reads(source, child, wanted));
}

function isTestInDisguise(source: string, body: FeelNode): boolean {
  if (tests.has(body.name)) return false;
  if (body.name === 'ParenthesizedExpression')
    return children(body).some((child) => child.to - child.from > 1 && isTestInDisguise(source, child));
  const [target] = children(body);
  if (body.name === 'FunctionInvocation' && target && booleanFunctions.has(nameOf(source, target))) return true;
  return reads(source, body, 'item');
}

/** @param source FEEL that parses @returns the source to evaluate; the same text when nothing needs a change */
export function rewrite(source: string): string {
  const text = (node: FeelNode): string => source.slice(node.from, node.to);

  function copy(node: FeelNode): string {
    const parts = children(node);
    if (parts.length === 0) return text(node);
    let out = '';
    let at = node.from;
    for (const part of parts) {
      out += source.slice(at, part.from) + write(part);
      at = part.to;
    }
    return out + source.slice(at, node.to);
  }

  function write(node: FeelNode): string {
    const parts = children(node);
    if (node.name === 'ArithmeticExpression' && parts.length === 3) {
      const [left, operator, right] = parts as [FeelNode, FeelNode, FeelNode];
      const name = { '/': quotientName, '*': productName }[text(operator)];
      const plain = left.name === 'NumericLiteral' && right.name === 'NumericLiteral' && text(operator) === '*';
      if (name && !plain) return `${name}(${write(left)}, ${write(right)})`;
    }
    if (node.name === 'DateTimeLiteral' && parts[0] && text(parts[0]) === 'duration')
      return durationName + copy(node).slice('duration'.length);
    if (node.name === 'FilterExpression' && parts.length === 4) {
      const [target, , body] = parts as [FeelNode, FeelNode, FeelNode];
      if (isTestInDisguise(source, body)) return `${write(target)}[(${write(body)}) = true]`;
    }
    return copy(node);
  }

  const root = parse(source);
  return source.slice(0, root.from) + write(root) + source.slice(root.to);
}
