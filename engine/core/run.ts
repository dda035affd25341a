/**
 * Working object of one step: changes are overlaid on the previous state, so that untouched objects keep their
 * identity. Moving tokens exist only here, in `queue`.
 */

import { ownValue } from '../model/own-property.ts';
import type { ElementId, Json, Plan, PlanElement } from '../model/plan.ts';
import type {
  Command,
  Env,
  InstanceState,
  JournalEntry,
  JournalKind,
  Key,
  StepResult,
  Wait,
  WaitOf,
} from '../model/types.ts';
import type { Kinds, Run } from './run-types.ts';

export function newRun(plan: Plan, before: InstanceState, env: Env, kinds: Kinds): Run {
  return {
    plan,
    before,
    env,
    kinds,
    now: env.now,
    context: { now: env.now, calendar: before.calendar },
    changed: new Map(),
    tokens: new Map(),
    queue: [],
    head: 0,
    throwingToken: undefined,
    thrown: [],
    lastResumed: undefined,
    armed: [],
    commands: [],
    journal: [],
    nextKey: before.nextKey,
    patch: undefined,
    by: undefined,
    timerChain: undefined,
    collections: undefined,
    written: false,
    arrivals: 0,
    made: 0,
    visits: undefined,
  };
}

export function newKey(run: Run): Key {
  return String(run.nextKey++);
}

export function elementOf(run: Run, id: ElementId): PlanElement {
  const element = run.plan.elements[id];
  if (!element) throw new Error(`The plan of ${run.plan.key} has no element ${id}.`);
  return element;
}

export function getWait(run: Run, key: Key): Wait | undefined {
  const changed = run.changed.get(key);
  if (changed !== undefined) return changed ?? undefined;
  return ownValue(run.before.waits, key);
}

export function getScope(run: Run, key: Key): WaitOf<'scope'> {
  const wait = getWait(run, key);
  if (wait?.kind !== 'scope') throw new Error(`Key ${key} is no scope.`);
  return wait;
}

export function putWait(run: Run, wait: Wait): void {
  run.changed.set(wait.key, wait);
}

export function removeWait(run: Run, key: Key): void {
  run.changed.set(key, null);
}

/** All current waits, oldest first. */
export function allWaits(run: Run): Wait[] {
  const { waits } = run.before;
  const list: Wait[] = [];
  for (const key in waits) {
    const changed = run.changed.get(key);
    if (changed === undefined) list.push(waits[key]!);
    else if (changed !== null) list.push(changed);
  }
  for (const [key, wait] of run.changed) if (wait !== null && !Object.hasOwn(waits, key)) list.push(wait);
  return list;
}

export function tokensOf(run: Run, scope: Key): number {
  return run.tokens.get(scope) ?? getScope(run, scope).tokens;
}

export function setTokens(run: Run, scope: Key, tokens: number): void {
  run.tokens.set(scope, tokens);
}

export function patch(run: Run): Partial<InstanceState> {
  run.patch ??= {};
  return run.patch;
}

export function addCommand(run: Run, what: Command): void {
  run.commands.push(what);
}

export function addJournalEntry(run: Run, kind: JournalKind, element?: ElementId, key?: Key, data?: Json): void {
  const entry: JournalEntry = { n: run.before.journalLength + run.journal.length + 1, at: run.now, kind };
  if (element !== undefined) entry.element = element;
  if (key !== undefined) entry.key = key;
  if (run.by !== undefined) entry.by = run.by;
  if (data !== undefined) entry.data = data;
  run.journal.push(entry);
}

/** The state after: the very same object when nothing happened. */
export function finish(run: Run): StepResult {
  const { before, commands, journal } = run;
  for (const [key, tokens] of run.tokens) {
    const scope = getWait(run, key);
    if (scope?.kind === 'scope' && scope.tokens !== tokens) putWait(run, { ...scope, tokens });
  }
  if (run.changed.size === 0 && run.patch === undefined && journal.length === 0)
    return { state: before, commands, journal };
  // Object.assign copies a known shape several times faster than a spread with more members behind it.
  const state: InstanceState = Object.assign({}, before, run.patch);
  state.nextKey = run.nextKey;
  state.journalLength = before.journalLength + journal.length;
  if (run.changed.size > 0) state.waits = mergedWaits(run);
  return { state, commands, journal };
}

function mergedWaits({ before, changed }: Run): Record<Key, Wait> {
  const waits: Record<Key, Wait> = {};
  for (const key in before.waits) {
    const wait = changed.get(key);
    if (wait !== null) waits[key] = wait ?? before.waits[key]!;
  }
  for (const [key, wait] of changed) if (wait !== null) waits[key] = wait;
  return waits;
}
