import { complete, count, type ElementBehaviour } from '../moves.ts';
import type { ElementId, ElementOf, FlowId } from '../plan.ts';
import { allWaits, newKey, putWait, type Run, removeWait, setTokens, tokensOf } from '../run.ts';
import type { Key, WaitOf } from '../types.ts';

/** Parallel gateway: it waits for one token on each incoming flow, then takes every outgoing one (BPMN 2.0.2, 10.6.4 and 13.4.1). */
export const parallelGateway: ElementBehaviour<ElementOf<'parallelGateway'>> = {
  enter(token, run) {
    const { element, scope, flow } = token;
    if (element.incoming.length < 2 || flow === undefined) {
      complete(run, token);
      return undefined;
    }
    const join = findJoin(run, element.id, scope);
    const taken = { ...join?.taken, [flow]: (join?.taken[flow] ?? 0) + 1 };
    if (!element.incoming.every((id) => (taken[id] ?? 0) > 0)) {
      keepJoin(run, join, element.id, scope, taken);
      if (join) count(run, scope, -1);
      return undefined;
    }
    const rest: Record<FlowId, number> = {};
    for (const id in taken) if (taken[id]! > 1 || !element.incoming.includes(id)) rest[id] = taken[id]! - 1;
    const left = Object.keys(rest).length > 0;
    if (join && !left) removeWait(run, join.key);
    else if (join) keepJoin(run, join, element.id, scope, rest);
    // The token goes on as one; the join's own, when it is gone, was the other.
    if (join && !left) setTokens(run, scope, tokensOf(run, scope) - 1);
    complete(run, token);
    return undefined;
  },
  choose: (token) => token.element.outgoing,
};

export function findJoin(run: Run, element: ElementId, scope: Key): WaitOf<'join'> | undefined {
  for (const wait of allWaits(run))
    if (wait.kind === 'join' && wait.element === element && wait.scope === scope) return wait;
  return undefined;
}

export function keepJoin(
  run: Run,
  join: WaitOf<'join'> | undefined,
  element: ElementId,
  scope: Key,
  taken: Record<FlowId, number>,
): void {
  if (join) {
    const { incident: _, ...rest } = join;
    putWait(run, { ...rest, taken });
  } else putWait(run, { kind: 'join', key: newKey(run), element, scope, since: run.now, taken });
}
