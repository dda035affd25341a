/** Resolves the worker of a job whose type is an expression (FEEL) when it is reached; the answer is pinned in the instance's history. */
import type { JobWorker } from '../../engine/model/plan.ts';
import { findJobType as find } from '../../store/definitions/job-types.ts';
import type { RuntimeActivities } from '../types.ts';

export const findJobType: RuntimeActivities['findJobType'] = async (type) => {
  const row = await find(type);
  if (!row) return null;
  const { taskQueue, startToCloseTimeout, heartbeatTimeout, scheduleToStartTimeout } = row;
  return {
    taskQueue,
    ...(startToCloseTimeout && { startToCloseTimeout }),
    ...(heartbeatTimeout && { heartbeatTimeout }),
    ...(scheduleToStartTimeout && { scheduleToStartTimeout }),
  } satisfies JobWorker;
};
