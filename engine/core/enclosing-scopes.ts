/** Nesting of variable scopes, and the variables that are visible to a wait. */
import type { Variables } from '../model/plan.ts';
import type { InstanceState, Key, Wait } from '../model/types.ts';

/**
 * The next scope outwards: an instance of a multi-instance lies in its body, everything else in the scope it lives in.
 * @param host the wait it has as its host, if it has one
 */
export function enclosingKey(wait: Wait, host: Wait | undefined): Key | undefined {
  return host?.kind === 'multi' ? wait.host : wait.scope;
}

export function enclosingWait({ waits }: InstanceState, wait: Wait): Wait | undefined {
  const key = enclosingKey(wait, wait.host === undefined ? undefined : waits[wait.host]);
  return key === undefined ? undefined : waits[key];
}

/** All variables that a wait sees: inner ones hide outer ones. None where there is no such wait. */
export function visibleVariables(state: InstanceState, key: Key): Variables {
  let seen: Variables = {};
  for (let wait = state.waits[key]; wait; wait = enclosingWait(state, wait)) seen = { ...wait.variables, ...seen };
  return seen;
}
