/** Port of activities to Temporal: signals, changes and starts other instances. Implemented in temporal/, wired by the worker. */
import type { MigrationLine, MigrationOptions } from '../../engine/migrate/types.ts';
import type { Plan, Variables } from '../../engine/model/plan.ts';
import type { Actor, InstanceState, Refusal } from '../../engine/model/types.ts';
import type { ElementInstruction, ModificationLine } from '../../engine/modify/types.ts';
import type { MessageTransport } from '../../store/messaging/delivery.ts';
import type { ScheduledStart } from './schedule-types.ts';

export interface Messenger extends MessageTransport {
  /** Notifies the sender of a message that expired. @returns false when the sender has ended */
  undelivered(
    instance: string,
    message: { id: string; name: string; element?: string; until: string },
  ): Promise<boolean>;
}

export interface Starter {
  /** Workflow id. */
  idOf(process: string, businessKey: string): string;
  /** @returns false when the key was used by another start */
  begin(begin: ScheduledStart): Promise<boolean>;
}

export type ChangeLine = MigrationLine | ModificationLine;

export interface Words {
  zh: string;
  en: string;
}

/** What an instance says to an act: `happened` in words. */
export type ActResult =
  | { kind: 'done'; happened: Words }
  | { kind: 'refused'; refusal: Refusal }
  | { kind: 'gone' }
  | { kind: 'unanswered' };

/** Result of a change. `unanswered`: not within the time limit; it may still happen, and is repeated under the same id. */
export type ChangeResult =
  | { kind: 'done'; report: ChangeLine[]; already?: true }
  /** A dry run found that it can be done. */
  | { kind: 'possible'; report: ChangeLine[] }
  | { kind: 'refused'; refusal: Refusal; report: ChangeLine[] }
  | { kind: 'gone' }
  | { kind: 'unanswered' };

/** Running instances as a batch needs them. */
export interface InstanceChanges {
  migrate(
    instance: string,
    ask: MigrationOptions & { version: number; hash: string; by: Actor },
    updateId: string,
  ): Promise<ChangeResult>;
  tryMigrate(
    instance: string,
    ask: MigrationOptions & { plan: Plan; definition: InstanceState['definition'] },
  ): Promise<ChangeResult>;
  modify(
    instance: string,
    ask: { instructions: ElementInstruction[]; by: Actor },
    updateId: string,
  ): Promise<ChangeResult>;
  tryModify(instance: string, ask: { instructions: ElementInstruction[] }): Promise<ChangeResult>;
  retry(instance: string, ask: { key: string; by: Actor }, updateId: string): Promise<ActResult>;
  skip(
    instance: string,
    ask: { key: string; reason: string; variables?: Variables; by: Actor },
    updateId: string,
  ): Promise<ActResult>;
  cancel(instance: string, ask: { reason: string; by: Actor }, updateId: string): Promise<ActResult>;
  setVariables(instance: string, ask: { variables: Variables; by: Actor }, updateId: string): Promise<ActResult>;
}
