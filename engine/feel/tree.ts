/** Reading feelin's parse tree: the one place that knows the node names of its grammar. */
import { parseExpression } from 'feelin';
import { extraFunctionNames } from './functions.ts';

/** The part of a Lezer syntax node that is used here. */
export interface FeelNode {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly firstChild: FeelNode | null;
  readonly nextSibling: FeelNode | null;
}

/** The usual desktop modeler writes Camunda's dialect of FEEL: the standard's plus names in backticks. */
export const dialect = 'camunda';

/** Names with words of the grammar in them (`get or else`, `working days between`) parse only when they are known beforehand. */
const knownNames = Object.fromEntries(extraFunctionNames.map((name) => [name, null]));

export function parse(source: string): FeelNode {
  return parseExpression(source, knownNames, dialect).topNode;
}

export function children(node: FeelNode): FeelNode[] {
  const all: FeelNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) all.push(child);
  return all;
}

/** A name as feelin looks it up: single spaces, no backticks. */
export function nameOf(source: string, node: FeelNode): string {
  return source.slice(node.from, node.to).replace(/`/g, '').replace(/\s+/g, ' ').trim();
}
