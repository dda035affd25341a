/**
 * Transaction: a subprocess that can be cancelled. Its cancel end event cancels everything in it, compensates completed
 * activities, and leaves by the cancel boundary event (BPMN 2.0.2, 10.3.5 transaction and 13.5.6).
 */

import { cancel, cancelInside } from '../core/cancel.ts';
import { type Failure, fail } from '../core/failure.ts';
import { advance } from '../core/lifecycle.ts';
import { adjustTokenCount } from '../core/live-tokens.ts';
import { leaveAfterEvent } from '../core/moves.ts';
import { end } from '../core/release.ts';
import { addJournalEntry, allWaits, elementOf, getWait, putWait, setTokens } from '../core/run.ts';
import type { Run, ScopeBehaviour, Token } from '../core/run-types.ts';
import { enclosing } from '../core/variables.ts';
import { compensationOf } from '../events/compensables.ts';
import { compensate, handlerEnded, leaveHandler } from '../events/compensation.ts';
import type { ElementOf } from '../model/plan.ts';
import type { Key, WaitOf } from '../model/types.ts';
import { completeScope, enterScope, forgetInside } from './scope.ts';

export const transaction: ScopeBehaviour<ElementOf<'transaction'>> = {
  enter: enterScope,
  emptied(run, scope) {
    if (scope.ending === 'cancel') leaveCancelled(run, scope.key);
    else completeScope(run, scope);
  },
  cancel: forgetInside,
};

export function transactionOf(run: Run, scope: Key): WaitOf<'scope'> | undefined {
  for (let key: Key | undefined = scope; key !== undefined; ) {
    const wait = getWait(run, key);
    if (wait === undefined) return undefined;
    if (wait.kind === 'scope' && elementOf(run, wait.element).kind === 'transaction') return wait;
    key = enclosing(run, wait);
  }
  return undefined;
}

export function notInTransaction(): Failure {
  return fail('unsupported', { reason: 'outside-transaction' });
}

/** @param token the cancel end event's; it stays until everything is undone */
export function cancelTransaction(token: Token, run: Run, of: WaitOf<'scope'>): void {
  run.throwingToken = undefined;
  cancelInside(run, of.key);
  setTokens(run, of.key, 1);
  putWait(run, { ...of, ending: 'cancel' });
  disarm(run, of.key);
  const ending: Token = { ...token, scope: of.key };
  if (compensate(ending, run, undefined, of.key)) return;
  advance(run, ending, 'completing');
  advance(run, ending, 'completed');
  leaveCancelled(run, of.key);
}

/** It is interrupted already: another event that would interrupt it now must not leave half of it undone (BPMN 2.0.2, figure 13.2). */
function disarm(run: Run, key: Key): void {
  const interrupting = allWaits(run).filter((wait) => {
    if (wait.host !== key || wait.kind !== 'event') return false;
    const event = elementOf(run, wait.element);
    return event.kind === 'boundaryEvent' && event.interrupting;
  });
  for (const wait of interrupting) end(run, wait);
}

/** Everything is undone. */
function leaveCancelled(run: Run, key: Key): void {
  const wait = getWait(run, key);
  if (wait === undefined) return;
  const body = wait.host === undefined ? undefined : getWait(run, wait.host);
  const host = body?.kind === 'multi' && body.element === wait.element ? body : wait;
  const compensation = compensationOf(run, host);
  const element = elementOf(run, wait.element);
  const boundary = (('boundary' in element && element.boundary) || []).find((id) => {
    const event = elementOf(run, id);
    return event.kind === 'boundaryEvent' && event.events.some(({ type }) => type === 'cancel');
  });
  cancel(run, host);
  if (boundary === undefined) {
    if (compensation === undefined) adjustTokenCount(run, host.scope!, -1);
    else handlerEnded(run, compensation);
    return;
  }
  addJournalEntry(run, 'event-fired', boundary, host.key, { type: 'cancel' });
  const leave = () => leaveAfterEvent(run, elementOf(run, boundary), host.scope!, undefined);
  if (compensation === undefined) leave();
  else leaveHandler(run, compensation, host.scope!, leave);
}
