/** One instruction carried out on a run. Tokens are only sent here; they move when all instructions are done. */

import { cancel } from '../core/cancel.ts';
import { proceed } from '../core/flows.ts';
import { adjustTokenCount } from '../core/live-tokens.ts';
import { end } from '../core/release.ts';
import { addJournalEntry, elementOf, getWait, newKey, setTokens, tokensOf } from '../core/run.ts';
import type { Run } from '../core/run-types.ts';
import { propagateVariables } from '../core/variables.ts';
import { joinsFlows } from '../elements/join.ts';
import { type RefusalCode, refusal } from '../messages/refusals.ts';
import { traitsOf } from '../model/element-kinds.ts';
import type { PlanElement } from '../model/plan.ts';
import type { Key, Refusal, Wait } from '../model/types.ts';
import { targetScopeOf } from './place.ts';
import type { Instruction, StartInstruction } from './types.ts';

/** A token that was started: where, so that no other instruction takes its scope away. */
export type StartedToken = { scope: Key };
export type InstructionResult = { ok: true; started?: StartedToken } | { ok: false; refusal: Refusal };

const refused = (code: RefusalCode, details?: { key?: Key; element?: string; flow?: string }): InstructionResult => ({
  ok: false,
  refusal: refusal(code, details),
});

/** Starts come before cancels, so that a scope is never empty in between. */
export function applyStart(run: Run, instruction: Instruction): InstructionResult {
  switch (instruction.type) {
    case 'cancel':
      return { ok: true };
    case 'start':
      return start(run, instruction);
    case 'move': {
      const wait = getWait(run, instruction.key);
      const wrong = notAToken(run, wait, instruction.key);
      if (wrong) return wrong;
      const { key, to, where = 'before', type: _, ...more } = instruction;
      if (!Object.hasOwn(run.plan.elements, to)) return refused('unknown-element', { element: to });
      addJournalEntry(run, 'token-moved', to, key, { from: wait!.element });
      return start(run, { ...more, type: 'start', element: to, where }, wait!.scope);
    }
  }
}

export function applyCancel(run: Run, instruction: Instruction): InstructionResult {
  if (instruction.type === 'start') return { ok: true };
  const wait = getWait(run, instruction.key);
  if (instruction.type === 'cancel' && wait !== undefined && isGuard(run, wait)) {
    end(run, wait);
    return { ok: true };
  }
  const wrong = notAToken(run, wait, instruction.key);
  if (wrong) return wrong;
  const scope = wait!.scope!;
  cancel(run, wait!);
  setTokens(run, scope, tokensOf(run, scope) - 1);
  return { ok: true };
}

/** A boundary event, or the start event of an event subprocess, that is armed. */
function isGuard(run: Run, wait: Wait): boolean {
  const { kind } = elementOf(run, wait.element);
  return wait.kind === 'event' && (kind === 'boundaryEvent' || kind === 'startEvent');
}

function notAToken(run: Run, wait: Wait | undefined, key: Key): InstructionResult | undefined {
  if (wait === undefined) return refused('unknown-key', { key });
  if (key === run.before.root) return refused('whole-instance', { key });
  if (wait.host === undefined) return undefined;
  const host = getWait(run, wait.host);
  return refused(host?.kind === 'multi' && !isGuard(run, wait) ? 'inner-instance' : 'not-a-token', { key });
}

function start(run: Run, instruction: StartInstruction, near?: Key): InstructionResult {
  const { element: id, where, variables, flow } = instruction;
  if (!Object.hasOwn(run.plan.elements, id)) return refused('unknown-element', { element: id });
  const element = elementOf(run, id);
  const wrong = where === 'before' ? notBefore(run, element, flow) : notAfter(element, flow);
  if (wrong) return wrong;
  const place = targetScopeOf(run, element, instruction, near);
  if (!place.ok) return place;
  const { scope } = place;
  if (variables) propagateVariables(run, scope, variables);
  adjustTokenCount(run, scope, 1);
  if (where === 'before') run.queue.push(flow === undefined ? { element: id, scope } : { element: id, scope, flow });
  else proceed(run, { element, key: newKey(run), scope, phase: 'completed' });
  return { ok: true, started: { scope } };
}

function notBefore(run: Run, element: PlanElement, flow: string | undefined): InstructionResult | undefined {
  const { id } = element;
  if (!traitsOf(element).enterable || ('forCompensation' in element && element.forCompensation))
    return refused('not-startable', { element: id });
  // The start of an event subprocess happens, it is not entered.
  if (element.kind === 'startEvent' && element.events.length > 0) return refused('not-startable', { element: id });
  if (!('incoming' in element)) return refused('not-startable', { element: id });
  if (flow !== undefined)
    return element.incoming.includes(flow) ? undefined : refused('flow-wrong', { element: id, flow });
  const isJoin = joinsFlows(element) && run.kinds.behaviourOf(element).join !== undefined;
  return isJoin ? refused('flow-needed', { element: id }) : undefined;
}

function notAfter(element: PlanElement, flow: string | undefined): InstructionResult | undefined {
  const { id } = element;
  if (flow !== undefined) return refused('flow-wrong', { element: id, flow });
  if (element.kind === 'process' || element.kind === 'eventSubProcess' || element.kind === 'eventBasedGateway')
    return refused('not-startable', { element: id });
  return element.outgoing.length > 0 ? undefined : refused('nothing-after', { element: id });
}
