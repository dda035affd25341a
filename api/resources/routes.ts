/** All routes, by resource. */
import type { Deps } from '../http/deps.ts';
import type { Route } from '../http/route.ts';
import { processApis } from '../processes/index.ts';
import { auditRoutes } from './audit/routes.ts';
import { batchRoutes } from './batches/routes.ts';
import { calendarRoutes } from './calendar/routes.ts';
import { changeRoutes } from './changes/routes.ts';
import { codecRoutes } from './codec/routes.ts';
import { conditionRoutes } from './conditions/routes.ts';
import { activationRoutes } from './definitions/activation-routes.ts';
import { definitionRoutes } from './definitions/routes.ts';
import { draftRoutes } from './drafts/routes.ts';
import { drawingRoutes } from './drawings/routes.ts';
import { eventRoutes } from './events/routes.ts';
import { facilityRoutes } from './facilities/routes.ts';
import { factRoutes } from './facts/routes.ts';
import { fileRoutes } from './files/routes.ts';
import { gatewayCallbackRoutes } from './gateway-callbacks/routes.ts';
import { healthRoutes } from './health/routes.ts';
import { hospitalEventRoutes } from './hospital-events/routes.ts';
import { clockRoute } from './instances/clock-route.ts';
import { instanceRoutes } from './instances/routes.ts';
import { jobTypeRoutes } from './job-types/routes.ts';
import { gatewayRoutes } from './letters/gateway-routes.ts';
import { letterRoutes } from './letters/routes.ts';
import { messageRoutes } from './messages/routes.ts';
import { patientChoiceRoutes } from './patient-choices/routes.ts';
import { patientImportRoutes } from './patient-imports/routes.ts';
import { patientRoutes } from './patients/routes.ts';
import { peopleRoutes } from './people/routes.ts';
import { proposalRoutes } from './proposals/routes.ts';
import { relatedRoutes } from './related/routes.ts';
import { ruleRoutes } from './rules/routes.ts';
import { runtimeRoutes } from './runtime/routes.ts';
import { scheduleRoutes } from './schedules/routes.ts';
import { sessionRoutes } from './session/routes.ts';
import { roleRoutes } from './staff/role-routes.ts';
import { staffRoutes } from './staff/routes.ts';
import { startRoutes } from './starts/routes.ts';
import { statisticsRoutes } from './statistics/routes.ts';
import { subscriptionRoutes } from './subscriptions/routes.ts';
import { substituteRoutes } from './substitutes/routes.ts';
import { taskRoutes } from './tasks/routes.ts';
import { variableRoutes } from './variables/routes.ts';
import { viewRoutes } from './views/routes.ts';

export function allRoutes(deps: Deps): Route[] {
  const acts: Route[] = [
    ...sessionRoutes(deps),
    ...auditRoutes(() => all),
    ...staffRoutes(),
    ...roleRoutes(),
    ...taskRoutes(deps),
    ...eventRoutes(deps),
    ...viewRoutes(),
    ...substituteRoutes(),
    ...peopleRoutes(),
    ...patientRoutes(),
    ...patientChoiceRoutes(),
    ...hospitalEventRoutes(deps),
    ...patientImportRoutes(deps),
    ...processApis.flatMap((one) => one.routes(deps)),
    ...instanceRoutes(deps),
    clockRoute(deps),
    ...factRoutes(deps),
    ...relatedRoutes(),
    ...fileRoutes(deps),
    ...draftRoutes(),
    ...variableRoutes(deps),
    ...startRoutes(deps),
    ...changeRoutes(deps),
    ...batchRoutes(deps),
    ...definitionRoutes(deps),
    ...activationRoutes(deps),
    ...statisticsRoutes(),
    ...drawingRoutes(),
    ...scheduleRoutes(deps),
    ...jobTypeRoutes(deps),
    ...messageRoutes(deps),
    ...subscriptionRoutes(),
    ...letterRoutes(),
    ...gatewayRoutes(),
    ...gatewayCallbackRoutes(deps),
    ...conditionRoutes(deps),
    ...calendarRoutes(),
    ...ruleRoutes(),
    ...facilityRoutes(),
    ...codecRoutes(deps),
    ...healthRoutes(deps),
    ...runtimeRoutes(deps),
  ];
  const all = [...acts, ...proposalRoutes(acts)];
  return all;
}
