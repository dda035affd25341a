/**
 * What the parts of the compiler share. Each part compiles one kind of node, and the nodes within it through `compile`. What is made holds
 * offsets, never nodes: a node would keep the whole tree in memory.
 */
import type { FeelFunctions } from '../builtins/index.ts';
import { FeelSyntaxError } from '../failure.ts';
import type { Shape } from '../names.ts';
import type { Scope } from '../scope.ts';
import type { FeelNode } from '../syntax.ts';
import type { Type } from '../types.ts';
import type { FeelValue } from '../values.ts';

export type Compiled = (scope: Scope) => FeelValue;
export type CompiledTests = (scope: Scope, value: FeelValue) => boolean | null;

export interface Names {
  /** Variables that expressions may name, with the entries their values have. */
  shape: Shape;
  /** Types that a model names. */
  type(name: string): Type | undefined;
}

export const noNames: Names = { shape: null, type: () => undefined };

export interface Source {
  text: string;
  names: Names;
  functions: FeelFunctions;
  /**
   * An expression of a diagram: a name that nothing has ends the evaluation, except those it asks about. By the standard (undefined) it is
   * null with a warning.
   */
  diagram?: { asked: ReadonlySet<string> };
  compile(node: FeelNode): Compiled;
  test(node: FeelNode): CompiledTests;
}

export const sourceOf = (node: FeelNode, source: Source): string => source.text.slice(node.from, node.to);

/** @throws FeelSyntaxError where there is no such part */
export function part(parts: FeelNode[], index: number): FeelNode {
  const found = parts[index];
  if (!found) throw new FeelSyntaxError('It ends too early.', parts.at(-1)?.to ?? 0);
  return found;
}
