/** Scopes: the process, subprocesses and event subprocesses contain tokens and are complete when none is left (BPMN 2.0.2, 13.3.4). */

import { withData } from '../core/data-associations.ts';
import type { Failure, Outcome } from '../core/failure.ts';
import { waitAt } from '../core/hold.ts';
import { scopeEmptied } from '../core/live-tokens.ts';
import { complete } from '../core/moves.ts';
import { elementOf, setTokens } from '../core/run.ts';
import type { Run, Token } from '../core/run-types.ts';
import { enqueueToken, lookupStartOf, tokenOf } from '../core/token.ts';
import { lookupFrom } from '../core/variables.ts';
import { armGuards, type Guard, prepareGuards } from '../events/arm.ts';
import { removeCompensables } from '../events/compensables.ts';
import type { ElementId, ElementOf, ScopeKind } from '../model/plan.ts';
import type { Wait, WaitOf } from '../model/types.ts';

export type ScopeElement = ElementOf<ScopeKind>;

/** The start events of a scope's event subprocesses, ready to be armed. */
export function prepareEventSubProcesses(run: Run, token: Token<ScopeElement>): Outcome<Guard[]> {
  const ids = token.element.eventSubProcesses;
  if (ids === undefined || ids.length === 0) return { ok: true, value: [] };
  const starts = ids.flatMap((id) => startsOf(run, id));
  return prepareGuards(run, starts, lookupFrom(run, token.variables, lookupStartOf(token)));
}

function startsOf(run: Run, id: ElementId): ElementId[] {
  const element = elementOf(run, id);
  return 'starts' in element ? element.starts : [];
}

/** Embedded subprocess: its token waits while tokens of its own run inside (BPMN 2.0.2, 10.3.5 and 13.3.4). */
export function enterScope(token: Token<ScopeElement>, run: Run): Failure | undefined {
  const inside = prepareEventSubProcesses(run, token);
  if (!inside.ok) return inside;
  token.variables = withData(run, token.element, token.variables ?? {});
  const failure = waitAt(run, token, { kind: 'scope', tokens: 0, variables: token.variables });
  if (failure) return failure;
  open(run, token, inside.value);
  return undefined;
}

/** Nothing is left in it: it is complete (BPMN 2.0.2, 13.3.4). */
export function completeScope(run: Run, scope: WaitOf<'scope'>): void {
  complete(run, tokenOf(run, scope));
}

/** Activities completed in a cancelled scope can no longer be compensated, also when the scope waits for its listeners or is stuck. */
export function forgetInside(run: Run, { key }: Wait): void {
  removeCompensables(run, key);
}

/** Arms the event subprocesses and starts the tokens of a new scope. */
function open(run: Run, token: Token<ScopeElement>, inside: Guard[]): void {
  const { starts } = token.element;
  if (inside.length > 0) armGuards(run, inside, token.key, token.key);
  setTokens(run, token.key, starts.length);
  for (const id of starts) enqueueToken(run, id, token.key);
  if (starts.length === 0) scopeEmptied(run, token.key);
}
