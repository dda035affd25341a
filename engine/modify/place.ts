/** Scope in which a token is started: an active one, or one created for it. */

import { withData } from '../core/data-associations.ts';
import { waitAt } from '../core/hold.ts';
import { adjustTokenCount } from '../core/live-tokens.ts';
import { mapInputs } from '../core/mappings.ts';
import { allWaits, elementOf, getWait, newKey } from '../core/run.ts';
import type { Run, Token } from '../core/run-types.ts';
import { putBranch } from '../elements/ad-hoc-collection.ts';
import { prepareEventSubProcesses, type ScopeElement } from '../elements/scope.ts';
import { armGuards } from '../events/arm.ts';
import { incidentMessage } from '../messages/incidents.ts';
import { type RefusalCode, refusal } from '../messages/refusals.ts';
import type { ElementId, PlanElement } from '../model/plan.ts';
import type { Key, Refusal, WaitOf } from '../model/types.ts';
import type { StartInstruction } from './types.ts';

type TargetScope = { ok: true; scope: Key } | { ok: false; refusal: Refusal };

const refused = (code: RefusalCode, element: ElementId): TargetScope => ({
  ok: false,
  refusal: refusal(code, { element }),
});

/**
 * @param near key of the scope the token comes from: one around it is meant before any other
 * @returns the key of the scope `element` lies in
 */
export function targetScopeOf(run: Run, element: PlanElement, instruction: StartInstruction, near?: Key): TargetScope {
  const { parent } = element;
  if (parent === null) return refused('not-startable', element.id);
  const { scope: named, createScopes } = instruction;
  if (named !== undefined) {
    const wait = getWait(run, named);
    if (wait === undefined) return { ok: false, refusal: refusal('unknown-key', { key: named }) };
    if (wait.kind === 'scope' && wait.element === parent) return { ok: true, scope: branchIn(run, wait) };
    if (!createScopes || wait.kind !== 'scope') return refused('scope-wrong', element.id);
  }
  for (let key = named ?? near; key !== undefined; ) {
    const wait = getWait(run, key);
    if (wait === undefined) break;
    if (wait.kind === 'scope' && wait.element === parent) return { ok: true, scope: branchIn(run, wait) };
    key = wait.scope === key ? undefined : wait.scope;
  }
  if (named === undefined) {
    const running = allWaits(run).flatMap((wait) =>
      wait.kind === 'scope' && wait.element === parent && !wait.branch ? [wait] : [],
    );
    if (running.length > 1) return refused('scope-ambiguous', parent);
    if (running[0]) return { ok: true, scope: branchIn(run, running[0]) };
  }
  if (!createScopes) return refused('scope-not-active', parent);
  return createScope(run, elementOf(run, parent), instruction, near);
}

/** The subprocess runs without any of its start events; its boundary events and event subprocesses listen. */
function createScope(
  run: Run,
  element: PlanElement,
  instruction: StartInstruction,
  near: Key | undefined,
): TargetScope {
  if (!isCreatable(element)) return refused('scope-not-creatable', element.id);
  const outer = targetScopeOf(run, element, instruction, near);
  if (!outer.ok) return outer;
  const token: Token<ScopeElement> = { element, key: newKey(run), scope: outer.scope, phase: 'activating' };
  const failure = mapInputs(run, token);
  if (failure)
    return {
      ok: false,
      refusal: refusal('not-evaluated', { element: element.id, why: { ...incidentMessage(failure.params) } }),
    };
  const inside = prepareEventSubProcesses(run, token);
  if (!inside.ok)
    return {
      ok: false,
      refusal: refusal('not-evaluated', { element: element.id, why: { ...incidentMessage(inside.params) } }),
    };
  token.variables = withData(run, element, token.variables ?? {});
  const held = waitAt(run, token, { kind: 'scope', tokens: 0, variables: token.variables });
  if (held)
    return {
      ok: false,
      refusal: refusal('not-evaluated', { element: element.id, why: { ...incidentMessage(held.params) } }),
    };
  armGuards(run, inside.value, token.key, token.key);
  adjustTokenCount(run, outer.scope, 1);
  const created = getWait(run, token.key);
  return { ok: true, scope: created?.kind === 'scope' ? branchIn(run, created) : token.key };
}

/** A token that is put into an ad-hoc subprocess that collects begins a branch of its own, unless it comes from one. */
function branchIn(run: Run, scope: WaitOf<'scope'>): Key {
  const element = elementOf(run, scope.element);
  if (scope.branch || element.kind !== 'adHocSubProcess' || element.collects === undefined) return scope.key;
  adjustTokenCount(run, scope.key, 1);
  return putBranch(run, scope.key, element);
}

function isCreatable(element: PlanElement): element is ScopeElement {
  if (element.kind !== 'subProcess' && element.kind !== 'transaction' && element.kind !== 'adHocSubProcess')
    return false;
  return element.loop === undefined && !element.forCompensation;
}
