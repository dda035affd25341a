/**
 * Output collections of loops. What the instances have brought stands in the wait of the body, by their places; the variable of that name
 * is a local one of the body, so that conditions, instances and mappings read it (docs.camunda.io, multi-instance). The engine never
 * reads it back: others may write it.
 *
 * Within a step the list is changed in place as long as nobody has looked at it: ten thousand copies of ten thousand entries took seconds.
 */

import type { Json, PlanElement, Variables } from '../model/plan.ts';
import type { Key, Wait, WaitOf } from '../model/types.ts';
import { elementOf, getWait, putWait } from './run.ts';
import type { Run } from './run-types.ts';

function collectionOf(element: PlanElement): string | undefined {
  if (!('loop' in element) || element.loop?.type !== 'multi') return undefined;
  return element.loop.outputCollection;
}

export function collect(run: Run, { key, outputs }: WaitOf<'multi'>, index: number, output: Json): void {
  run.collections ??= new Map();
  let list = run.collections.get(key);
  if (list === undefined) {
    list = outputs?.slice() ?? [];
    run.collections.set(key, list);
  }
  list[index] = output;
  run.written = true;
}

/** The wait with its current collection, for readers of its variables. */
export function shown(run: Run, wait: Wait): Wait {
  const list = run.collections?.get(wait.key);
  if (list === undefined || wait.kind !== 'multi') return wait;
  run.collections?.delete(wait.key);
  const name = collectionOf(elementOf(run, wait.element));
  const next = {
    ...wait,
    outputs: list,
    ...(name !== undefined && { variables: { ...wait.variables, [name]: list } }),
  };
  putWait(run, next);
  return next;
}

/** Collections at the end of the step. */
export function showAll(run: Run): void {
  for (const key of run.collections?.keys() ?? []) {
    const wait = getWait(run, key);
    if (wait !== undefined) shown(run, wait);
  }
}

/** The collection as the result of the loop, and other variables of the body. */
export function takeCollection(run: Run, key: Key): { rest: Variables; results: Variables | undefined } | undefined {
  const before = getWait(run, key);
  if (before?.kind !== 'multi') return undefined;
  const body = shown(run, before);
  const name = collectionOf(elementOf(run, before.element));
  if (name === undefined) return { rest: body.variables ?? {}, results: undefined };
  const { [name]: _, ...rest } = body.variables ?? {};
  return { rest, results: { [name]: (body.kind === 'multi' && body.outputs) || [] } };
}
