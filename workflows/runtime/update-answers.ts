/** What an update answers, and how a refusal leaves a workflow; the client's side is temporal/outcomes.ts. */
import { ApplicationFailure } from '@temporalio/common';
import { condition } from '@temporalio/workflow';
import type { TaskRow } from '../../activities/types.ts';
import type { LocalizedText } from '../../engine/model/plan.ts';
import type { Refusal } from '../../engine/model/types.ts';
import type { Burst } from './bursts.ts';
import type { Instance } from './instance.ts';
import { type Answer, refusedType } from './instance-messages.ts';

/** What a handler or validator throws. */
export function refused(refusal: Refusal): ApplicationFailure {
  return ApplicationFailure.nonRetryable(refusal.message.en, refusedType, refusal);
}

/** An answer stays small, whatever a step opens: the rows are in the database. */
const mostTasks = 50;

export function answerOf(instance: Instance, happened: LocalizedText, tasks: TaskRow[]): Answer {
  const { seq, state } = instance;
  const pending = instance.writes.upTo < seq;
  return {
    seq,
    status: state.status,
    tasks: tasks.slice(0, mostTasks),
    happened,
    ...(pending && { rowsPending: true }),
  };
}

/**
 * Until the rows of a burst are in the database, or it is found to be away. They are written by local activities of the same workflow
 * task, so this costs no event.
 */
export async function untilWritten({ writes }: Instance, { rows }: Burst): Promise<void> {
  await condition(() => writes.upTo >= rows.instance.seq || writes.failing);
}
