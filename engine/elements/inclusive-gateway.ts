import { complete, completeJoin } from '../core/moves.ts';
import { allWaits, elementOf, getWait, newKey } from '../core/run.ts';
import type { ElementBehaviour, Run } from '../core/run-types.ts';
import type { ElementOf } from '../model/plan.ts';
import type { WaitOf } from '../model/types.ts';
import { addArrival, consumeArrivals } from './join.ts';

/**
 * Inclusive gateway: splitting, every flow whose condition holds; joining, it waits as long as some token elsewhere in the scope can
 * still come to an incoming flow that has none (BPMN 2.0.2, 10.6.3 and 13.4.3).
 */
export const inclusiveGateway: ElementBehaviour<ElementOf<'inclusiveGateway'>> = {
  enter(token, run) {
    if (token.element.incoming.length < 2 || token.flow === undefined) complete(run, token);
    // Whether it is enough is seen when no token moves any more (`activateJoins`).
    else addArrival(run, token);
    return undefined;
  },
};

/**
 * Nothing that is still to come is worth waiting for: no token can reach an empty flow, except one that could as well reach a flow
 * that has its token already (BPMN 2.0.2, 13.4.3).
 */
export function isComplete(run: Run, join: WaitOf<'join'>): boolean {
  const element = elementOf(run, join.element);
  if (!('incoming' in element)) return true;
  const has = (flow: string) => Boolean(join.taken[flow]) || join.from?.includes(flow) === true;
  const empty = element.incoming.filter((flow) => !has(flow));
  if (join.from && isUnderWay(run, join)) return false;
  if (empty.length === 0) return true;
  const reach = run.plan.reach?.[join.element] ?? {};
  const reaches = (flow: string, from: string) => reach[flow]?.includes(from) ?? false;
  for (const wait of allWaits(run)) {
    if (wait.scope !== join.scope || wait.key === join.key) continue;
    // What hangs on another wait brings no token that its host does not stand for.
    if (wait.host !== undefined) continue;
    if (!empty.some((flow) => reaches(flow, wait.element))) continue;
    if (!element.incoming.some((flow) => has(flow) && reaches(flow, wait.element))) return false;
  }
  return true;
}

/** A complex gateway that has been activated is not done with that: its listeners are asked, or it is stuck. */
function isUnderWay(run: Run, { element, scope, key }: WaitOf<'join'>): boolean {
  return allWaits(run).some((wait) => wait.element === element && wait.scope === scope && wait.key !== key);
}

export function activateInclusive(run: Run, join: WaitOf<'join'>): void {
  const element = elementOf(run, join.element);
  consumeArrivals(run, join, () => 1);
  if (getWait(run, join.scope!) === undefined) return;
  completeJoin(run, { element, key: newKey(run), scope: join.scope!, phase: 'activating' });
}
