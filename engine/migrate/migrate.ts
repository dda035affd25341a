/**
 * Migration: a running instance goes on by another version of its definition. The report says of each wait what becomes of it; the state
 * after it is there only when nothing is left to decide. A pure function: a dry run is the same call, its state thrown away.
 */

import { cancel } from '../core/cancel.ts';
import { end } from '../core/release.ts';
import {
  addJournalEntry,
  elementOf,
  finish,
  getWait,
  newRun,
  patch,
  putWait,
  setTokens,
  tokensOf,
} from '../core/run.ts';
import type { Run } from '../core/run-types.ts';
import { settle } from '../core/step.ts';
import { lookupOf } from '../core/token.ts';
import { kinds } from '../elements/registry.ts';
import { evaluateText } from '../events/arm.ts';
import { incidentMessage } from '../messages/incidents.ts';
import { refusal } from '../messages/refusals.ts';
import type { LocalizedText, Plan } from '../model/plan.ts';
import type { Env, InstanceState, Key, Wait } from '../model/types.ts';
import { type Fate, fatesOf, isGuard, isToken } from './fates.ts';
import { makeGuards } from './guards.ts';
import { completeJoins } from './joins.ts';
import { type Pair, targetOf } from './match.ts';
import { mappingUnknown, migrationLineText } from './migration-lines.ts';
import { dropClocks, reevaluate } from './triggers.ts';
import type { Migration, MigrationLine, MigrationResult } from './types.ts';

/**
 * @param from the plan it runs by
 * @param to the plan it shall run by, a version of the same process
 * @param env with the evaluator of the new plan
 * @returns one line per wait; with `state`, `commands` and `journal` when it can be done, else with the `refusal`
 */
export function migrate(from: Plan, to: Plan, state: InstanceState, migration: Migration, env: Env): MigrationResult {
  try {
    return migrated(from, to, state, migration, env);
  } catch {
    return { report: [], refusal: refusal('internal-error') };
  }
}

function migrated(from: Plan, to: Plan, state: InstanceState, migration: Migration, env: Env): MigrationResult {
  if (state.status !== 'active' || state.journalLength === 0) return { report: [], refusal: refusal('not-active') };
  if (from.key !== to.key) return { report: [], refusal: refusal('other-process', { from: from.key, to: to.key }) };
  const mapping = migration.mapping ?? {};
  const unknown = unknownIn(from, to, mapping);
  if (unknown.length > 0) return { report: [], refusal: mappingUnknown(unknown) };
  const pair: Pair = { from, to, mapping, state };
  const fates = fatesOf(pair);
  const report = [...fates].filter(([key]) => key !== state.root).map(([key, fate]) => lineOf(pair, key, fate));
  const compensations = compensationsAfter(pair, report);
  if (report.some(needsDecision)) return refused(report);

  const ended = endDropped(pair, fates, migration, env);
  const run = newRun(to, ended.state, env, kinds);
  patch(run).definition = migration.definition;
  if (compensations) patch(run).compensations = compensations;
  moveWaits(run, pair, fates);
  continueMigrated(run, pair, fates, migration, report);
  if (report.some(needsDecision)) return refused(report);
  const result = finish(run);
  return {
    report,
    state: result.state,
    commands: [...ended.commands, ...result.commands],
    journal: [...ended.journal, ...result.journal],
  };
}

const needsDecision = (line: MigrationLine): boolean => line.outcome === 'needs-decision';

function refused(report: MigrationLine[]): MigrationResult {
  return { report, refusal: refusal('decisions-needed', { count: report.filter(needsDecision).length }) };
}

function unknownIn(from: Plan, to: Plan, mapping: Pair['mapping']): string[] {
  const has = (plan: Plan, id: string) => Object.hasOwn(plan.elements, id) || Object.hasOwn(plan.flows, id);
  return Object.entries(mapping).flatMap(([id, target]) => [
    ...(has(from, id) ? [] : [id]),
    ...(target === null || has(to, target) ? [] : [target]),
  ]);
}

function nameIn(plan: Plan, id: string | undefined): string {
  return id === undefined ? '' : (plan.elements[id]?.name ?? plan.flows[id]?.name ?? id);
}

function lineOf({ from, to, state }: Pair, key: Key, fate: Fate): MigrationLine {
  const wait = state.waits[key]!;
  const { element, kind } = wait;
  const elementName = nameIn(from, element);
  const line = { key, element, elementName, kind };
  switch (fate.outcome) {
    case 'goes-on': {
      const target = fate.wait.element;
      if (target === element) return { ...line, outcome: 'stays', words: migrationLineText('stays', elementName) };
      return {
        ...line,
        outcome: 'moves',
        to: target,
        words: migrationLineText('moves', elementName, nameIn(to, target)),
      };
    }
    case 'dropped':
      return { ...line, outcome: 'dropped', code: fate.code, words: migrationLineText(fate.code, elementName) };
    case 'needs-decision': {
      const { code } = fate;
      const more = fate.more === undefined ? nameIn(to, fate.to) : nameIn(from, fate.more);
      const about = code === 'element-gone' && fate.more !== undefined ? more : elementName;
      return {
        ...line,
        outcome: 'needs-decision',
        ...(fate.to !== undefined && { to: fate.to }),
        code,
        words: migrationLineText(code, about, more),
      };
    }
  }
}

/** What was completed and could still be undone; a line for each that the new definition does not know. */
function compensationsAfter(pair: Pair, report: MigrationLine[]): InstanceState['compensations'] {
  const before = pair.state.compensations;
  if (before === undefined) return undefined;
  let any = false;
  const after = before.flatMap((one) => {
    const to = targetOf(pair, one.element);
    if (to === one.element) return [one];
    any = true;
    if (typeof to === 'string') return [{ ...one, element: to }];
    const elementName = nameIn(pair.from, one.element);
    const line = { element: one.element, elementName, kind: 'compensation' as const };
    if (to === null)
      report.push({ ...line, outcome: 'dropped', code: 'mapped', words: migrationLineText('mapped', elementName) });
    else
      report.push({
        ...line,
        outcome: 'needs-decision',
        code: 'handler-gone',
        words: migrationLineText('handler-gone', elementName),
      });
    return [];
  });
  return any ? after : undefined;
}

/** Ends what is dropped, still by the old definition. */
function endDropped(
  { from, to, state, mapping }: Pair,
  fates: Map<Key, Fate>,
  { definition, by }: Migration,
  env: Env,
): ReturnType<typeof finish> {
  const run = newRun(from, state, env, kinds);
  run.by = by;
  addJournalEntry(run, 'instance-migrated', undefined, undefined, {
    from: state.definition.version,
    to: definition.version,
  });
  run.by = undefined;
  const pair: Pair = { from, to, state, mapping };
  for (const [key, fate] of fates) {
    const wait = getWait(run, key);
    if (fate.outcome !== 'dropped' || wait === undefined || fate.code === 'inside-dropped') continue;
    dropClocks(run, wait);
    if (wait.kind === 'event' && wait.host !== undefined) end(run, wait);
    else cancelToken(run, pair, wait);
  }
  return finish(run);
}

function cancelToken(run: Run, pair: Pair, wait: Wait): void {
  cancel(run, wait);
  if (isToken(pair, wait)) setTokens(run, wait.scope!, tokensOf(run, wait.scope!) - 1);
}

function moveWaits(run: Run, pair: Pair, fates: Map<Key, Fate>): void {
  for (const [key, fate] of fates) {
    const old = pair.state.waits[key]!;
    const before = getWait(run, key);
    if (fate.outcome !== 'goes-on' || before === undefined || fate.wait === old) continue;
    // Ending others has changed the number of its tokens only.
    putWait(
      run,
      fate.wait.kind === 'scope' && before.kind === 'scope' ? { ...fate.wait, tokens: before.tokens } : fate.wait,
    );
    if (fate.wait.element !== old.element)
      addJournalEntry(run, 'token-moved', fate.wait.element, key, { from: old.element, guard: isGuard(pair, old) });
  }
}

/** What waits is worked out by the new definition, what is new in it is armed, and tokens that can move do. */
function continueMigrated(
  run: Run,
  pair: Pair,
  fates: Map<Key, Fate>,
  migration: Migration,
  report: MigrationLine[],
): void {
  for (const line of report) {
    if (line.key === undefined || (line.outcome !== 'stays' && line.outcome !== 'moves')) continue;
    const due = reevaluate(run, line.key, migration);
    if (!due.ok) fail(line, incidentMessage(due.params));
    else if (due.value !== undefined) line.dueAt = due.value;
    renewJob(run, line);
  }
  const { made, failed } = makeGuards(run, pair, fates, migration);
  for (const { element, key, dueAt } of made) {
    const elementName = nameIn(pair.to, element);
    const line = { key, element, elementName, kind: 'event' as const };
    report.push({
      ...line,
      outcome: 'created',
      ...(dueAt !== undefined && { dueAt }),
      words: migrationLineText('created', elementName),
    });
  }
  for (const { element, host, why } of failed) {
    const elementName = nameIn(pair.to, element);
    const line: MigrationLine = {
      key: host,
      element,
      elementName,
      kind: 'event',
      outcome: 'created',
      words: migrationLineText('created', elementName),
    };
    fail(line, why);
    report.push(line);
  }
  if (report.some(needsDecision)) return;
  completeJoins(run, pair.state.waits);
  settle(run);
}

function fail(line: MigrationLine, why: LocalizedText): void {
  line.outcome = 'needs-decision';
  line.code = 'evaluation-failed';
  line.words = migrationLineText('evaluation-failed', line.elementName, why);
}

/** A job under way ends as it began; one that an incident has stopped is tried again as the new definition says. */
function renewJob(run: Run, line: MigrationLine): void {
  const wait = line.key === undefined ? undefined : getWait(run, line.key);
  if (wait?.kind !== 'job' || wait.incident === undefined || wait.listener) return;
  const element = elementOf(run, wait.element);
  if (!('job' in element) || element.job === undefined) return;
  const type = evaluateText(run, 'job-type', element.job.type, lookupOf(run, wait));
  if (!type.ok) fail(line, incidentMessage(type.params));
  else if (type.value !== wait.jobType) putWait(run, { ...wait, jobType: type.value });
}
