/** Joins, looked at when no token moves any more: those that have all they can get go on; those that nobody can complete are told. */

import { activateComplex, canActivate, resetComplex } from '../elements/complex-gateway.ts';
import { activateInclusive, isComplete } from '../elements/inclusive-gateway.ts';
import type { Key, Wait, WaitOf } from '../model/types.ts';
import { cancelInside } from './cancel.ts';
import { fail } from './failure.ts';
import { scopeEmptied } from './live-tokens.ts';
import { addJournalEntry, allWaits, elementOf, getWait, putWait, setTokens } from './run.ts';
import type { Run } from './run-types.ts';
import { incidentOf, nameOf } from './token.ts';

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

/** Lets one join go on whose decision needs to know what else is alive. @returns whether there was one */
export function activateJoins(run: Run): boolean {
  if (run.plan.reach === undefined || run.changed.size === 0) return false;
  const joins = joinsOf(run);
  const starts = joins.find((join) => join.from === undefined && canActivate(run, join));
  if (starts) {
    activateComplex(run, starts);
    return true;
  }
  const waiting = joins.filter((join) => decidesLate(run, join));
  const join = waiting.find((one) => isComplete(run, one)) ?? waiting.find((one) => allStuck(run, one));
  if (!join) return false;
  if (join.from) resetComplex(run, join);
  else activateInclusive(run, join);
  return true;
}

function decidesLate(run: Run, join: WaitOf<'join'>): boolean {
  return join.from !== undefined || elementOf(run, join.element).kind === 'inclusiveGateway';
}

/** Joins that wait for each other: the oldest goes on. */
function allStuck(run: Run, join: WaitOf<'join'>): boolean {
  const inside = joinsOf(run).filter((other) => other.scope === join.scope);
  return inside.length === tokens(run, getWait(run, join.scope!));
}

/**
 * An ad-hoc subprocess whose completion condition has held is complete when its running activities are (BPMN 2.0.2, 13.3.5): tokens that
 * stand at joins are no such thing, and nothing begins any more that could bring the others. @returns whether there was one
 */
export function endAdHocs(run: Run): boolean {
  if (!changed(run)) return false;
  for (const key of touchedScopes(run)) {
    const scope = getWait(run, key);
    if (scope?.kind !== 'scope' || scope.ending !== 'complete') continue;
    const inside = joinsOf(run).filter((join) => join.scope === key);
    if (inside.length === 0 || inside.length !== tokens(run, scope)) continue;
    cancelInside(run, key);
    setTokens(run, key, 0);
    scopeEmptied(run, key);
    return true;
  }
  return false;
}

function touchedScopes(run: Run): Set<Key> {
  const scopes = new Set<Key>(run.tokens.keys());
  for (const wait of run.changed.values()) if (wait?.kind === 'join') scopes.add(wait.scope!);
  return scopes;
}

/** A scope whose tokens all stand at joins stays so for ever: nothing in it can move. */
export function markDeadJoins(run: Run): void {
  if (!changed(run)) return;
  const joins = joinsOf(run);
  for (const key of touchedScopes(run)) {
    const inside = joins.filter((join) => join.scope === key);
    if (inside.length > 0 && inside.length === tokens(run, getWait(run, key)))
      for (const join of inside) mark(run, join);
  }
}

function tokens(run: Run, scope: Wait | undefined): number {
  return scope?.kind === 'scope' ? (run.tokens.get(scope.key) ?? scope.tokens) : 0;
}

function mark(run: Run, join: WaitOf<'join'>): void {
  if (join.incident) return;
  const element = elementOf(run, join.element);
  const missing = 'incoming' in element ? element.incoming.filter((id) => !join.taken[id]) : [];
  const failure = fail('join-unreachable', `“${nameOf(element)}”还在等的路径，已没有任何步骤能够到达。`, { missing });
  putWait(run, { ...join, incident: incidentOf(run, failure) });
  addJournalEntry(run, 'incident-raised', element.id, join.key, { code: failure.code, message: failure.message });
}
