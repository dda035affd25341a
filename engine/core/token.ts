/**
 * Properties of a token: its wait, whether it is the body of a loop or one of its instances, the scope in which its expressions are
 * evaluated.
 */

import type { ElementId, FlowId, Json, PlanElement } from '../model/plan.ts';
import type { Incident, Key, Wait } from '../model/types.ts';
import type { Failure } from './failure.ts';
import { addJournalEntry, elementOf, getWait } from './run.ts';
import type { Run, ScopeBehaviour, Token } from './run-types.ts';
import { checkQueue } from './step-budget.ts';
import { enclosing, jsonEqual, type Lookup, lookupFrom } from './variables.ts';

export function nameOf(element: PlanElement): string {
  return element.name ?? element.id;
}

export function lookupStartOf(token: Token): Key {
  return token.host ?? token.scope;
}

export function lookupAt(run: Run, token: Token): Lookup {
  return lookupFrom(run, token.variables, lookupStartOf(token));
}

/** Where the expressions of something armed on this wait look for variables. */
export function lookupOf(run: Run, wait: Wait): Lookup {
  return lookupFrom(run, wait.variables, enclosing(run, wait));
}

/** The token of a wait. */
export function tokenOf(run: Run, wait: Wait): Token {
  const token: Token = {
    element: elementOf(run, wait.element),
    key: wait.key,
    scope: wait.scope ?? wait.key,
    phase: 'active',
  };
  if (wait.host !== undefined) token.host = wait.host;
  if (wait.variables !== undefined) token.variables = wait.variables;
  if (wait.index !== undefined) token.index = wait.index;
  return token;
}

/** How the enclosing scope treats its direct children. */
export function scopeAround(run: Run, { parent }: PlanElement): ScopeBehaviour | undefined {
  const around = parent === null ? undefined : run.plan.elements[parent];
  return around && run.kinds.scopeBehaviourOf(around);
}

/** The token of a looping activity as a whole; its instances have it as their host. A compensation handler may loop, too. */
export function isBody(run: Run, token: Token): boolean {
  return 'loop' in token.element && token.element.loop !== undefined && !isLoopInstance(run, token);
}

/** A round or instance of a looping activity, whose boundary events are attached to the body. */
export function isLoopInstance(run: Run, { element, host }: Token): boolean {
  if (host === undefined) return false;
  const body = getWait(run, host);
  return body === undefined || (body.kind === 'multi' && body.element === element.id);
}

/** An instance of a looping activity, or a compensation handler: its host decides what follows its end. */
export function isInner(run: Run, token: Token): boolean {
  return token.host !== undefined && getWait(run, token.host)?.kind === 'multi';
}

export function incidentOf(run: Run, failure: Failure): Incident {
  return { code: failure.code, params: failure.params, at: run.now };
}

/** Whether a failure only repeats an open incident. */
export function isSameIncident({ code, params }: Incident, failure: Failure): boolean {
  return code === failure.code && jsonEqual(params as Json, failure.params as Json);
}

export function journalIncident(run: Run, element: ElementId, key: Key, { code, params }: Failure): void {
  addJournalEntry(run, 'incident-raised', element, key, { code, params: params as Json });
}

export function enqueueToken(run: Run, element: string, scope: Key, flow?: FlowId): void {
  run.queue.push(flow === undefined ? { element, scope } : { element, scope, flow });
  checkQueue(run);
}
