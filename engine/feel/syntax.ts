/** Source to feelin's syntax tree, and the literals in it: the one place that knows its grammar. What does not parse is a `FeelSyntaxError`. */
import { parseExpression, parseUnaryTests } from 'feelin';
import { FeelSyntaxError } from './failure.ts';
import { normalName, type Shape } from './names.ts';

/** The part of a Lezer syntax node that is used here. */
export interface FeelNode {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly firstChild: FeelNode | null;
  readonly nextSibling: FeelNode | null;
}

/** The usual desktop modeler writes Camunda's dialect of FEEL: the standard's plus names in backticks. */
const dialect = 'camunda';

/** Functions with words of the grammar in their names parse only when they are known beforehand. */
const knownFunctions: Shape = {
  'get or else': null,
  'is defined': null,
  'working days between': null,
  'add working days': null,
};

const known = (names: Shape): { [name: string]: Shape } => ({ ...knownFunctions, ...names });

/** The grammar has no `range<…>`: it is written as a list of the same length, and told apart by the source (`isRangeType`). */
const withoutRangeTypes = (source: string): string =>
  source.includes('range')
    ? source.replace(/"(?:[^"\\]|\\.)*"|\brange(\s*)</g, (text, space?: string) =>
        space === undefined ? text : `list ${space}<`,
      )
    : source;

export const isRangeType = (source: string, node: FeelNode): boolean => source.startsWith('range', node.from);

function firstError(node: FeelNode): FeelNode | undefined {
  if (node.name === '⚠') return node;
  for (let child = node.firstChild; child; child = child.nextSibling) {
    const found = firstError(child);
    if (found) return found;
  }
  return undefined;
}

function checked(source: string, root: FeelNode): FeelNode {
  const error = firstError(root);
  if (error) {
    const near = source.slice(error.from, error.from + 12).trim();
    throw new FeelSyntaxError(near ? `It cannot be read from "${near}" on.` : 'It ends too early.', error.from);
  }
  return root;
}

/** More than people write; what is longer or deeper would only cost. */
const maxLength = 100_000;
const maxBrackets = 150;

/** @throws FeelSyntaxError before parsing, which is slow for deep nesting */
function refuseHostile(source: string): void {
  if (source.length > maxLength)
    throw new FeelSyntaxError(`It has ${source.length} characters; ${maxLength} is the most.`, 0);
  let depth = 0;
  let text = false;
  for (let at = 0; at < source.length; at++) {
    const sign = source[at]!;
    if (text && sign === '\\') at++;
    else if (sign === '"') text = !text;
    else if (!text && (sign === '(' || sign === '[' || sign === '{')) depth++;
    else if (!text && (sign === ')' || sign === ']' || sign === '}')) depth--;
    if (depth > maxBrackets)
      throw new FeelSyntaxError(`It has brackets more than ${maxBrackets} deep in each other.`, at);
  }
}

/** The tree of whatever the text is, with what cannot be read marked in it. @throws FeelSyntaxError for what is too long or deep */
export function parse(source: string, names: Shape = null): FeelNode {
  refuseHostile(source);
  return parseExpression(withoutRangeTypes(source), known(names), dialect).topNode;
}

/** @throws FeelSyntaxError */
export function parseOne(source: string, names: Shape = null): FeelNode {
  const [first, second] = children(checked(source, parse(source, names)));
  if (!first || second) throw new FeelSyntaxError('It holds no expression.', second?.from ?? 0);
  return first;
}

/** @throws FeelSyntaxError */
export function parseTests(source: string, names: Shape): FeelNode {
  refuseHostile(source);
  return checked(source, parseUnaryTests(withoutRangeTypes(source), known(names), dialect).topNode);
}

/** Without comments. */
export function children(node: FeelNode): FeelNode[] {
  const all: FeelNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling)
    if (child.name !== 'LineComment' && child.name !== 'BlockComment') all.push(child);
  return all;
}

/** A name as a variable of a process has it: single spaces, no backticks. */
export function nameOf(source: string, node: FeelNode): string {
  return source.slice(node.from, node.to).replace(/`/g, '').replace(/\s+/g, ' ').trim();
}

/** A name as FEEL compares it. */
export const normalNameOf = (source: string, node: FeelNode): string => normalName(nameOf(source, node));

const escapes: Record<string, string> = { n: '\n', r: '\r', t: '\t', '"': '"', "'": "'", '\\': '\\' };

/** The text of a string literal (DMN 1.5, 10.3.1.2, grammar rule 35). */
export function stringOf(literal: string): string {
  return literal
    .slice(1, -1)
    .replace(/\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{6})|(.))/gs, (whole, four?: string, six?: string, one?: string) => {
      if (one !== undefined) return escapes[one] ?? whole;
      return String.fromCodePoint(Number.parseInt(four ?? six ?? '0', 16));
    });
}

/** The value of a literal, or undefined for anything else. */
export function literalOf(source: string, node: FeelNode): number | boolean | string | undefined {
  if (node.name !== 'NumericLiteral' && node.name !== 'BooleanLiteral' && node.name !== 'StringLiteral')
    return undefined;
  const text = source.slice(node.from, node.to);
  if (node.name === 'NumericLiteral') return Number(text.replace(/\s+/g, ''));
  return node.name === 'BooleanLiteral' ? text === 'true' : stringOf(text);
}

/** Where an offset lies; both count from 1. */
export function positionIn(source: string, offset: number): { line: number; column: number } {
  const before = source.slice(0, Math.max(0, offset)).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
