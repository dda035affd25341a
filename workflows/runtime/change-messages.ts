/** Names and types of changes of a running instance: migration and modification, each with a dry run. */
import type { MigrationLine, MigrationOptions } from '../../engine/migrate/types.ts';
import type { Plan } from '../../engine/model/plan.ts';
import type { Actor, InstanceState, InstanceStatus, Refusal } from '../../engine/model/types.ts';
import type { ElementInstruction, ModificationLine } from '../../engine/modify/types.ts';
import type { Answer } from './instance-messages.ts';

export const changeUpdates = { migrate: 'migrate', modify: 'modify' } as const;
/** Queries, so they change nothing and leave no trace in the history. */
export const changeQueries = { migrate: 'dryRunMigrate', modify: 'dryRunModify' } as const;

export interface MigrateUpdate extends MigrationOptions {
  /** Version of the instance's own process. */
  version: number;
  /** Hash of its plan if the sender knows it: another plan is refused. */
  hash?: string;
  by: Actor;
}

/** A query cannot load the plan, so the caller provides it. */
export interface MigrateQuery extends MigrationOptions {
  plan: Plan;
  definition: InstanceState['definition'];
}

export interface ModifyUpdate {
  instructions: ElementInstruction[];
  by: Actor;
}

export interface ModifyQuery {
  instructions: ElementInstruction[];
}

/** Result of a dry run. `refusal`: the change would be refused. */
export interface MigrateDryRun {
  report: MigrationLine[];
  refusal?: Refusal;
}
export interface ModifyDryRun {
  report: ModificationLine[];
  status: InstanceStatus;
  refusal?: Refusal;
}

/** `already`: it runs on that version already. A repeat answered from memory has no report. */
export type MigrateAnswer = Answer & { report: MigrationLine[]; already?: true };
export type ModifyAnswer = Answer & { report: ModificationLine[] };

/** Details of a migration refused because it needs decisions. */
export interface MigrationRefusalDetails {
  report: MigrationLine[];
}
