/** The beginning of an instance: its process opens, with the start events that begin it (BPMN 2.0.2, 13.3.1 and 13.5.1). */

import { prepareEventSubProcesses, type ScopeElement } from '../elements/scope.ts';
import { armGuards } from '../events/arm.ts';
import { startProcessListeners } from '../listeners/ask.ts';
import type { ElementId } from '../model/plan.ts';
import type { EngineEvent } from '../model/types.ts';
import { withData } from './data-associations.ts';
import type { Failure } from './failure.ts';
import { advance } from './lifecycle.ts';
import { scopeEmptied } from './live-tokens.ts';
import { leaveAfterEvent } from './moves.ts';
import { addJournalEntry, elementOf, getWait, newKey, putWait, setTokens } from './run.ts';
import type { Run, Token } from './run-types.ts';
import { enqueueToken, incidentOf, journalIncident } from './token.ts';
import { setVariables } from './variables.ts';

/** The event `start`: the scope of the process is there, its start listeners are asked, then it begins. */
export function startInstance(run: Run, event: Extract<EngineEvent, { type: 'start' }>): void {
  const { plan, before, now } = run;
  // A retry of a start that failed is no second one.
  if (before.journalLength === 0) addJournalEntry(run, 'instance-started', plan.key, before.root);
  const process = plan.elements[plan.key];
  if (process?.kind !== 'process') throw new Error(`The plan ${plan.key} has no process.`);
  putWait(run, {
    kind: 'scope',
    key: before.root,
    element: plan.key,
    since: now,
    tokens: 0,
    // Corrections made since a failed start are kept.
    variables: { ...event.variables, ...getWait(run, before.root)?.variables },
  });
  if (!startProcessListeners(run, 'start', event.startEvent)) beginProcess(run, event.startEvent);
}

/** @param startEvent absent: all that begin by themselves */
export function beginProcess(run: Run, startEvent: ElementId | undefined): void {
  const { plan } = run;
  const process = elementOf(run, plan.key);
  if (process.kind !== 'process') throw new Error(`The plan ${plan.key} has no process.`);
  beginAt(run, startEvent === undefined ? process.starts : [startEvent], startEvent ?? plan.key);
}

/** @param at element of the incident when the process cannot start */
export function beginAt(run: Run, starts: string[], at: string): void {
  const failure = openProcess(run, starts, at !== run.plan.key);
  if (!failure) return;
  const key = newKey(run);
  setTokens(run, run.before.root, 1);
  putWait(run, {
    kind: 'stuck',
    key,
    element: at,
    scope: run.before.root,
    since: run.now,
    at: 'resume',
    incident: incidentOf(run, failure),
  });
  journalIncident(run, at, key, failure);
}

/**
 * Starts the tokens of the process, whose scope exists already.
 * @param happened the start event that has fired and is not armed again
 */
function openProcess(run: Run, starts: ElementId[], happened: boolean): Failure | undefined {
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
      leaveAfterEvent(run, start, token.key, undefined);
    else enqueueToken(run, id, token.key);
  }
  for (const id of others) enqueueToken(run, id, token.key);
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
