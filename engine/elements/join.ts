/**
 * Joining gateways, and activities with a start quantity, wait for several tokens (BPMN 2.0.2, 13.3.2 and 13.4):
 * arrivals are counted per flow within one scope, in one record.
 */

import { adjustTokenCount } from '../core/live-tokens.ts';
import { allWaits, newKey, putWait, removeWait, setTokens, tokensOf } from '../core/run.ts';
import type { Run, Token } from '../core/run-types.ts';
import type { ElementId, FlowId, PlanElement } from '../model/plan.ts';
import type { Key, WaitOf } from '../model/types.ts';

export type Taken = Record<FlowId, number>;

/** Whether tokens come here by several flows. */
export function joinsFlows(element: PlanElement): boolean {
  return 'incoming' in element && element.incoming.length > 1;
}

export function findJoin(run: Run, element: ElementId, scope: Key): WaitOf<'join'> | undefined {
  for (const wait of allWaits(run))
    if (wait.kind === 'join' && wait.element === element && wait.scope === scope) return wait;
  return undefined;
}

/** One more token waits here; it and those before it count as one live token of the scope. */
export function addArrival(run: Run, token: Token): WaitOf<'join'> {
  const { element, scope, flow = '' } = token;
  const before = findJoin(run, element.id, scope);
  const taken: Taken = { ...before?.taken, [flow]: (before?.taken[flow] ?? 0) + 1 };
  let join: WaitOf<'join'>;
  if (before) {
    const { incident: _, ...rest } = before;
    join = { ...rest, taken };
    adjustTokenCount(run, scope, -1);
  } else join = { kind: 'join', key: newKey(run), element: element.id, scope, since: run.now, taken };
  putWait(run, join);
  return join;
}

/** Consumes tokens of a join; the caller continues with one token, which is counted here. */
export function consumeArrivals(run: Run, join: WaitOf<'join'>, less: (flow: FlowId, tokens: number) => number): void {
  const rest: Taken = {};
  for (const flow in join.taken) {
    const left = join.taken[flow]! - less(flow, join.taken[flow]!);
    if (left > 0) rest[flow] = left;
  }
  if (Object.keys(rest).length === 0 && join.from === undefined) removeWait(run, join.key);
  else {
    putWait(run, { ...join, taken: rest });
    setTokens(run, join.scope!, tokensOf(run, join.scope!) + 1);
  }
}

/**
 * Start quantity: an activity begins when that many tokens have arrived on any flow (BPMN 2.0.2, table 10.3 and
 * 13.3.2).
 * @returns whether this one completes the number
 */
export function hasGathered(run: Run, token: Token, quantity: number): boolean {
  const join = addArrival(run, token);
  let left = quantity;
  if (Object.values(join.taken).reduce((sum, n) => sum + n, 0) < quantity) return false;
  consumeArrivals(run, join, (_, tokens) => {
    const taken = Math.min(tokens, left);
    left -= taken;
    return taken;
  });
  return true;
}
