/** Whether a modification would leave a join with a token too many, or waiting for one that cannot come. */

import { canReach } from '../analysis/reach.ts';
import type { ElementId, ElementOf, FlowId, Plan } from '../model/plan.ts';
import type { InstanceState, Key, Wait } from '../model/types.ts';

/** @returns the join that was all right before and is not after */
export function wrongJoin(plan: Plan, before: InstanceState, after: InstanceState): ElementId | undefined {
  for (const scope of Object.values(after.waits)) {
    if (scope.kind !== 'scope') continue;
    for (const element of Object.values(plan.elements)) {
      if (element.kind !== 'parallelGateway' || element.parent !== scope.element || element.incoming.length < 2)
        continue;
      if (overfull(element, before, after, scope.key)) return element.id;
      if (lacks(plan, element, after, scope.key) && !lacks(plan, element, before, scope.key)) return element.id;
    }
  }
  return undefined;
}

function takenAt(element: ElementId, state: InstanceState, scope: Key): Record<FlowId, number> {
  for (const wait of Object.values(state.waits))
    if (wait.kind === 'join' && wait.element === element && wait.scope === scope) return wait.taken;
  return {};
}

function overfull(
  join: ElementOf<'parallelGateway'>,
  before: InstanceState,
  after: InstanceState,
  scope: Key,
): boolean {
  const then = takenAt(join.id, before, scope);
  const now = takenAt(join.id, after, scope);
  return join.incoming.some((flow) => (now[flow] ?? 0) > Math.max(1, then[flow] ?? 0));
}

/** Some of its tokens are there or can come, others cannot. */
function lacks(plan: Plan, join: ElementOf<'parallelGateway'>, state: InstanceState, scope: Key): boolean {
  const taken = takenAt(join.id, state, scope);
  const tokens = Object.values(state.waits).filter((wait) => wait.scope === scope && isToken(state, wait));
  const comes = (flow: FlowId) =>
    (taken[flow] ?? 0) > 0 || tokens.some((wait) => wait.element !== join.id && canReach(plan, wait.element, flow));
  const flows = join.incoming.filter(comes);
  return flows.length > 0 && flows.length < join.incoming.length;
}

function isToken(state: InstanceState, wait: Wait): boolean {
  return wait.key !== state.root && (wait.host === undefined || state.waits[wait.host]?.kind === 'gateway');
}
