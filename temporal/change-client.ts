/** Migrates and modifies running instances; outcomes are values (port `InstanceChanges` of activities/). */
import type { Client } from '@temporalio/client';
import type { ActResult, ChangeResult, InstanceChanges } from '../activities/runtime/ports.ts';
import { refusal as refuseWith } from '../engine/messages/refusals.ts';
import {
  changeQueries,
  changeUpdates,
  type MigrateAnswer,
  type MigrateDryRun,
  type MigrateQuery,
  type MigrateUpdate,
  type MigrationRefusalDetails,
  type ModifyAnswer,
  type ModifyDryRun,
  type ModifyQuery,
  type ModifyUpdate,
} from '../workflows/runtime/change-messages.ts';
import { type Answer, updateNames } from '../workflows/runtime/instance-messages.ts';
import { isGone, isUnanswered, refusalOf } from './outcomes.ts';
import { AnswerTooLargeError } from './sealing/client.ts';

const answerWithinMs = 10_000;

export function createInstanceChanges(client: Client): InstanceChanges {
  const within = <T>(work: () => Promise<T>): Promise<T> =>
    client.withDeadline(Date.now() + answerWithinMs, work) as Promise<T>;

  async function update(instance: string, name: string, ask: MigrateUpdate | ModifyUpdate, updateId: string) {
    const handle = client.workflow.getHandle(instance);
    return asked<ChangeResult>(async () => {
      const answer = await within(() =>
        handle.executeUpdate<MigrateAnswer | ModifyAnswer, [typeof ask]>(name, {
          args: [ask],
          updateId,
        }),
      );
      const { report } = answer;
      return { kind: 'done', report, ...('already' in answer && answer.already && { already: true }) };
    });
  }

  async function act(instance: string, name: string, ask: object, updateId: string): Promise<ActResult> {
    const handle = client.workflow.getHandle(instance);
    return asked<ActResult>(async () => {
      const { happened } = await within(() => handle.executeUpdate<Answer, [object]>(name, { args: [ask], updateId }));
      return { kind: 'done', happened };
    });
  }

  async function query(instance: string, name: string, ask: MigrateQuery | ModifyQuery) {
    const handle = client.workflow.getHandle(instance);
    return asked<ChangeResult>(async () => {
      const { refusal, report } = await within(() =>
        handle.query<MigrateDryRun | ModifyDryRun, [typeof ask]>(name, ask),
      );
      return refusal ? { kind: 'refused', refusal, report } : { kind: 'possible', report };
    });
  }

  return {
    migrate: (instance, ask, id) => update(instance, changeUpdates.migrate, ask, id),
    tryMigrate: (instance, ask) => query(instance, changeQueries.migrate, ask),
    modify: (instance, ask, id) => update(instance, changeUpdates.modify, ask, id),
    tryModify: (instance, ask) => query(instance, changeQueries.modify, ask),
    retry: (instance, ask, id) => act(instance, updateNames.retry, ask, id),
    skip: (instance, ask, id) => act(instance, updateNames.skip, ask, id),
    cancel: (instance, ask, id) => act(instance, updateNames.cancel, ask, id),
    setVariables: (instance, ask, id) => act(instance, updateNames.setVariables, ask, id),
  };
}

type Unchanged = Extract<ChangeResult, { kind: 'refused' | 'gone' | 'unanswered' }>;

/** Errors other than the instance's answer (Temporal unavailable) are thrown, so that the activity is retried. */
async function asked<Done>(work: () => Promise<Done>): Promise<Done | Unchanged> {
  try {
    return await work();
  } catch (error) {
    if (isGone(error)) return { kind: 'gone' };
    if (isUnanswered(error)) return { kind: 'unanswered' };
    const refusal = error instanceof AnswerTooLargeError ? refuseWith('answer-too-large') : refusalOf(error);
    if (!refusal) throw error;
    const details = refusal.details as unknown as MigrationRefusalDetails | undefined;
    return { kind: 'refused', refusal, report: details?.report ?? [] };
  }
}
