/** Source to feelin's syntax tree, and the literals in it. Whatever does not parse is a `FeelSyntaxError` with its place. */
import { parseExpression, parseUnaryTests } from 'feelin';
import { dialect, type FeelNode } from './tree.ts';

export class FeelSyntaxError extends Error {
  /** Offset in the source. */
  readonly offset: number;
  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

/** What names there are, and what entries their values have: names may hold spaces and operators. */
export type Shape = { [name: string]: Shape } | null;

/** The grammar has no `range<…>`: it is written as a list of the same length, and told apart by the source (`isRangeType`). */
const withoutRangeTypes = (source: string): string =>
  source.replace(/"(?:[^"\\]|\\.)*"|\brange(\s*)</g, (text, space?: string) =>
    space === undefined ? text : `list ${space}<`,
  );

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

/** Functions with words of the grammar in their names parse only when they are known beforehand. */
const knownFunctions: Shape = {
  'get or else': null,
  'is defined': null,
  'working days between': null,
  'add working days': null,
};

const known = (names: Shape): Shape => ({ ...knownFunctions, ...names });

export function parseOne(source: string, names: Shape): FeelNode {
  const root = checked(source, parseExpression(withoutRangeTypes(source), known(names) ?? {}, dialect).topNode);
  const expressions = childrenOf(root);
  if (expressions.length !== 1 || !expressions[0]) throw new FeelSyntaxError('It holds no expression.', 0);
  return expressions[0];
}

export function parseTests(source: string, names: Shape): FeelNode {
  return checked(source, parseUnaryTests(withoutRangeTypes(source), known(names) ?? {}, dialect).topNode);
}

/** Without comments. */
export function childrenOf(node: FeelNode): FeelNode[] {
  const all: FeelNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling)
    if (child.name !== 'LineComment' && child.name !== 'BlockComment') all.push(child);
  return all;
}

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
