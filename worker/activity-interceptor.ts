/** Activities do only what was sealed for them: whoever reaches Temporal can schedule one. Their results are sealed for whom they are for. */
import { ApplicationFailure } from '@temporalio/common';
import type { ActivityInterceptorsFactory } from '@temporalio/worker';
import { isUnopened, openedFor, sealedFor } from '../workflows/sealing/marks.ts';

export const sealedActivities: ActivityInterceptorsFactory = ({ info: { activityType } }) => ({
  inbound: {
    async execute(input, next) {
      const args = input.args.map((value) => {
        const opened = openedFor(`activity:${activityType}`, value);
        if (isUnopened(opened))
          throw ApplicationFailure.nonRetryable(`What ${activityType} shall do was not sealed for it.`, 'Unsealed');
        return opened.value;
      });
      return sealedFor(`result:${activityType}`, await next({ ...input, args }));
    },
  },
});
