/** What an update answers, and how a refusal leaves a workflow; the client's side is temporal/outcomes.ts. */
import { ApplicationFailure } from '@temporalio/common';
import type { TaskRow } from '../../activities/types.ts';
import type { LocalizedText } from '../../engine/model/plan.ts';
import type { Refusal } from '../../engine/model/types.ts';
import type { Instance } from './instance.ts';
import { type Answer, refusedType } from './instance-messages.ts';

/** What a handler or validator throws. */
export function refused(refusal: Refusal): ApplicationFailure {
  return ApplicationFailure.nonRetryable(refusal.message.en, refusedType, refusal);
}

/** An answer stays small, whatever a step opens: the rows are in the database. */
const mostTasks = 50;

export function answerOf(instance: Instance, happened: LocalizedText, tasks: TaskRow[]): Answer {
  return { seq: instance.seq, status: instance.state.status, tasks: tasks.slice(0, mostTasks), happened };
}
