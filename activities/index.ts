/** All activities of the worker by name. */
import { usualDescendantsPerDay } from '../store/runtime/descendants.ts';
import { jobActivities } from './jobs/index.ts';
import { withAvailability } from './runtime/availability.ts';
import { batchActivities } from './runtime/batches.ts';
import { definitionActivities } from './runtime/definitions.ts';
import { descendantActivities } from './runtime/descendants.ts';
import { findJobType } from './runtime/job-types.ts';
import { messageActivities } from './runtime/messages.ts';
import { loadPlan } from './runtime/plans.ts';
import type { InstanceChanges, Messenger, Starter } from './runtime/ports.ts';
import { scheduleActivities } from './runtime/schedules.ts';
import { holdsRole } from './runtime/staff.ts';
import { tellRoles } from './runtime/tell-roles.ts';
import type { Activities } from './types.ts';

/** @param descendantsPerDay limit of one root */
export function createActivities(
  messenger: Messenger,
  changer: InstanceChanges,
  starter: Starter,
  descendantsPerDay = usualDescendantsPerDay,
): Activities {
  return withAvailability<Activities>({
    loadPlan,
    findJobType,
    holdsRole,
    tellRoles,
    ...definitionActivities(descendantsPerDay),
    ...descendantActivities(descendantsPerDay),
    ...jobActivities,
    ...messageActivities(messenger),
    ...batchActivities(changer),
    ...scheduleActivities(starter),
  });
}
