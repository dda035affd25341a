/**
 * Activities do only what was sealed for them: whoever reaches Temporal can schedule one. Their results are sealed for whom they are for, and
 * are no larger than Temporal takes: a workflow task with the result of a local activity that is would fail for ever.
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
          throw ApplicationFailure.nonRetryable(`What ${activityType} shall do was not sealed for it.`, 'Unsealed');
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
  if (size) throw ApplicationFailure.nonRetryable(`${size.megabytes} MB are too large.`, resultTooLarge, size);
}
