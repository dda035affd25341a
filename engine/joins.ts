/** Joins that nobody can complete any more: told as an incident at once, never a silent wait. */
import { fail } from './failure.ts';
import { incidentOf, nameOf } from './moves.ts';
import { allWaits, elementOf, getWait, note, putWait, type Run } from './run.ts';
import type { Key, Wait, WaitOf } from './types.ts';

/** A scope whose tokens all stand at joins stays so for ever: nothing in it can move. */
export function markDeadJoins(run: Run): void {
  const scopes = new Set<Key>(run.tokens.keys());
  for (const wait of run.changed.values()) if (wait?.kind === 'join') scopes.add(wait.scope!);
  if (scopes.size === 0) return;
  const joins = allWaits(run).filter((wait): wait is WaitOf<'join'> => wait.kind === 'join');
  for (const key of scopes) {
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
  note(run, 'incident-raised', element.id, join.key, { code: failure.code, message: failure.message });
}
