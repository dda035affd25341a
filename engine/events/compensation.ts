/**
 * Compensation in progress: the throwing token waits while handlers run one after the other, in reverse order of
 * completion, and continues when all are done (BPMN 2.0.2, 10.7.2 and 13.5.5).
 */

import { waitAt } from '../core/hold.ts';
import { adjustTokenCount } from '../core/live-tokens.ts';
import { complete } from '../core/moves.ts';
import { getWait, newKey, putWait, removeWait } from '../core/run.ts';
import type { Run, Token } from '../core/run-types.ts';
import { tokenOf } from '../core/token.ts';
import type { ElementId } from '../model/plan.ts';
import type { Key, WaitOf } from '../model/types.ts';
import { isUndo, takeCompensables } from './compensables.ts';

/**
 * Compensation is thrown: the token waits here until every handler is done.
 * @param activity only this one; absent: everything completed in the scope
 * @returns false when there is nothing to undo
 */
export function compensate(token: Token, run: Run, activity: ElementId | undefined, scope: Key): boolean {
  const list = takeCompensables(run, scope, activity);
  if (list.length === 0) return false;
  waitAt(run, token, { kind: 'multi', total: list.length, created: 0, active: 0, done: 0, items: list });
  const body = getWait(run, token.key);
  if (body?.kind === 'multi') launchNext(run, body);
  return true;
}

/** Compensation without waiting: a separate token that ends when all handlers have completed. */
export function compensateDetached(token: Token, run: Run, activity: ElementId | undefined, scope: Key): void {
  const list = takeCompensables(run, scope, activity);
  if (list.length === 0) return;
  adjustTokenCount(run, token.scope, 1);
  const body: WaitOf<'multi'> = {
    kind: 'multi',
    key: newKey(run),
    element: token.element.id,
    scope: token.scope,
    since: run.now,
    total: list.length,
    created: 0,
    active: 0,
    done: 0,
    items: list,
    aside: true,
  };
  putWait(run, body);
  launchNext(run, body);
}

function launchNext(run: Run, body: WaitOf<'multi'>): void {
  const item = body.items?.[body.created];
  if (!isUndo(item)) return;
  run.queue.push({
    element: item.element,
    scope: body.scope!,
    host: body.key,
    ...(item.variables && { variables: item.variables }),
    ...(item.inside !== null && { inside: item.inside }),
  });
  putWait(run, { ...body, created: body.created + 1, active: body.active + 1 });
}

/**
 * A handler was interrupted by its own boundary event: the token that continues there is an additional one, as the
 * handler had none, and the remaining handlers follow.
 */
export function leaveHandler(run: Run, key: Key, scope: Key, leave: () => void): void {
  adjustTokenCount(run, scope, 1);
  leave();
  handlerEnded(run, key);
}

export function handlerEnded(run: Run, key: Key): void {
  const body = getWait(run, key);
  if (body?.kind !== 'multi') return;
  const next = { ...body, active: body.active - 1, done: body.done + 1 };
  putWait(run, next);
  compensationDone(run, next);
}

/** One handler is done. */
export function compensationDone(run: Run, body: WaitOf<'multi'>): void {
  if (body.done < (body.total ?? 0)) {
    launchNext(run, body);
    return;
  }
  if (body.aside) {
    removeWait(run, body.key);
    adjustTokenCount(run, body.scope!, -1);
  } else complete(run, tokenOf(run, body));
}
