/**
 * Modification: operators move, start and cancel tokens of a running instance. All instructions are done as one step or none is.
 * A pure function: a dry run is the same call, its state thrown away.
 */

import { isGivenAtStart, notDeclared } from '../core/intake.ts';
import { adjustTokenCount } from '../core/live-tokens.ts';
import { addJournalEntry, finish, getWait, newRun } from '../core/run.ts';
import type { Run } from '../core/run-types.ts';
import { settle } from '../core/step.ts';
import { kinds } from '../elements/registry.ts';
import { refusal } from '../messages/refusals.ts';
import type { Json, Plan } from '../model/plan.ts';
import type { Actor, Env, InstanceState, Key, Refusal, Wait } from '../model/types.ts';
import { resolveElementInstructions } from './element-instructions.ts';
import { applyCancel, applyStart } from './instructions.ts';
import { wrongJoin } from './joins.ts';
import { modificationLineText } from './report-lines.ts';
import type { ElementInstruction, Instruction, ModificationLine, ModificationResult } from './types.ts';

/** @returns what is cancelled and created; with `state`, `commands` and `journal` when it can be done, else with the `refusal` */
export function modify(
  plan: Plan,
  state: InstanceState,
  requested: ElementInstruction[],
  by: Actor,
  env: Env,
): ModificationResult {
  try {
    return modified(plan, state, requested, by, env);
  } catch {
    return { report: [], status: state.status, refusal: refusal('internal-error') };
  }
}

function modified(
  plan: Plan,
  state: InstanceState,
  requested: ElementInstruction[],
  by: Actor,
  env: Env,
): ModificationResult {
  const refused = (refusal: Refusal): ModificationResult => ({ report: [], status: state.status, refusal });
  if (state.status !== 'active' || state.journalLength === 0 || isHeldUp(state)) return refused(refusal('not-active'));
  if (requested.length === 0) return refused(refusal('nothing-to-do'));
  const named = resolveElementInstructions(plan, state, requested);
  if ('code' in named) return refused(named);
  const { instructions } = named;
  const twice = namedTwice(instructions);
  if (twice !== undefined) return refused(refusal('named-twice', { key: twice }));
  const fixed = instructions.flatMap(namesWritten).filter(isGivenAtStart);
  if (env.intake && fixed.length > 0) return refused(refusal('identity-fixed', notDeclared(fixed)));

  const run = newRun(plan, state, env, kinds);
  run.by = by;
  addJournalEntry(run, 'instance-modified', undefined, undefined, { instructions: instructions.map(summaryOf) });
  const scopes: Key[] = [];
  for (const act of [applyStart, applyCancel])
    for (const instruction of instructions) {
      const done = act(run, instruction);
      if (!done.ok) return refused(done.refusal);
      if (done.started) scopes.push(done.started.scope);
    }
  const lost = scopes.find((scope) => getWait(run, scope) === undefined);
  if (lost !== undefined) return refused(refusal('scope-cancelled', { key: lost }));
  run.by = undefined;
  completeEmpty(run);
  settle(run);
  const result = finish(run);
  const join = wrongJoin(plan, state, result.state);
  if (join !== undefined) return refused(refusal('join-count', { element: join }));
  return { report: reportOf(plan, state, result.state), status: result.state.status, ...result };
}

/** Its listeners have not let it begin, or what ends it has happened and only they are left: no token is to be moved. */
function isHeldUp({ waits, root }: InstanceState): boolean {
  const scope = waits[root];
  if (scope?.kind === 'scope' && scope.ends !== undefined) return true;
  return Object.values(waits).some(({ kind, element }) => kind === 'job' && element === scope?.element);
}

function namedTwice(instructions: Instruction[]): Key | undefined {
  const keys = instructions.flatMap((one) => (one.type === 'start' ? [] : [one.key]));
  return keys.find((key, i) => keys.indexOf(key) !== i);
}

const namesWritten = (instruction: Instruction): string[] =>
  'variables' in instruction ? Object.keys(instruction.variables ?? {}) : [];

/** For the journal: the instruction, with the names of its variables only. */
function summaryOf(instruction: Instruction): Json {
  const names = namesWritten(instruction);
  return names.length > 0 ? { ...actOf(instruction), names } : actOf(instruction);
}

function actOf(instruction: Instruction): { [name: string]: Json } {
  switch (instruction.type) {
    case 'cancel':
      return { type: 'cancel', key: instruction.key };
    case 'move':
      return { type: 'move', key: instruction.key, to: instruction.to, where: instruction.where ?? 'before' };
    case 'start':
      return { type: 'start', element: instruction.element, where: instruction.where };
  }
}

/** A scope completes when its last token was cancelled. */
function completeEmpty(run: Run): void {
  for (const [scope, tokens] of run.tokens)
    if (tokens === 0 && getWait(run, scope)?.kind === 'scope') adjustTokenCount(run, scope, 0);
}

function reportOf(plan: Plan, before: InstanceState, after: InstanceState): ModificationLine[] {
  const only = (one: InstanceState, other: InstanceState, outcome: ModificationLine['outcome']) =>
    Object.values(one.waits)
      .filter((wait) => !Object.hasOwn(other.waits, wait.key) && wait.key !== one.root)
      .map((wait) => lineOf(plan, wait, outcome));
  return [...only(before, after, 'cancelled'), ...only(after, before, 'created')];
}

function lineOf(
  plan: Plan,
  { key, element, kind, incident }: Wait,
  outcome: ModificationLine['outcome'],
): ModificationLine {
  const elementName = plan.elements[element]?.name ?? element;
  return {
    outcome,
    key,
    element,
    elementName,
    kind,
    ...(incident && { incident: incident.code }),
    words: modificationLineText(incident ? 'stopped' : outcome, elementName),
  };
}
