/** Scopes: the process, subprocesses and event subprocesses hold tokens of their own and are complete when none is left (BPMN 2.0.2, 13.3.4). */
import { withData } from '../associations.ts';
import { armGuards, type Guard, prepareGuards } from '../events/arm.ts';
import { leaveFrom } from '../events/fire.ts';
import type { Failure, Outcome } from '../failure.ts';
import { hold } from '../hold.ts';
import { endInstance } from '../instance.ts';
import { advance, type Token } from '../lifecycle.ts';
import { complete } from '../moves.ts';
import type { ElementId, ElementOf } from '../plan.ts';
import { elementOf, getScope, getWait, type Run, setTokens } from '../run.ts';
import { send, startOf, tokenOf } from '../token.ts';
import type { Key } from '../types.ts';
import { lookupFrom, setVariables } from '../variables.ts';
import { startPending } from './ad-hoc-sub-process.ts';
import { leaveCancelled } from './transaction.ts';

export type ScopeElement = ElementOf<'process' | 'subProcess' | 'transaction' | 'eventSubProcess' | 'adHocSubProcess'>;

/** The start events of a scope's event subprocesses, ready to be armed. */
export function prepareEventSubProcesses(run: Run, token: Token<ScopeElement>): Outcome<Guard[]> {
  const ids = token.element.eventSubProcesses;
  if (ids === undefined || ids.length === 0) return { ok: true, value: [] };
  const starts = ids.flatMap((id) => startsOf(run, id));
  return prepareGuards(run, starts, lookupFrom(run, token.variables, startOf(token)));
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
  const failure = hold(run, token, { kind: 'scope', tokens: 0, variables: token.variables });
  if (failure) return failure;
  open(run, token, inside.value);
  return undefined;
}

/** Arms the event subprocesses and starts the tokens of a scope that has just been put. */
function open(run: Run, token: Token<ScopeElement>, inside: Guard[]): void {
  const { starts } = token.element;
  if (inside.length > 0) armGuards(run, inside, token.key, token.key);
  setTokens(run, token.key, starts.length);
  for (const id of starts) send(run, id, token.key);
  if (starts.length === 0) scopeEmptied(run, token.key);
}

/** The last token of a scope is gone. */
export function scopeEmptied(run: Run, key: Key): void {
  const wait = getScope(run, key);
  const element = elementOf(run, wait.element);
  if (wait.ending === 'cancel') {
    leaveCancelled(run, key);
    return;
  }
  if (wait.pending !== undefined && startPending(run, wait)) return;
  if (element.kind === 'process') endInstance(run, 'completed');
  else complete(run, tokenOf(run, wait));
}

/**
 * The process itself begins; the root scope is put already.
 * @param happened the start named has happened: nothing waits for it again
 */
export function beginProcess(run: Run, starts: ElementId[], happened: boolean): Failure | undefined {
  const root = getWait(run, run.before.root);
  const element = elementOf(run, run.plan.key);
  if (root === undefined || element.kind !== 'process') throw new Error('The plan has no process.');
  setVariables(run, root.key, withData(run, element, root.variables ?? {}));
  const token: Token<ScopeElement> = {
    element,
    key: root.key,
    scope: root.key,
    phase: 'activating',
    variables: getWait(run, root.key)?.variables ?? {},
  };
  const inside = prepareEventSubProcesses(run, token);
  if (!inside.ok) return inside;
  advance(run, token, 'active');
  if (inside.value.length > 0) armGuards(run, inside.value, token.key, token.key);
  const others = starts.flatMap((id) => alsoAwaited(run, id));
  setTokens(run, token.key, starts.length + others.length);
  for (const id of starts) {
    const start = elementOf(run, id);
    // Its message has come already: it is what started the instance (BPMN 2.0.2, 13.3.3 receive task, 10.6.6 instantiate).
    if (happened && (start.kind === 'receiveTask' || start.kind === 'intermediateCatchEvent'))
      leaveFrom(run, start, token.key, undefined);
    else send(run, id, token.key);
  }
  for (const id of others) send(run, id, token.key);
  if (starts.length === 0) scopeEmptied(run, token.key);
  return undefined;
}

/** Behind a parallel event-based gateway that starts the instance, every other event must occur too (BPMN 2.0.2, 10.6.6). */
function alsoAwaited(run: Run, start: ElementId): ElementId[] {
  const element = elementOf(run, start);
  if (!('incoming' in element)) return [];
  for (const flow of element.incoming) {
    const gateway = run.plan.elements[run.plan.flows[flow]?.source ?? ''];
    if (gateway?.kind !== 'eventBasedGateway' || !gateway.instantiate || !gateway.parallel) continue;
    return gateway.outgoing.map((id) => run.plan.flows[id]!.target).filter((id) => id !== start);
  }
  return [];
}
