/** Turns a token into a wait, with the boundary events of its element armed, or into a stuck token with the reason. */

import { armGuards, type Guard, prepareGuards, prepareTriggers, registerTriggers } from '../events/arm.ts';
import type { EventDefinition } from '../model/plan.ts';
import type { Wait, WaitOf } from '../model/types.ts';
import type { Failure } from './failure.ts';
import { advance } from './lifecycle.ts';
import { getWait, putWait } from './run.ts';
import type { Run, Token } from './run-types.ts';
import { incidentOf, isLoopInstance, journalIncident, lookupAt } from './token.ts';

/** Kind-specific members of the wait. */
export type WaitBody = Wait extends infer W
  ? W extends Wait
    ? Omit<W, 'key' | 'element' | 'scope' | 'host' | 'since' | 'incident'>
    : never
  : never;

/** Boundary events of a token's element, evaluated before the element starts, so that an invalid timer stops it first. */
function guardsOf(run: Run, token: Token): { ok: true; value: Guard[] } | Failure {
  const { element } = token;
  if (
    !('boundary' in element) ||
    element.boundary === undefined ||
    element.boundary.length === 0 ||
    isLoopInstance(run, token)
  )
    return noGuards;
  return prepareGuards(run, element.boundary, lookupAt(run, token));
}
const noGuards: { ok: true; value: Guard[] } = { ok: true, value: [] };

/** The token stays here: it becomes a wait, and its boundary events are armed. */
export function waitAt(run: Run, token: Token, body: WaitBody): Failure | undefined {
  const guards = guardsOf(run, token);
  if (!guards.ok) return guards;
  if (token.phase === 'activating') advance(run, token, 'active');
  putWait(run, newWait(run, token, body));
  if (guards.value.length > 0) armGuards(run, guards.value, token.key, token.scope);
  return undefined;
}

/** The token stays until one of these events occurs (all of them, where they are parallel). */
export function waitForEvents(run: Run, token: Token, events: EventDefinition[]): Failure | undefined {
  const triggers = prepareTriggers(run, events, lookupAt(run, token));
  if (!triggers.ok) return triggers;
  const failure = waitAt(run, token, { kind: 'event', triggers: triggers.value });
  if (failure) return failure;
  const wait = getWait(run, token.key);
  if (wait?.kind === 'event') registerTriggers(run, wait);
  return undefined;
}

/** The body is a fresh object and becomes the wait itself: copying it here was a third of the cost of a step. */
export function newWait(run: Run, token: Token, body: WaitBody): Wait {
  const { key, scope, host, variables } = token;
  const wait: Wait = Object.assign(body, { key, element: token.element.id, scope, since: run.now });
  if (host !== undefined) wait.host = host;
  if (variables !== undefined) wait.variables = variables;
  if (token.index !== undefined) wait.index = token.index;
  return wait;
}

/** The token is stuck: it stays with an incident. */
export function raiseIncidentAt(
  run: Run,
  token: Token,
  at: WaitOf<'stuck'>['at'],
  failure: Failure,
  about: Pick<WaitOf<'stuck'>, 'happened' | 'startEvent'> = {},
): void {
  const { flow, resets } = token;
  const wait = newWait(run, token, {
    kind: 'stuck',
    at,
    ...(flow !== undefined && { flow }),
    ...(resets && { resets }),
    ...about,
  });
  // Nothing has been done yet; only variables set by a multi-instance body are kept.
  if (at === 'enter' && token.host === undefined) delete wait.variables;
  wait.incident = incidentOf(run, failure);
  putWait(run, wait);
  journalIncident(run, token.element.id, token.key, failure);
}
