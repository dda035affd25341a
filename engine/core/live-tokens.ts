/** The live tokens of a scope: a scope without any is complete (BPMN 2.0.2, 13.3.4). */

import type { Key } from '../model/types.ts';
import { setTokens, tokensOf } from './run.ts';
import type { Run } from './run-types.ts';

/** Changes the number of live tokens of a scope. */
export function adjustTokenCount(run: Run, scope: Key, by: number): void {
  const tokens = tokensOf(run, scope) + by;
  setTokens(run, scope, tokens);
  if (tokens === 0) scopeEmptied(run, scope);
}

/** The last token of a scope is gone. */
export function scopeEmptied(run: Run, scope: Key): void {
  run.kinds.scopeEmptied(run, scope);
}
