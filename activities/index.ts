/** All activities of the worker by name. */
import { jobActivities } from './jobs/index.ts';
import { withAvailability } from './runtime/availability.ts';
import { batchActivities } from './runtime/batches.ts';
import { loadDefinition } from './runtime/definitions.ts';
import { findJobType } from './runtime/job-types.ts';
import { messageActivities } from './runtime/messages.ts';
import { loadPlan } from './runtime/plans.ts';
import type { InstanceChanges, Messenger, Starter } from './runtime/ports.ts';
import { scheduleActivities } from './runtime/schedules.ts';
import { holdsRole } from './runtime/staff.ts';
import { tellRoles } from './runtime/tell-roles.ts';
import type { Activities } from './types.ts';

export function createActivities(messenger: Messenger, changer: InstanceChanges, starter: Starter): Activities {
  return withAvailability<Activities>({
    loadDefinition,
    loadPlan,
    findJobType,
    holdsRole,
    tellRoles,
    ...jobActivities,
    ...messageActivities(messenger),
    ...batchActivities(changer),
    ...scheduleActivities(starter),
  });
}
