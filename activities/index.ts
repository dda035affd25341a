/** All activities of the worker by name. */
import { withAvailability } from './availability.ts';
import { batchActivities, type Changer } from './batches.ts';
import { fileCase } from './cases.ts';
import { loadDefinition } from './definitions.ts';
import { findJobType } from './job-types.ts';
import { type Messenger, messageActivities } from './messages.ts';
import { sendMessage, tellRoles } from './notices.ts';
import { loadPlan } from './plans.ts';
import { orderPayment, releaseRefund, reserveRefund } from './refunds.ts';
import { type Starter, scheduleActivities } from './schedules.ts';
import { findStaff } from './staff.ts';
import type { Activities } from './types.ts';

export function createActivities(messenger: Messenger, changer: Changer, starter: Starter): Activities {
  return withAvailability<Activities>({
    loadDefinition,
    loadPlan,
    findJobType,
    tellRoles,
    sendMessage,
    fileCase,
    reserveRefund,
    releaseRefund,
    orderPayment,
    findStaff,
    ...messageActivities(messenger),
    ...batchActivities(changer),
    ...scheduleActivities(starter),
  });
}
