/** Looks up the target version of a migration and tries the migration without applying it. */
import type { MigrationOptions } from '../../../engine/migrate/types.ts';
import type { Plan } from '../../../engine/model/plan.ts';
import { findPlan } from '../../../store/definitions/plans.ts';
import { changeQueries, type MigrateDryRun, type MigrateQuery } from '../../../workflows/runtime/change-messages.ts';
import type { Deps } from '../../http/deps.ts';
import { notFound } from '../../http/problem.ts';

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

/** Queries the running process; undefined when it does not run. */
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
