/** All routes, by resource. */
import type { Deps } from '../deps.ts';
import type { Route } from '../route.ts';
import { activationRoutes } from './activation.ts';
import { batchRoutes } from './batches.ts';
import { calendarRoutes } from './calendar.ts';
import { changeRoutes } from './changes.ts';
import { complaintRoutes } from './complaints.ts';
import { conditionRoutes } from './conditions.ts';
import { definitionRoutes } from './definitions.ts';
import { healthRoutes } from './health.ts';
import { instanceRoutes } from './instances.ts';
import { jobTypeRoutes } from './job-types.ts';
import { messageRoutes } from './messages.ts';
import { paymentRoutes, refundRoutes } from './refunds.ts';
import { scheduleRoutes } from './schedules.ts';
import { sessionRoutes } from './session.ts';
import { startRoutes } from './starts.ts';
import { taskRoutes } from './tasks.ts';
import { variableRoutes } from './variables.ts';

export function allRoutes(deps: Deps): Route[] {
  return [
    ...sessionRoutes(deps),
    ...complaintRoutes(deps),
    ...taskRoutes(deps),
    ...paymentRoutes(),
    ...refundRoutes(deps),
    ...instanceRoutes(deps),
    ...variableRoutes(deps),
    ...startRoutes(deps),
    ...changeRoutes(deps),
    ...batchRoutes(deps),
    ...definitionRoutes(deps),
    ...activationRoutes(deps),
    ...scheduleRoutes(deps),
    ...jobTypeRoutes(deps),
    ...messageRoutes(deps),
    ...conditionRoutes(deps),
    ...calendarRoutes(),
    ...healthRoutes(deps),
  ];
}
