/** Results of updates, and how a refusal leaves a workflow; the client's side is temporal/outcomes.ts. */
import { ApplicationFailure } from '@temporalio/common';
import { condition } from '@temporalio/workflow';
import type { TaskRow } from '../../activities/types.ts';
import { oversizeOf } from '../../engine/model/payload-size.ts';
import type { LocalizedText } from '../../engine/model/plan.ts';
import type { Refusal } from '../../engine/model/types.ts';
import type { Burst } from './bursts.ts';
import type { Instance } from './instance.ts';
import { type Answer, refusedType } from './instance-messages.ts';

/** Thrown by handlers and validators. Oversized details are omitted. */
export function refused(refusal: Refusal): ApplicationFailure {
  const { details, ...short } = refusal;
  return ApplicationFailure.nonRetryable(refusal.message.en, refusedType, oversizeOf(details) ? short : refusal);
}

/** Results stay small regardless of the step; oversized lists are omitted and read from the database. */
const mostTasks = 50;

export function answerOf(instance: Instance, happened: LocalizedText, tasks: TaskRow[]): Answer {
  const { seq, state } = instance;
  const few = tasks.slice(0, mostTasks);
  const pending = instance.writes.upTo < seq;
  return {
    seq,
    status: state.status,
    tasks: oversizeOf(few) ? [] : few,
    happened,
    ...(pending && { rowsPending: true }),
  };
}

const tooLong = {
  zh: '明细过大，未能附上，请用试运行或列表查看。',
  en: 'What became of each wait is too much for an answer: see it in the lists.',
};

/** With a report if it fits; otherwise without lists, with a note. */
export function withReport<Line>(answer: Answer, report: Line[]): Answer & { report: Line[] } {
  if (!oversizeOf([answer.tasks, report])) return { ...answer, report };
  const { zh, en } = answer.happened;
  return { ...answer, tasks: [], report: [], happened: { zh: zh + tooLong.zh, en: `${en} ${tooLong.en}` } };
}

/**
 * Waits until the rows of a burst are written, or the database is found unavailable. Written by local activities of the
 * same workflow task, so this adds no event.
 */
export async function untilWritten({ writes }: Instance, { rows }: Burst): Promise<void> {
  await condition(() => writes.upTo >= rows.instance.seq || writes.failing);
}

/** The same of all rows so far. */
export async function untilAllWritten(instance: Instance): Promise<void> {
  await condition(() => instance.writes.upTo >= instance.seq || instance.writes.failing);
}
