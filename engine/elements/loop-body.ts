/**
 * The body of a looping activity launches the instances, which have it as their host, and is complete when they are (BPMN 2.0.2, 13.3.6 and
 * 13.3.7).
 */

import { cancelInstances } from '../core/cancel.ts';
import { takeCollection } from '../core/collections.ts';
import { complete } from '../core/moves.ts';
import { getWait, putWait } from '../core/run.ts';
import type { Run } from '../core/run-types.ts';
import { checkQueue } from '../core/step-budget.ts';
import { tokenOf } from '../core/token.ts';
import type { Variables } from '../model/plan.ts';
import type { Key } from '../model/types.ts';

/** Tokens for further instances are pending. */
export function startLoopInstances(run: Run, key: Key, instances: Variables[]): void {
  const body = getWait(run, key);
  if (body?.kind !== 'multi' || instances.length === 0) return;
  instances.forEach((variables, i) => {
    run.queue.push({ element: body.element, scope: body.scope!, host: body.key, variables, index: body.created + i });
  });
  checkQueue(run);
  putWait(run, { ...body, created: body.created + instances.length, active: body.active + instances.length });
}

/** The body and thereby the activity are complete: remaining instances are cancelled, and the collection is propagated. */
export function finishBody(run: Run, key: Key): void {
  cancelInstances(run, key);
  const body = getWait(run, key);
  const collected = takeCollection(run, key);
  if (body && collected) complete(run, { ...tokenOf(run, body), variables: collected.rest }, collected.results);
}
