/** Evaluates joins again after a migration: the new definition may require fewer tokens. */

import { begin, completeJoin as passJoin } from '../core/moves.ts';
import { allWaits, elementOf, getWait, newKey, putWait } from '../core/run.ts';
import type { Run } from '../core/run-types.ts';
import { consumeArrivals } from '../elements/join.ts';
import type { PlanElement } from '../model/plan.ts';
import type { Key, Wait, WaitOf } from '../model/types.ts';
import { quantityOf } from './match.ts';

/** @param before the waits as they were, by key */
export function completeJoins(run: Run, before: Record<Key, Wait>): void {
  for (const wait of allWaits(run)) {
    if (wait.kind !== 'join') continue;
    // Marked as changed, so that joins that decide late and those that can no longer complete are evaluated.
    putWait(run, wait === before[wait.key] ? wait : withoutIncident(wait));
    const element = elementOf(run, wait.element);
    for (let join = isFull(run, wait.key, element); join; join = isFull(run, wait.key, element))
      pass(run, join, element);
  }
}

/** Whether it can still complete is decided again by the new definition. */
function withoutIncident(join: WaitOf<'join'>): WaitOf<'join'> {
  const { incident: _, ...rest } = join;
  return rest;
}

function isFull(run: Run, key: Key, element: PlanElement): WaitOf<'join'> | undefined {
  const join = getWait(run, key);
  if (join?.kind !== 'join') return undefined;
  if (element.kind === 'parallelGateway')
    return element.incoming.every((flow) => (join.taken[flow] ?? 0) > 0) ? join : undefined;
  const quantity = quantityOf(element);
  return quantity > 1 && sum(join) >= quantity ? join : undefined;
}

const sum = (join: WaitOf<'join'>): number => Object.values(join.taken).reduce((all, n) => all + n, 0);

function pass(run: Run, join: WaitOf<'join'>, element: PlanElement): void {
  const token = { element, key: newKey(run), scope: join.scope!, phase: 'activating' as const };
  if (element.kind === 'parallelGateway') {
    consumeArrivals(run, join, () => 1);
    passJoin(run, token);
    return;
  }
  let left = quantityOf(element);
  consumeArrivals(run, join, (_, tokens) => {
    const taken = Math.min(tokens, left);
    left -= taken;
    return taken;
  });
  begin(run, token);
}
