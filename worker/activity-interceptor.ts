/**
 * Activities require sealed input, as anybody with access to Temporal can schedule one. Results are sealed for their
 * receiver and limited in size: a workflow task with an oversized local activity result would fail forever.
 */
import { ApplicationFailure } from '@temporalio/common';
import type { ActivityInterceptorsFactory } from '@temporalio/worker';
import { oversizeOf } from '../engine/model/payload-size.ts';
import { isUnopened, openedFor, resultTooLarge, sealedFor } from '../workflows/sealing/marks.ts';

export const sealedActivities: ActivityInterceptorsFactory = ({ info: { activityType } }) => ({
  inbound: {
    async execute(input, next) {
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
      requireFitting(result);
      return sealedFor(`result:${activityType}`, result);
    },
  },
});

function requireFitting(result: unknown): void {
  const size = oversizeOf(result);
  if (size)
    throw ApplicationFailure.nonRetryable(`The result is too large: ${size.megabytes} MB.`, resultTooLarge, size);
}
