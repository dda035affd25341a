/**
 * Which variables an output element makes an instance's own. Named alone or by a property (`vote`, `r.vote`), the variable is a local one
 * from the beginning, null until it is written, as in Zeebe (docs.camunda.io, multi-instance: collecting the output). Of a larger
 * expression (`{id: item.id, vote: vote}`) it is each one that no scope around has: what the next instance writes would be read otherwise.
 */

import type { Lookup } from '../core/variables.ts';
import { analyse } from '../feel/analyse.ts';
import { isFeelFunction } from '../feel/compiled.ts';
import { children, type FeelNode, nameOf, parse } from '../feel/syntax.ts';
import type { Expression, Variables } from '../model/plan.ts';

interface Names {
  /** The one that it names alone. */
  alone: string | undefined;
  read: string[];
}

const known = new WeakMap<Expression, Names>();

function namesIn(expression: Expression): Names {
  let names = known.get(expression);
  if (names === undefined) {
    names = 'feel' in expression ? namesInFeel(expression.feel) : { alone: undefined, read: [] };
    known.set(expression, names);
  }
  return names;
}

function namesInFeel(source: string): Names {
  const root = parse(source);
  const read = analyse(source, root).reads.filter(
    ({ name, filterOnly, argument }) => !filterOnly && name !== '?' && !(argument && isFeelFunction(name)),
  );
  return { alone: rootName(source, root), read: read.map(({ name }) => name) };
}

function rootName(source: string, node: FeelNode): string | undefined {
  if (node.name === 'VariableName') return nameOf(source, node);
  const [first, ...rest] = children(node);
  if (first === undefined || (node.name !== 'PathExpression' && rest.length > 0)) return undefined;
  return rootName(source, first);
}

export const namesRead = (expression: Expression): readonly string[] => namesIn(expression).read;

/**
 * @param own variables of the instance (the item, the counter)
 * @param around variables of enclosing scopes
 */
export function outputVariables(expression: Expression, own: Variables, around: Lookup): Variables {
  const { alone, read } = namesIn(expression);
  const names = (alone === undefined ? read : [alone]).filter((name) => !Object.hasOwn(own, name));
  const made = alone === undefined ? names.filter((name) => around(name) === undefined) : names;
  return Object.fromEntries(made.map((name) => [name, null]));
}
