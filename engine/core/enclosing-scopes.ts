/** Nesting of variable scopes, and the variables that are visible to a wait. */
import type { Variables } from '../model/plan.ts';
import type { InstanceState, Key, Wait } from '../model/types.ts';

/**
 * The next enclosing scope: for an instance of a multi-instance its body, otherwise the scope it belongs to.
 * @param host the wait's host, if it has one
 */
export function enclosingKey(wait: Wait, host: Wait | undefined): Key | undefined {
  return host?.kind === 'multi' ? wait.host : wait.scope;
}

export function enclosingWait({ waits }: InstanceState, wait: Wait): Wait | undefined {
  const key = enclosingKey(wait, wait.host === undefined ? undefined : waits[wait.host]);
  return key === undefined ? undefined : waits[key];
}

/** All variables visible to a wait: inner ones shadow outer ones. Empty for an unknown wait. */
export function visibleVariables(state: InstanceState, key: Key): Variables {
  let seen: Variables = {};
  for (let wait = state.waits[key]; wait; wait = enclosingWait(state, wait)) seen = { ...wait.variables, ...seen };
  return seen;
}
