import { leaveGateway } from '../core/flows.ts';
import { complete, completeJoin } from '../core/moves.ts';
import { elementOf, getWait, newKey } from '../core/run.ts';
import type { ElementBehaviour, Run } from '../core/run-types.ts';
import type { ElementOf } from '../model/plan.ts';
import type { WaitOf } from '../model/types.ts';
import { addArrival, consumeArrivals } from './join.ts';

/**
 * Inclusive gateway: as a split, takes every flow whose condition holds; as a join, waits while another token of the
 * scope can still reach an empty incoming flow (BPMN 2.0.2, 10.6.3 and 13.4.3).
 */
export const inclusiveGateway: ElementBehaviour<ElementOf<'inclusiveGateway'>> = {
  enter(token, run) {
    if (token.element.incoming.length < 2 || token.flow === undefined) complete(run, token);
    // Decided when no token moves any more (`activateJoins`).
    else addArrival(run, token);
    return undefined;
  },
  leave: leaveGateway,
  join: { awaitsAll: () => true, exhausted: activate },
};

function activate(run: Run, join: WaitOf<'join'>): void {
  const element = elementOf(run, join.element);
  consumeArrivals(run, join, () => 1);
  if (getWait(run, join.scope!) === undefined) return;
  completeJoin(run, { element, key: newKey(run), scope: join.scope!, phase: 'activating' });
}
