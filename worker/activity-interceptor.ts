/**
 * Activities require sealed input, as anybody with access to Temporal can schedule one. Results are sealed for their
 * receiver and limited in size: a workflow task with an oversized local activity result would fail forever.
 */
import { ApplicationFailure } from '@temporalio/common';
import type { ActivityInterceptorsFactory } from '@temporalio/worker';
import { bytesFrom, megabytes, megabytesOver } from '../engine/model/payload-size.ts';
import { isUnopened, openedFor, resultTooLarge, sealedFor } from '../workflows/sealing/marks.ts';
import { bytesTooManyTogether, maxTogether, smallBytes } from './local-results.ts';

export const sealedActivities: ActivityInterceptorsFactory = ({ info }) => ({
  inbound: {
    async execute(input, next) {
      const { activityType, isLocal, workflowExecution } = info;
      const args = input.args.map((value) => {
        const opened = openedFor(`activity:${activityType}`, value);
        if (isUnopened(opened))
          throw ApplicationFailure.nonRetryable(`The input of ${activityType} was not sealed for it.`, 'Unsealed');
        return opened.value;
      });
      const result = await next({ ...input, args }).catch((error: unknown) => {
        if (error instanceof ApplicationFailure) requireFitting(error.details);
        throw error;
      });
      requireFitting(result, isLocal ? workflowExecution?.runId : undefined);
      return sealedFor(`result:${activityType}`, result);
    },
  },
});

/** @param runId of the workflow whose workflow task it comes with, of a local activity */
function requireFitting(result: unknown, runId?: string): void {
  const bytes = bytesFrom(smallBytes, result);
  const size = megabytesOver(bytes);
  if (size)
    throw ApplicationFailure.nonRetryable(`The result is too large: ${size.megabytes} MB.`, resultTooLarge, size);
  const together = runId === undefined ? undefined : bytesTooManyTogether(runId, bytes, Date.now());
  if (together !== undefined)
    throw ApplicationFailure.nonRetryable(
      `The result is too large together with others of the same moment: ${megabytes(together)} MB.`,
      resultTooLarge,
      { megabytes: megabytes(together), limit: megabytes(maxTogether) },
    );
}
