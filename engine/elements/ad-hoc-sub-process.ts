/**
 * Ad-hoc subprocess: elements without incoming flow may be performed in any order, in parallel or sequentially, until
 * the completion condition holds or nothing is left (BPMN 2.0.2, 10.3.5 ad-hoc and 13.3.5).
 */

import { properScope } from '../core/branches.ts';
import { cancelInside } from '../core/cancel.ts';
import { withData } from '../core/data-associations.ts';
import { type Failure, fail, failedExpression, type Outcome } from '../core/failure.ts';
import { waitAt } from '../core/hold.ts';
import { stalledScopes } from '../core/joins.ts';
import { scopeEmptied } from '../core/live-tokens.ts';
import { complete } from '../core/moves.ts';
import { addJournalEntry, allWaits, elementOf, getWait, putWait, setTokens, tokensOf } from '../core/run.ts';
import type { Run, ScopeBehaviour, Token } from '../core/run-types.ts';
import { incidentOf, isSameIncident, journalIncident, lookupAt, tokenOf } from '../core/token.ts';
import { evaluate, lookupFrom } from '../core/variables.ts';
import { armGuards } from '../events/arm.ts';
import { elementKinds } from '../model/element-kinds.ts';
import { oncePerPlan } from '../model/once-per-plan.ts';
import type { ElementId, ElementOf, PlanElement } from '../model/plan.ts';
import type { Key, WaitOf } from '../model/types.ts';
import { collectOutput, endBranch, outputElementOf, startBranches, withCollection } from './ad-hoc-collection.ts';
import { conditionHolds } from './condition.ts';
import { forgetInside, prepareEventSubProcesses } from './scope.ts';

type AdHoc = ElementOf<'adHocSubProcess'>;

export const adHocSubProcess: ScopeBehaviour<AdHoc> = {
  enter(token, run) {
    const { element } = token;
    const starts = startsOf(run, token);
    if (!starts.ok) return starts;
    const inside = prepareEventSubProcesses(run, token);
    if (!inside.ok) return inside;
    token.variables = withData(run, element, token.variables ?? {});
    if (element.collects) token.variables = { ...token.variables, [element.collects.into]: [] };
    const [first, ...rest] = starts.value;
    const now = element.ordering === 'sequential' ? (first === undefined ? [] : [first]) : starts.value;
    const pending = element.ordering === 'sequential' && rest.length > 0 ? { pending: rest } : {};
    const failure = waitAt(run, token, { kind: 'scope', tokens: 0, variables: token.variables, ...pending });
    if (failure) return failure;
    armGuards(run, inside.value, token.key, token.key);
    startBranches(run, token.key, element, now);
    if (now.length === 0) scopeEmptied(run, token.key);
    return undefined;
  },
  emptied(run, scope) {
    if (scope.branch) {
      endBranch(run, scope);
      return;
    }
    if (startPending(run, scope)) return;
    const token = tokenOf(run, scope);
    complete(run, token, withCollection(run, scope.key, token));
  },
  interrupted: dropPending,
  childOutput: outputElementOf,
  childCompleted(run, child) {
    collectOutput(run, child);
    const around = properScope(run, child.scope);
    if (!completesBy(run, child.element, around)) return undefined;
    // Its branch may have been cancelled with the others; the subprocess counts it still.
    return getWait(run, child.scope) === undefined ? around : child.scope;
  },
  retry(run, wait) {
    if (wait.kind === 'scope') decideAgain(run, wait);
  },
  cancel: forgetInside,
  settle: (run) => hasAdHocs(run.plan) && (completeStalled(run) || decideOpen(run)),
};

/** All that can be started, or those the definition names. */
function startsOf(run: Run, token: Token<AdHoc>): Outcome<ElementId[]> {
  const { starts, activeElements } = token.element;
  if (activeElements === undefined) return { ok: true, value: starts };
  const result = evaluate(run, activeElements, lookupAt(run, token));
  if (!result.ok) return failedExpression('active-elements', activeElements, result);
  const chosen = Array.isArray(result.value) ? result.value : [result.value];
  const ids = chosen.filter((id): id is string => typeof id === 'string' && starts.includes(id));
  return ids.length === chosen.length
    ? { ok: true, value: ids }
    : fail('expression-failed', { reason: 'activity-outside', value: result.value });
}

/** An activity directly inside is complete: does that complete the whole? */
function completesBy(run: Run, element: PlanElement, key: Key): boolean {
  if (!countsAsActivity(element)) return false;
  const before = getWait(run, key);
  if (before?.kind !== 'scope' || !isSatisfied(run, before)) return false;
  const scope = getWait(run, key);
  if (scope?.kind === 'scope') stopOthers(run, scope, 1);
  return true;
}

/** Event subprocesses are not part of its ordering. */
function countsAsActivity({ kind }: PlanElement): boolean {
  return elementKinds[kind].family === 'activity' && kind !== 'eventSubProcess';
}

/** Evaluates the completion condition; a failure is an incident of the subprocess. */
function isSatisfied(run: Run, scope: WaitOf<'scope'>): boolean {
  const element = elementOf(run, scope.element);
  if (element.kind !== 'adHocSubProcess' || element.completionCondition === undefined) return false;
  if (scope.ending === 'complete') return true;
  const lookup = lookupFrom(run, scope.variables, scope.scope);
  const done = conditionHolds(run, element.completionCondition, 'completion-condition', lookup);
  if (!done.ok) report(run, scope, done);
  else if (scope.incident) {
    const { incident, ...clear } = scope;
    putWait(run, clear);
    addJournalEntry(run, 'incident-resolved', scope.element, scope.key, { code: incident.code });
  }
  return done.ok && done.value;
}

/** Most plans have none, and need not look. */
const hasAdHocs = oncePerPlan((plan) => Object.values(plan.elements).some(({ kind }) => kind === 'adHocSubProcess'));

/**
 * Once the completion condition has held, it completes when its running activities have (BPMN 2.0.2, 13.3.5). Tokens at
 * joins do not count, as nothing that could bring the others starts any more.
 * @returns whether there was one
 */
function completeStalled(run: Run): boolean {
  for (const { scope: key } of stalledScopes(run)) {
    const scope = getWait(run, properScope(run, key));
    if (scope?.kind !== 'scope' || scope.ending !== 'complete') continue;
    cancelInside(run, key);
    setTokens(run, key, 0);
    scopeEmptied(run, key);
    return true;
  }
  return false;
}

/** Variables were written: a condition that could not be decided may be decided now. @returns whether there was one */
function decideOpen(run: Run): boolean {
  if (!run.written) return false;
  for (const scope of allWaits(run)) {
    if (scope.kind !== 'scope' || scope.incident === undefined) continue;
    const element = elementOf(run, scope.element);
    if (element.kind !== 'adHocSubProcess' || element.completionCondition === undefined) continue;
    const lookup = lookupFrom(run, scope.variables, scope.scope);
    const decided = conditionHolds(run, element.completionCondition, 'completion-condition', lookup);
    if (!decided.ok) continue;
    addJournalEntry(run, 'incident-resolved', scope.element, scope.key, { code: scope.incident.code });
    const { incident: _, ...clear } = scope;
    decideAgain(run, clear);
    return true;
  }
  return false;
}

/** Nothing more is started; what runs is cancelled, or ends by itself. */
function stopOthers(run: Run, scope: WaitOf<'scope'>, tokensLeft: number): void {
  const { pending, ...rest } = scope;
  const element = elementOf(run, scope.element);
  const waits = element.kind !== 'adHocSubProcess' || !element.cancelRemaining;
  if (waits && scope.ending === undefined) putWait(run, { ...rest, ending: 'complete' });
  else if (pending !== undefined) putWait(run, rest);
  if (waits) return;
  cancelInside(run, scope.key);
  setTokens(run, scope.key, tokensLeft);
}

/** Evaluates a failed completion condition again. */
function decideAgain(run: Run, scope: WaitOf<'scope'>): void {
  putWait(run, scope);
  if (!isSatisfied(run, scope)) return;
  stopOthers(run, scope, 0);
  if (tokensOf(run, scope.key) === 0) scopeEmptied(run, scope.key);
}

function report(run: Run, scope: WaitOf<'scope'>, failure: Failure): void {
  if (scope.incident && isSameIncident(scope.incident, failure)) return;
  putWait(run, { ...scope, incident: incidentOf(run, failure) });
  journalIncident(run, scope.element, scope.key, failure);
}

/** Nothing runs inside just now: the next in order starts. @returns whether there was one */
function startPending(run: Run, scope: WaitOf<'scope'>): boolean {
  const [next, ...rest] = scope.pending ?? [];
  if (next === undefined) return false;
  const { pending: _, ...bare } = scope;
  putWait(run, rest.length > 0 ? { ...bare, pending: rest } : bare);
  const element = elementOf(run, scope.element);
  if (element.kind === 'adHocSubProcess') startBranches(run, scope.key, element, [next]);
  return true;
}

function dropPending(run: Run, { pending, ...scope }: WaitOf<'scope'>): void {
  if (pending !== undefined) putWait(run, scope);
}
