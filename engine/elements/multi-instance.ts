/**
 * Multi-instance: the activity is performed once per item or a given number of times, sequentially or in parallel,
 * until all are done or the completion condition holds (BPMN 2.0.2, 10.3.8 and 13.3.7).
 */

import { collect } from '../core/collections.ts';
import { type Failure, fail, failedExpression, type Outcome } from '../core/failure.ts';
import { waitAt } from '../core/hold.ts';
import { getWait } from '../core/run.ts';
import type { Run, Token } from '../core/run-types.ts';
import { lookupAt } from '../core/token.ts';
import { evaluate, type Lookup, lookupFrom } from '../core/variables.ts';
import { wholeNumberOf } from '../core/whole-number.ts';
import { throwImplicit } from '../events/throw.ts';
import { setOwn } from '../model/own-property.ts';
import type { Json, MultiInstance, Variables } from '../model/plan.ts';
import type { WaitOf } from '../model/types.ts';
import { conditionHolds } from './condition.ts';
import { finishBody, startLoopInstances } from './loop-body.ts';
import { outputVariables } from './output-element.ts';

/** Parallel instances alive at a time: ten thousand items make no state of ten thousand waits. */
const maxActive = 500;

/** And this many in all: a wrong number must not fill the memory of a worker. */
const maxInstances = 100_000;

export interface FinishedInstance {
  /** Its place. */
  index: number;
  variables: Variables;
  output?: Json;
}

export function enterMultiInstance(token: Token, loop: MultiInstance, run: Run): Failure | undefined {
  const size = sizeOf(run, loop, lookupAt(run, token));
  if (!size.ok) return size;
  const { total, items } = size.value;
  if (total > maxInstances)
    return fail('too-many-instances', { reason: 'instance-count', count: total, limit: maxInstances });
  const outputs = loop.outputCollection === undefined ? undefined : new Array<Json>(total).fill(null);
  if (loop.outputCollection !== undefined && outputs)
    token.variables = { ...token.variables, [loop.outputCollection]: outputs };
  const failure = waitAt(run, token, {
    kind: 'multi',
    total,
    created: 0,
    active: 0,
    done: 0,
    ...(items && { items }),
    ...(outputs && { outputs }),
  });
  if (failure) return failure;
  const body = getWait(run, token.key);
  if (body?.kind === 'multi') next(run, body, loop);
  return undefined;
}

function sizeOf(run: Run, loop: MultiInstance, lookup: Lookup): Outcome<{ total: number; items?: Json[] }> {
  if (loop.inputCollection !== undefined) {
    const result = evaluate(run, loop.inputCollection, lookup);
    if (!result.ok) return failedExpression('input-collection', loop.inputCollection, result);
    if (!Array.isArray(result.value))
      return fail('expression-failed', { reason: 'wrong-type', part: 'input-collection', expected: 'list' });
    return { ok: true, value: { total: result.value.length, items: result.value } };
  }
  if (loop.cardinality === undefined) return fail('expression-failed', { reason: 'cardinality-missing' });
  const result = evaluate(run, loop.cardinality, lookup);
  if (!result.ok) return failedExpression('loop-cardinality', loop.cardinality, result);
  const total = wholeNumberOf(result.value);
  return total !== undefined
    ? { ok: true, value: { total } }
    : fail('expression-failed', {
        reason: 'wrong-type',
        part: 'loop-cardinality',
        expected: 'whole-number',
        value: result.value,
      });
}

/** Starts what may start now, or finishes. */
function next(run: Run, body: WaitOf<'multi'>, loop: MultiInstance): void {
  const total = body.total ?? 0;
  if (body.done >= total) {
    finishBody(run, body.key);
    return;
  }
  const room = (loop.sequential ? 1 : maxActive) - body.active;
  const instances: Variables[] = [];
  const around = loop.outputElement && lookupFrom(run, undefined, body.key);
  for (let i = body.created; i < total && instances.length < room; i++) {
    const own: Variables = { loopCounter: i + 1 };
    if (loop.inputElement !== undefined) setOwn(own, loop.inputElement, body.items?.[i] ?? null);
    const brought = loop.outputElement && around && outputVariables(loop.outputElement, own, around);
    instances.push(brought ? { ...own, ...brought } : own);
  }
  startLoopInstances(run, body.key, instances);
}

/**
 * @param finished absent on a retry of a failed decision
 * @param seen variables of the instance that the decision is about
 */
export function afterInstance(
  run: Run,
  before: WaitOf<'multi'>,
  loop: MultiInstance,
  finished: FinishedInstance | undefined,
  seen: Variables | undefined,
): Failure | undefined {
  let body = before;
  if (finished?.output !== undefined && body.outputs) collect(run, body, finished.index, finished.output);
  const lookup = countersOver(run, body, seen);
  let ended = false;
  if (finished) {
    const thrown = throwBehaviors(run, body, loop, lookup);
    if (!thrown.ok) return thrown;
    const now = getWait(run, body.key);
    // A thrown event may have ended the activity.
    if (now?.kind !== 'multi') return undefined;
    body = now;
    ended = thrown.value;
  }
  const done = conditionHolds(run, loop.completionCondition, 'completion-condition', lookup);
  if (!done.ok) return done;
  if (done.value || ended) finishBody(run, body.key);
  else next(run, body, loop);
  return undefined;
}

/** Instance attributes for conditions of a multi-instance (BPMN 2.0.2, table 10.31), under the names of common modelers. */
function countersOver(run: Run, body: WaitOf<'multi'>, locals: Variables | undefined): Lookup {
  const counters: Variables = {
    numberOfInstances: body.total,
    numberOfActiveInstances: body.active,
    numberOfCompletedInstances: body.done,
    numberOfTerminatedInstances: 0,
  };
  const outer = lookupFrom(run, locals, body.key);
  return (name) => (Object.hasOwn(counters, name) ? counters[name] : outer(name));
}

/**
 * Events thrown as instances complete: each time, at the first, or by condition (BPMN 2.0.2, table 10.30 behavior).
 * @returns whether no further instance may start: the event was caught by an interrupting boundary event
 */
function throwBehaviors(run: Run, body: WaitOf<'multi'>, loop: MultiInstance, lookup: Lookup): Outcome<boolean> {
  const goesOn = { ok: true, value: false } as const;
  const simple = loop.behavior === 'none' ? loop.noneEvent : body.done === 1 ? loop.oneEvent : undefined;
  if (loop.behavior === 'none' || loop.behavior === 'one') {
    const thrown = simple ? throwImplicit(run, body, simple, lookup) : goesOn;
    return thrown.ok ? goesOn : thrown;
  }
  if (loop.behavior !== 'complex') return goesOn;
  let ended = false;
  for (const { condition, event } of loop.complex ?? []) {
    const result = conditionHolds(run, condition, 'event-condition', lookup);
    if (!result.ok) return result;
    if (!result.value) continue;
    const thrown = throwImplicit(run, body, event, lookup);
    if (!thrown.ok) return thrown;
    ended ||= thrown.value;
    if (getWait(run, body.key) === undefined) return goesOn;
  }
  return { ok: true, value: ended };
}
