/** Variable scopes: reading up the chain, writing to the nearest scope that has the variable, input and output mappings. */

import type { ExpressionPart } from '../model/incidents.ts';
import { ownValue, setOwn } from '../model/own-property.ts';
import type { Expression, Json, Mapping, Variables } from '../model/plan.ts';
import type { Evaluation, Key, Wait } from '../model/types.ts';
import { shown } from './collections.ts';
import { enclosingKey } from './enclosing-scopes.ts';
import { type Failure, failedExpression } from './failure.ts';
import { getWait, putWait } from './run.ts';
import type { Run } from './run-types.ts';
import { checkMade } from './step-budget.ts';

export type Lookup = (name: string) => Json | undefined;

/** The next enclosing scope, in the current state of the step. */
export function enclosing(run: Run, wait: Wait): Key | undefined {
  return enclosingKey(wait, wait.host === undefined ? undefined : getWait(run, wait.host));
}

/**
 * @param locals searched first
 * @param start key of the scope searched next, then its enclosing scopes
 */
export function lookupFrom(run: Run, locals: Variables | undefined, start: Key | undefined): Lookup {
  return (name) => {
    if (locals !== undefined && Object.hasOwn(locals, name)) return locals[name];
    for (let key = start; key !== undefined; ) {
      const wait = getWait(run, key);
      if (wait === undefined) return undefined;
      const { variables } = run.collections === undefined ? wait : shown(run, wait);
      if (variables !== undefined && Object.hasOwn(variables, name)) return variables[name];
      key = enclosing(run, wait);
    }
    return undefined;
  };
}

export function evaluate(run: Run, expression: Expression, lookup: Lookup): Evaluation {
  if ('literal' in expression) return { ok: true, value: expression.literal };
  const result = run.env.evaluator.evaluate(expression, lookup, run.context);
  if (!result.ok || typeof result.value === 'number' || typeof result.value === 'boolean') return result;
  const message = checkMade(run, result.value);
  return message === undefined ? result : { ok: false, code: 'expression-failed', message };
}

/** All that can be seen from a place, inner values first. The same object when there is one scope only: never change it. */
export function visible(run: Run, locals: Variables | undefined, start: Key | undefined): Variables {
  let seen = locals;
  for (let key = start; key !== undefined; ) {
    const wait = getWait(run, key);
    if (wait === undefined) break;
    const { variables } = run.collections === undefined ? wait : shown(run, wait);
    if (variables !== undefined) seen = seen === undefined ? variables : { ...variables, ...seen };
    key = enclosing(run, wait);
  }
  return seen ?? {};
}

/** Deep equality of JSON. */
export function jsonEqual(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((item, i) => jsonEqual(item, b[i]));
  if (Array.isArray(b)) return false;
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => Object.hasOwn(b, name) && jsonEqual(a[name], b[name]))
  );
}

/**
 * Sets variables of one wait; equal values are skipped.
 * @returns whether anything changed
 */
export function setVariables(run: Run, key: Key, variables: Variables): boolean {
  const wait = getWait(run, key);
  if (wait === undefined) return false;
  const old: Variables = wait.variables ?? {};
  let next: Variables | undefined;
  for (const name of Object.keys(variables)) {
    const value = variables[name];
    if (value === undefined || (Object.hasOwn(old, name) && jsonEqual(old[name], value))) continue;
    next ??= { ...old };
    setOwn(next, name, value);
  }
  if (next === undefined) return false;
  putWait(run, { ...wait, variables: next });
  run.written = true;
  return true;
}

/** Each variable goes to the nearest scope that has it, otherwise to the process (as in Zeebe). */
export function propagateVariables(run: Run, start: Key, variables: Variables): void {
  const { root } = run.before;
  if (start === root) {
    setVariables(run, root, variables);
    return;
  }
  for (const name of Object.keys(variables)) {
    const value = variables[name];
    if (value !== undefined) setVariables(run, holderOf(run, start, name), { [name]: value });
  }
}

function holderOf(run: Run, start: Key, name: string): Key {
  for (let key: Key | undefined = start; key !== undefined; ) {
    const wait = getWait(run, key);
    if (wait === undefined) break;
    if (wait.variables !== undefined && Object.hasOwn(wait.variables, name)) return key;
    key = enclosing(run, wait);
  }
  return run.before.root;
}

/** Writes `a.b` into the value of `a`. */
export function setWithin(base: Json | undefined, path: string[], value: Json): Json {
  const [name, ...rest] = path;
  if (name === undefined) return value;
  const object = typeof base === 'object' && base !== null && !Array.isArray(base) ? base : {};
  const inner = ownValue(object, name);
  return { ...object, [name]: setWithin(inner, rest, value) };
}

/**
 * Evaluates mappings in their order, each seeing the targets of those before it. Nothing is written here. A dotted target hides of a
 * variable just the part that it names: `foo.bar` from `foo.bar` and then `foo.baz` from `foo.baz` read the same `foo` (as Zeebe does
 * since camunda#60433).
 * @param base what a dotted target is set within
 */
export function evaluateMappings(
  run: Run,
  part: ExpressionPart,
  mappings: Mapping[],
  lookup: Lookup,
  base: Lookup,
): { ok: true; value: Variables } | Failure {
  const targets: Variables = {};
  const read: Variables = {};
  const seeing: Lookup = (name) => (Object.hasOwn(read, name) ? read[name] : lookup(name));
  for (const { source, target } of mappings) {
    const result = evaluate(run, source, seeing);
    if (!result.ok) return failedExpression(part, source, result);
    const dot = target.indexOf('.');
    if (dot < 0) {
      setOwn(targets, target, result.value);
      setOwn(read, target, result.value);
    } else {
      const name = target.slice(0, dot);
      const path = target.slice(dot + 1).split('.');
      const old = Object.hasOwn(targets, name) ? targets[name] : base(name);
      const value = setWithin(old, path, result.value);
      setOwn(targets, name, value);
      const message = checkMade(run, value);
      if (message !== undefined)
        return failedExpression(part, source, { ok: false, code: 'expression-failed', message });
      setOwn(read, name, setWithin(seeing(name), path, result.value));
    }
  }
  return { ok: true, value: targets };
}
