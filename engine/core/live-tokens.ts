/** The live tokens of a scope: a scope without any is complete (BPMN 2.0.2, 13.3.4). */

import type { Key } from '../model/types.ts';
import { elementOf, getScope, setTokens, tokensOf } from './run.ts';
import type { Run } from './run-types.ts';

/** Changes the number of live tokens of a scope. */
export function adjustTokenCount(run: Run, scope: Key, by: number): void {
  const tokens = tokensOf(run, scope) + by;
  setTokens(run, scope, tokens);
  if (tokens === 0) scopeEmptied(run, scope);
}

/** The last token of a scope is gone. */
export function scopeEmptied(run: Run, scope: Key): void {
  const wait = getScope(run, scope);
  const behaviour = run.kinds.scopeBehaviourOf(elementOf(run, wait.element));
  if (behaviour === undefined) throw new Error(`${wait.element} holds no tokens.`);
  behaviour.emptied(run, wait);
}
