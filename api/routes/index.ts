/** All routes, by resource. */
import type { Deps } from '../deps.ts';
import type { Route } from '../route.ts';
import { batchRoutes } from './batches.ts';
import { calendarRoutes } from './calendar.ts';
import { changeRoutes } from './changes.ts';
import { complaintRoutes } from './complaints.ts';
import { definitionRoutes } from './definitions.ts';
import { healthRoutes } from './health.ts';
import { instanceRoutes } from './instances.ts';
import { messageRoutes } from './messages.ts';
import { paymentRoutes, refundRoutes } from './refunds.ts';
import { sessionRoutes } from './session.ts';
import { taskRoutes } from './tasks.ts';

export function allRoutes(deps: Deps): Route[] {
  return [
    ...sessionRoutes(deps),
    ...complaintRoutes(deps),
    ...taskRoutes(deps),
    ...paymentRoutes(),
    ...refundRoutes(deps),
    ...instanceRoutes(deps),
    ...changeRoutes(deps),
    ...batchRoutes(deps),
    ...definitionRoutes(),
    ...messageRoutes(deps),
    ...calendarRoutes(),
    ...healthRoutes(deps),
  ];
}
