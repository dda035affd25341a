/** Cancelling a wait, with its attached events and everything inside it. */

import type { Key, Wait } from '../model/types.ts';
import { advance } from './lifecycle.ts';
import { end } from './release.ts';
import { allWaits, elementOf, getWait } from './run.ts';
import type { Run } from './run-types.ts';
import { tokenOf } from './token.ts';

/** Whether other waits may be attached to this one; spares a search for most. */
function mayHost(run: Run, wait: Wait): boolean {
  if (wait.kind === 'scope' || wait.kind === 'multi' || wait.kind === 'gateway') return true;
  const element = elementOf(run, wait.element);
  return 'boundary' in element && element.boundary !== undefined && element.boundary.length > 0;
}

/**
 * Cancels a wait with its boundary events and all that is inside. The token count of its scope is the caller's to settle.
 * The order is inside out, oldest first.
 */
export function cancel(run: Run, wait: Wait): void {
  if (getWait(run, wait.key) === undefined) return;
  if (mayHost(run, wait)) {
    stopArrivals(run, wait.key);
    for (const other of allWaits(run)) if (other.scope === wait.key || other.host === wait.key) cancel(run, other);
  }
  const hasToken = isToken(run, wait);
  end(run, wait);
  if (hasToken) {
    const token = tokenOf(run, wait);
    advance(run, token, 'cancelling');
    advance(run, token, 'cancelled');
  }
  // In any form: held by listeners it is a job, stopped by an incident it is stuck.
  run.kinds.behaviourOf(elementOf(run, wait.element)).cancel?.(run, wait);
}

/** Cancels everything within a scope and leaves the scope itself, without tokens. */
export function cancelInside(run: Run, scope: Key): void {
  stopArrivals(run, scope);
  for (const wait of allWaits(run)) if (wait.scope === scope) cancel(run, wait);
  run.tokens.set(scope, 0);
}

/** Tokens on their way into a scope or body never arrive; one throwing an event there is cancelled too. */
function stopArrivals(run: Run, key: Key): void {
  run.queue = run.queue.filter((arrival, i) => i < run.head || (arrival.scope !== key && arrival.host !== key));
  for (const token of run.throwingToken ? [run.throwingToken, ...run.thrown] : run.thrown) {
    if (token.scope !== key || token.phase === 'cancelled') continue;
    advance(run, token, 'cancelling');
    advance(run, token, 'cancelled');
  }
}

/** Cancels what still runs of a looping activity; its boundary events stay. */
export function cancelInstances(run: Run, body: Key): void {
  run.queue = run.queue.filter((arrival, i) => i < run.head || arrival.host !== body);
  for (const wait of allWaits(run)) if (wait.host === body && isToken(run, wait)) cancel(run, wait);
}

/** Attached events are not tokens and have no journal lines of their own. */
function isToken(run: Run, wait: Wait): boolean {
  if (wait.kind === 'join' || wait.element === run.plan.key || (wait.kind === 'scope' && wait.branch)) return false;
  if (wait.kind !== 'event' || wait.host === undefined) return true;
  const { kind } = elementOf(run, wait.element);
  return getWait(run, wait.host)?.kind === 'multi' && kind !== 'boundaryEvent';
}
