/** Joins, evaluated once no token can move: complete ones continue; those that can never complete become incidents. */

import type { Key, Wait, WaitOf } from '../model/types.ts';
import { fail } from './failure.ts';
import { allWaits, elementOf, getWait, putWait } from './run.ts';
import type { JoinBehaviour, Run } from './run-types.ts';
import { incidentOf, journalIncident } from './token.ts';

function joinsOf(run: Run): WaitOf<'join'>[] {
  return allWaits(run).filter((wait): wait is WaitOf<'join'> => wait.kind === 'join');
}

/** Whether anything changed in this step that a join could depend on. */
function changed(run: Run): boolean {
  return run.changed.size > 0 && (run.plan.reach !== undefined || run.tokens.size > 0 || joinChanged(run));
}

function joinChanged(run: Run): boolean {
  for (const wait of run.changed.values()) if (wait?.kind === 'join') return true;
  return false;
}

/**
 * Activates one join whose decision depends on the other tokens.
 * @returns whether there was one
 */
export function activateJoins(run: Run): boolean {
  if (run.plan.reach === undefined || run.changed.size === 0) return false;
  const joins = joinsOf(run);
  const ready = joins.find((join) => join.from === undefined && behaviourOf(run, join)?.canActivate?.(run, join));
  if (ready) {
    behaviourOf(run, ready)?.activate?.(run, ready);
    return true;
  }
  const waiting = joins.filter((join) => behaviourOf(run, join)?.awaitsAll?.(join));
  const join = waiting.find((one) => isComplete(run, one)) ?? waiting.find((one) => allStuck(run, one));
  if (!join) return false;
  behaviourOf(run, join)?.exhausted?.(run, join);
  return true;
}

/** None: an activity with a start quantity. */
function behaviourOf(run: Run, join: WaitOf<'join'>): JoinBehaviour | undefined {
  return run.kinds.behaviourOf(elementOf(run, join.element)).join;
}

/**
 * Nothing that is still to come is worth waiting for: no token can reach an empty flow, except one that could as well reach a flow
 * that has its token already (BPMN 2.0.2, 13.4.3).
 */
function isComplete(run: Run, join: WaitOf<'join'>): boolean {
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
    // Attached waits bring no token besides their host's.
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

/** Joins that wait for each other: the oldest is activated. */
function allStuck(run: Run, join: WaitOf<'join'>): boolean {
  const inside = joinsOf(run).filter((other) => other.scope === join.scope);
  return inside.length === tokens(run, getWait(run, join.scope!));
}

function touchedScopes(run: Run): Set<Key> {
  const scopes = new Set<Key>(run.tokens.keys());
  for (const wait of run.changed.values()) if (wait?.kind === 'join') scopes.add(wait.scope!);
  return scopes;
}

/** Scopes in which all tokens are at joins, so that nothing can move any more. */
export function stalledScopes(run: Run): { scope: Key; joins: WaitOf<'join'>[] }[] {
  if (!changed(run)) return [];
  const joins = joinsOf(run);
  if (joins.length === 0) return [];
  return [...touchedScopes(run)].flatMap((scope) => {
    const inside = joins.filter((join) => join.scope === scope);
    return inside.length > 0 && inside.length === tokens(run, getWait(run, scope)) ? [{ scope, joins: inside }] : [];
  });
}

/** They stay so for ever. */
export function markDeadJoins(run: Run): void {
  for (const { joins } of stalledScopes(run)) for (const join of joins) mark(run, join);
}

function tokens(run: Run, scope: Wait | undefined): number {
  return scope?.kind === 'scope' ? (run.tokens.get(scope.key) ?? scope.tokens) : 0;
}

function mark(run: Run, join: WaitOf<'join'>): void {
  if (join.incident) return;
  const element = elementOf(run, join.element);
  const missing = 'incoming' in element ? element.incoming.filter((id) => !join.taken[id]) : [];
  const failure = fail('join-unreachable', { reason: 'flows-unreachable', missing });
  putWait(run, { ...join, incident: incidentOf(run, failure) });
  journalIncident(run, element.id, join.key, failure);
}
