/**
 * Branches of an ad-hoc subprocess with an output collection: scopes of their own for variables and tokens, otherwise part of the
 * subprocess.
 */
import type { Key } from '../model/types.ts';
import { getWait } from './run.ts';
import type { Run } from './run-types.ts';

/** The ad-hoc subprocess of a token inside, above its branch. */
export function properScope(run: Run, key: Key): Key {
  const wait = getWait(run, key);
  return wait?.kind === 'scope' && wait.branch ? wait.scope! : key;
}
