/** Names and shapes of what changes a running instance beside its definition: migration and modification, each with a dry run. */
import type { MigrationLine, MigrationOptions } from '../../engine/migrate/types.ts';
import type { Plan } from '../../engine/model/plan.ts';
import type { Actor, InstanceState, InstanceStatus, Refusal } from '../../engine/model/types.ts';
import type { ElementInstruction, ModificationLine } from '../../engine/modify/types.ts';
import type { Answer } from './instance-messages.ts';

export const changeUpdates = { migrate: 'migrate', modify: 'modify' } as const;
/** They change nothing and leave no trace in the history. */
export const changeQueries = { migrate: 'dryRunMigrate', modify: 'dryRunModify' } as const;

export interface MigrateUpdate extends MigrationOptions {
  /** Version of the instance's own process. */
  version: number;
  /** Hash of its plan, where the sender knows it: another one is refused. */
  hash?: string;
  by: Actor;
}

/** A query cannot load anything: who asks brings the plan along. */
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

/** What the dry runs answer. `refusal`: it would not be done. */
export interface MigrateDryRun {
  report: MigrationLine[];
  refusal?: Refusal;
}
export interface ModifyDryRun {
  report: ModificationLine[];
  status: InstanceStatus;
  refusal?: Refusal;
}

/** `already`: it ran by that version before. A repeat answered from what was remembered has no report. */
export type MigrateAnswer = Answer & { report: MigrationLine[]; already?: true };
export type ModifyAnswer = Answer & { report: ModificationLine[] };

/** Details of the refusal of a migration that needs decisions. */
export interface MigrationRefusalDetails {
  report: MigrationLine[];
}
