/**
 * A batch of migrations: one instance after the other, each on record before the next. It may stop at any point; the same request with
 * the same key goes on with what is left, and no instance is migrated twice.
 */
import type { MigrationOptions } from '../engine/migrate/types.ts';
import type { Plan } from '../engine/plan.ts';
import type { Refusal } from '../engine/types.ts';
import { findPlan } from '../store/definitions.ts';
import {
  findMigration,
  findMigrationTargets,
  type MigrationItemRow,
  type MigrationRow,
  type MigrationTargets,
  openMigration,
  pendingMigrationItems,
  saveMigrationItem,
} from '../store/migrations.ts';
import { writeProjection } from '../store/projection.ts';
import type { Projection } from '../store/rows.ts';
import {
  changeQueries,
  changeUpdates,
  type MigrateAnswer,
  type MigrateDryRun,
  type MigrateQuery,
  type MigrateUpdate,
  type MigrationRefusalDetails,
} from '../workflows/runtime/change.messages.ts';
import type { Deps } from './deps.ts';
import { digestOf } from './digest.ts';
import { notFound } from './problem.ts';

export interface MigrationTarget {
  plan: Plan;
  key: string;
  version: number;
  hash: string;
}

export async function targetOf(process: string, version: number): Promise<MigrationTarget> {
  const found = await findPlan<Plan>(process, version);
  if (!found) throw notFound(`version ${version} of ${process}`);
  return { plan: found.plan, key: process, version, hash: found.hash };
}

/** Asked of the running process; undefined when it does not run. */
export async function tryMigration(
  { processes }: Pick<Deps, 'processes'>,
  instance: string,
  { plan, ...definition }: MigrationTarget,
  options: MigrationOptions,
): Promise<MigrateDryRun | undefined> {
  const query: MigrateQuery = { ...options, plan, definition };
  const outcome = await processes.query<MigrateDryRun>(instance, changeQueries.migrate, query);
  return outcome.kind === 'done' ? outcome.answer : undefined;
}

/** What one request works off at most; the rest is for the next one. */
const longestMs = 10_000;
const mostInstances = 10_000;
const pageSize = 50;

export interface Batch {
  id: string;
  dryRun: boolean;
  target: MigrationTarget;
  search: MigrationTargets;
  options: MigrationOptions;
  by: { id: string; role: string };
}

/** Begins it, or takes it up again. */
export async function workOff(deps: Pick<Deps, 'processes'>, batch: Batch): Promise<void> {
  if (!(await findMigration(batch.id))) await openMigration(...(await newMigration(batch)));
  const deadline = performance.now() + longestMs;
  for (;;) {
    const pending = await pendingMigrationItems(batch.id, pageSize);
    if (pending.length === 0) return;
    for (const instance of pending) {
      await saveMigrationItem({ migration: batch.id, instance, ...(await migrateOne(deps, batch, instance)) });
      if (performance.now() > deadline) return;
    }
  }
}

async function newMigration({ id, dryRun, target, search, by }: Batch): Promise<[MigrationRow, string[]]> {
  const instances = await findMigrationTargets(search, mostInstances);
  const { process, fromVersion } = search;
  const about = { process, fromVersion, toVersion: target.version, dryRun };
  return [
    { _id: id, ...about, total: instances.length, startedAt: new Date().toISOString(), startedBy: by.id },
    instances,
  ];
}

type Outcome = Pick<MigrationItemRow, 'outcome' | 'code' | 'report'>;

async function migrateOne(deps: Pick<Deps, 'processes'>, batch: Batch, instance: string): Promise<Outcome> {
  const { id, dryRun, target, options, by } = batch;
  if (dryRun) {
    const tried = await tryMigration(deps, instance, target, options);
    if (!tried) return { outcome: 'ended' };
    const report = JSON.stringify(tried.report);
    return tried.refusal ? refusedAs(tried.refusal, report) : { outcome: 'possible', report };
  }
  const argument: MigrateUpdate = { ...options, version: target.version, hash: target.hash, by };
  const outcome = await deps.processes.update(instance, changeUpdates.migrate, argument, digestOf(id, instance));
  switch (outcome.kind) {
    case 'gone':
      return { outcome: 'ended' };
    case 'refused': {
      const details = outcome.refusal.details as unknown as MigrationRefusalDetails | undefined;
      return refusedAs(outcome.refusal, JSON.stringify(details?.report ?? []));
    }
    case 'done': {
      const answer = outcome.answer as MigrateAnswer<Projection>;
      await writeProjection(answer.rows);
      return { outcome: answer.already ? 'already' : 'migrated', report: JSON.stringify(answer.report) };
    }
  }
}

function refusedAs({ code }: Refusal, report: string): Outcome {
  return code === 'not-active' ? { outcome: 'ended' } : { outcome: 'refused', code, report };
}
