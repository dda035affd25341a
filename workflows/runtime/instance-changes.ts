/**
 * Updates `migrate` and `modify`, and their dry-run queries. The target plan is loaded by a local activity, so that it
 * is in the history and carried over by continue-as-new. The change is computed after loading, on the state at that
 * time.
 */

import { currentUpdateInfo, defineQuery, defineUpdate, setHandler } from '@temporalio/workflow';
import { createEvaluator } from '../../engine/feel/evaluator.ts';
import { refusal as refuseWith } from '../../engine/messages/refusals.ts';
import { migrate } from '../../engine/migrate/migrate.ts';
import type { Migration, MigrationOptions, MigrationResult } from '../../engine/migrate/types.ts';
import type { Plan, Variables } from '../../engine/model/plan.ts';
import { mergedRules, namesRule, rulesAt } from '../../engine/model/rule-parts.ts';
import type { Refusal } from '../../engine/model/types.ts';
import { modify } from '../../engine/modify/modify.ts';
import type { ElementInstruction, ModificationResult } from '../../engine/modify/types.ts';
import type { Origin } from '../sealing/marks.ts';
import { admitUpdate, requireNamed, requireNewSeal } from './admission.ts';
import {
  changeQueries,
  changeUpdates,
  type MigrateAnswer,
  type MigrateDryRun,
  type MigrateQuery,
  type MigrateUpdate,
  type ModifyAnswer,
  type ModifyDryRun,
  type ModifyQuery,
  type ModifyUpdate,
} from './change-messages.ts';
import { loadPlan } from './definitions.ts';
import { handlerWords } from './display-names.ts';
import type { Instance } from './instance.ts';
import type { Answer } from './instance-messages.ts';
import { isActor, isRecord } from './payload-guards.ts';
import { loadedPlan } from './plans.ts';
import { answerOf, refused, untilWritten, withReport } from './update-answers.ts';

const nobody = { id: 'system' };
const modified = { zh: '令牌已按要求改动。', en: 'The tokens are moved as asked.' };

export function setChangeHandlers(instance: Instance): void {
  setHandler(
    defineUpdate<MigrateAnswer, [unknown]>(changeUpdates.migrate),
    once(instance, isMigrate, (ask) => migrateNow(instance, ask)),
    { validator: (ask) => validateMigrate(instance, ask), description: handlerWords.migrate },
  );
  setHandler(
    defineUpdate<ModifyAnswer, [unknown]>(changeUpdates.modify),
    once(instance, isModify, async ({ instructions, by }) => {
      const result = modify(instance.plan, instance.state, instructions, by, instance.env());
      take(instance, result);
      const burst = await instance.burst();
      const { rows, happened } = burst;
      await untilWritten(instance, burst);
      return withReport(answerOf(instance, happened ?? modified, rows.tasks), result.report);
    }),
    { validator: (ask) => validateModify(instance, ask), description: handlerWords.modify },
  );
  setHandler(
    defineQuery<MigrateDryRun, [MigrateQuery]>(changeQueries.migrate),
    ({ plan, definition, ...options }) => {
      if (!instance.loaded) return { report: [], refusal: refuseWith('not-active') };
      const { report, refusal } = tried(instance, plan, { ...options, definition, by: nobody });
      return refusal ? { report, refusal } : { report };
    },
    { description: handlerWords.dryRunMigrate },
  );
  setHandler(
    defineQuery<ModifyDryRun, [ModifyQuery]>(changeQueries.modify),
    ({ instructions }) => {
      if (!instance.loaded) return { report: [], status: 'active', refusal: refuseWith('not-active') };
      const { report, status, refusal } = modify(instance.plan, instance.state, instructions, nobody, instance.env());
      return refusal ? { report, status, refusal } : { report, status };
    },
    { description: handlerWords.dryRunModify },
  );
}

function shaped<T>(instance: Instance, is: (ask: unknown) => ask is T, payload: unknown): T {
  const ask = admitUpdate(instance, payload, 'operators');
  if (!is(ask)) throw refused(refuseWith('malformed'));
  return ask;
}

type Changed<Line> = Answer & { report: Line[]; already?: true };

/** Repeats are answered from memory, as Temporal deduplicates within a run only. */
function once<T, Line>(
  instance: Instance,
  is: (ask: unknown) => ask is T,
  work: (ask: T) => Promise<Changed<Line>>,
): (ask: unknown, origin?: Origin) => Promise<Changed<Line>> {
  return async (payload, origin) => {
    const id = currentUpdateInfo()?.id ?? '';
    const ask = shaped(instance, is, payload);
    if (!instance.loaded) await instance.ready;
    const remembered = instance.processed.get(id);
    if (remembered) return { ...answerOf(instance, remembered.happened, []), report: [] };
    requireNewSeal(instance, payload, origin);
    const answer = await work(ask);
    instance.processed.add(id, { happened: answer.happened });
    return answer;
  };
}

async function migrateNow(
  instance: Instance,
  { version, hash, by, ...options }: MigrateUpdate,
): Promise<MigrateAnswer> {
  const { key } = instance.state.definition;
  const { ruleSet } = instance.input;
  const loaded = await loadPlan({
    process: key,
    version,
    ...(hash !== undefined && { hash }),
    ...(ruleSet && { ruleSet }),
  });
  if (loaded.hash === instance.state.definition.hash && version === instance.state.definition.version) {
    const happened = { zh: `已是第${version}版。`, en: `It runs by version ${version} already.` };
    return { ...answerOf(instance, happened, []), report: [], already: true };
  }
  const plan = loadedPlan(loaded.hash, loaded.plan);
  const migration = { ...options, definition: { key, version, hash: loaded.hash }, by };
  if (tried(instance, plan, migration).refusal === undefined) addRules(instance, plan, loaded.rules);
  const result = tried(instance, plan, migration);
  take(instance, result, plan);
  const burst = await instance.burst();
  const { rows, happened } = burst;
  await untilWritten(instance, burst);
  const migrated = {
    zh: `已迁移到第${version}版。${happened?.zh ?? ''}`,
    en: `Migrated to version ${version}.${happened ? ` ${happened.en}` : ''}`,
  };
  return withReport(answerOf(instance, migrated, rows.tasks), result.report);
}

/** Rules named by the new version only; existing ones are kept, as they may have been corrected. */
function addRules(instance: Instance, plan: Plan, rules: Variables): void {
  const known = instance.plan.profile?.rules ?? [];
  const missing = (plan.profile?.rules ?? []).filter((path) => !namesRule(known, path));
  if (missing.length === 0) return;
  const own = instance.view().variables['rules'];
  const added = mergedRules(rulesAt(rules, missing), isRecord(own) ? (own as Variables) : {});
  instance.apply({ type: 'set-variables', variables: { rules: added }, by: nobody });
}

function tried(instance: Instance, plan: Plan, migration: Migration): MigrationResult {
  const env = { ...instance.env(), evaluator: createEvaluator(plan) };
  return migrate(instance.plan, plan, instance.state, migration, env);
}

/** No await between computing and applying the change. */
function take(instance: Instance, result: MigrationResult | ModificationResult, plan?: Plan): void {
  const { refusal, state, commands, journal, report } = result;
  if (refusal) throw refused(report.length > 0 ? { ...refusal, details: asJson({ report }) } : refusal);
  if (state && commands && journal) instance.take({ state, commands, journal }, plan);
}

const asJson = (value: { report: unknown }): NonNullable<Refusal['details']> => JSON.parse(JSON.stringify(value));

/** Validator: synchronous; a rejection leaves no trace in the history. */
function validateMigrate(instance: Instance, payload: unknown): void {
  shaped(instance, isMigrate, payload);
  requireNamed(payload);
}

function validateModify(instance: Instance, payload: unknown): void {
  const { instructions, by } = shaped(instance, isModify, payload);
  requireNamed(payload);
  const known = instance.processed.get(currentUpdateInfo()?.id ?? '') !== undefined;
  if (!instance.loaded || known) return;
  const { refusal } = modify(instance.plan, instance.state, instructions, by, instance.env());
  if (refusal) throw refused(refusal);
}

const isText = (value: unknown): value is string => typeof value === 'string' && value.length > 0;
const isOptional = (value: unknown, is: (value: unknown) => boolean): boolean => value === undefined || is(value);

function isOptions(value: Record<string, unknown>): boolean {
  const choice = (one: unknown) => one === undefined || one === 'keep' || one === 'reevaluate';
  const targets = (one: unknown) => isRecord(one) && Object.values(one).every((id) => id === null || isText(id));
  return choice(value['timers']) && choice(value['messages']) && isOptional(value['mapping'], targets);
}

function isMigrate(value: unknown): value is MigrateUpdate & MigrationOptions {
  if (!isRecord(value) || !Number.isInteger(value['version']) || !isActor(value['by'])) return false;
  return isOptional(value['hash'], isText) && isOptions(value);
}

function isModify(value: unknown): value is ModifyUpdate {
  if (!isRecord(value) || !isActor(value['by']) || !Array.isArray(value['instructions'])) return false;
  return value['instructions'].every(isInstruction);
}

function isInstruction(value: unknown): value is ElementInstruction {
  if (!isRecord(value)) return false;
  const where = (one: unknown) => one === 'before' || one === 'after';
  if (!isOptional(value['variables'], isRecord) || !isOptional(value['flow'], isText)) return false;
  if (!isOptional(value['scope'], isText) || !isOptional(value['where'], where)) return false;
  switch (value['type']) {
    case 'cancel':
      return isText(value['key']) || isText(value['element']);
    case 'move':
      return (isText(value['key']) || isText(value['from'])) && isText(value['to']);
    case 'start':
      return isText(value['element']) && where(value['where']);
    default:
      return false;
  }
}
