/** What the FEEL of a form sees: the task's variables with what is being filled in, and in a list the row, what is around it, and its number. */

import type { Lookup } from '../core/variables.ts';
import { ownValue } from '../model/own-property.ts';
import type { Json, Variables } from '../model/plan.ts';

/** One level: the form, or a row of a list. */
export interface FormScope {
  /** All of the form, by the names of variables. */
  data: Variables;
  /** The row, or the whole form: `this`. */
  here: Json;
  /** What is around the row; null at the top. */
  parent: FormScope | null;
  /** Numbers of the rows around, the outermost first, counted from 1: `i`. */
  indexes: number[];
}

export const topScope = (data: Variables): FormScope => ({ data, here: data, parent: null, indexes: [] });

export const rowScope = (parent: FormScope, row: Json, index: number): FormScope => ({
  data: parent.data,
  here: row,
  parent,
  indexes: [...parent.indexes, index + 1],
});

const special: Record<string, (scope: FormScope) => Json> = {
  this: ({ here }) => here,
  parent: ({ parent }) => (parent === null ? null : contextOf(parent)),
  i: ({ indexes }) => indexes,
};

/** A variable called `parent` hides the parent, which is `_parent_` then. */
export function lookupIn(scope: FormScope): Lookup {
  return (name) => {
    if (Object.hasOwn(scope.data, name)) return scope.data[name] ?? null;
    const plain = /^_(\w+)_$/.exec(name)?.[1] ?? name;
    return ownValue(special, plain)?.(scope) ?? null;
  };
}

function contextOf(scope: FormScope): Json {
  const values = Object.fromEntries(Object.entries(special).map(([name, of]) => [name, of(scope)]));
  const framed = Object.fromEntries(Object.entries(values).map(([name, value]) => [`_${name}_`, value]));
  return { ...values, ...scope.data, ...framed };
}

export const isObject = (value: Json | undefined): value is { [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value at a dotted path; undefined where there is none. */
export function valueAt(base: Json | undefined, path: string): Json | undefined {
  let value = base;
  for (const name of path.split('.')) value = isObject(value) ? ownValue(value, name) : undefined;
  return value;
}
