/** Where an expression finds names: the nearest of nested contexts that has it, then the variables around the expression. */
import { type AnyContext, entryOf, isContext } from './contexts.ts';
import type { FeelValue, Running } from './values.ts';

export interface Scope {
  /** One name of its own (loops, `item`, `?`) and its value; undefined where it has a context or nothing. */
  readonly name: string | undefined;
  readonly value: FeelValue;
  readonly variables: AnyContext | null;
  readonly outer: Scope | null;
  readonly running: Running;
}

/** Every scope is made here, with the same members in the same order: reading them is then as fast as it can be. */
const scope = (
  name: string | undefined,
  value: FeelValue,
  variables: AnyContext | null,
  outer: Scope | null,
  running: Running,
): Scope => ({ name, value, variables, outer, running });

export const scopeOf = (variables: AnyContext | null, running: Running): Scope =>
  scope(undefined, null, variables, null, running);

export const within = (outer: Scope, variables: AnyContext): Scope =>
  scope(undefined, null, variables, outer, outer.running);

export const binding = (outer: Scope, name: string, value: FeelValue): Scope =>
  scope(name, value, null, outer, outer.running);

const noEntries: AnyContext = {};

/**
 * Scope of a filter's condition: `item` and, nearer, the entries of the item (DMN 1.5, 10.3.2.5).
 * @param ofContexts other items are contexts: this one has no entries
 */
export const withItem = (outer: Scope, item: FeelValue, ofContexts = false): Scope =>
  scope('item', item, isContext(item) ? item : ofContexts || item === null ? noEntries : null, outer, outer.running);

/** Whether a name that nothing has may be an entry which the item of a filter lacks. */
export function inFilterOfContexts(from: Scope): boolean {
  for (let current: Scope | null = from; current !== null; current = current.outer)
    if (current.name === 'item' && current.variables !== null) return true;
  return false;
}

/** The body of a function sees the scope of its definition and runs in the evaluation of its caller. */
export const calling = (outer: Scope, variables: AnyContext, running: Running): Scope =>
  scope(undefined, null, variables, outer, running);

/** @returns undefined where the expression itself binds no such name */
export function lookup(from: Scope, name: string): FeelValue | undefined {
  for (let current: Scope | null = from; current !== null; current = current.outer) {
    if (current.variables !== null) {
      const value = entryOf(current.variables, name);
      if (value !== undefined) return value;
    }
    if (current.name === name) return current.value;
  }
  return undefined;
}
