/** Ending what waits before its time: a wait, all it hangs on, and everything inside it. */

import { endClocks } from './events/clocks.ts';
import { forget } from './events/compensation.ts';
import type { Token } from './lifecycle.ts';
import { advance } from './lifecycle.ts';
import { allWaits, command, elementOf, getWait, patch, type Run, removeWait } from './run.ts';
import { listenToCancel, standingTask } from './task-listeners.ts';
import { tokenOf } from './token.ts';
import type { ClosedTask, Key, Wait } from './types.ts';

const mostClosedTasks = 50;

/** Whether other waits may hang on this one; spares looking through all waits for most. */
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
  const told = isToken(run, wait);
  end(run, wait);
  // Also one that its listeners hold up, or that could not hand over: it is a job or stuck by then.
  if ('starts' in elementOf(run, wait.element)) forget(run, wait.key);
  if (standingTask(wait)) closeTask(run, { key: wait.key, element: wait.element, how: 'cancelled', at: run.now });
  if (told) {
    const token = tokenOf(run, wait);
    advance(run, token, 'cancelling');
    advance(run, token, 'cancelled');
  }
  listenToCancel(run, wait);
}

/** Cancels everything within a scope and leaves the scope itself, without tokens. */
export function cancelInside(run: Run, scope: Key): void {
  stopArrivals(run, scope);
  for (const wait of allWaits(run)) if (wait.scope === scope) cancel(run, wait);
  run.tokens.set(scope, 0);
}

/** Tokens on their way into a scope, or to a body, never arrive; one that throws an event there goes with it. */
function stopArrivals(run: Run, key: Key): void {
  run.queue = run.queue.filter((arrival, i) => i < run.head || (arrival.scope !== key && arrival.host !== key));
  const { flying } = run;
  if (flying?.scope !== key || flying.phase === 'cancelled') return;
  advance(run, flying, 'cancelling');
  advance(run, flying, 'cancelled');
}

/** Cancels what still runs of a looping activity; its boundary events stay. */
export function cancelInstances(run: Run, body: Key): void {
  run.queue = run.queue.filter((arrival, i) => i < run.head || arrival.host !== body);
  for (const wait of allWaits(run)) if (wait.host === body && isToken(run, wait)) cancel(run, wait);
}

/** Events armed on something else are no tokens of their own; the journal does not tell of them. */
function isToken(run: Run, wait: Wait): boolean {
  if (wait.kind === 'join' || wait.element === run.plan.key) return false;
  if (wait.kind !== 'event' || wait.host === undefined) return true;
  const { kind } = elementOf(run, wait.element);
  return getWait(run, wait.host)?.kind === 'multi' && kind !== 'boundaryEvent';
}

/** Takes a wait away, with whatever the runtime holds for it. */
export function end(run: Run, wait: Wait): void {
  const outside =
    wait.kind === 'job' ||
    wait.kind === 'call' ||
    (wait.kind === 'event' && wait.triggers.some((trigger, i) => trigger.type === 'timer' && !wait.fired?.includes(i)));
  if (outside) command(run, { do: 'drop', key: wait.key });
  endClocks(run, wait.key);
  removeWait(run, wait.key);
}

/** A token leaves: its boundary events go, the promises about it are met or were broken. */
export function releaseGuards(run: Run, token: Token): void {
  const { element } = token;
  const guarded =
    ('boundary' in element && element.boundary !== undefined && element.boundary.length > 0) ||
    ('eventSubProcesses' in element && element.eventSubProcesses !== undefined && element.eventSubProcesses.length > 0);
  if (guarded) for (const wait of allWaits(run)) if (wait.host === token.key) end(run, wait);
  endClocks(run, token.key);
}

export function closeTask(run: Run, task: ClosedTask): void {
  const closed = run.patch?.closedTasks ?? run.before.closedTasks;
  patch(run).closedTasks = [...closed, task].slice(-mostClosedTasks);
}
