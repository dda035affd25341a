/** Who does a job whose type is worked out only when it is reached (FEEL): asked then, and pinned in the instance's history. */
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
