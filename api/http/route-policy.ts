/** Who may use which route: the table of all routes there are. What is seen and done behind them is decided in `policy.ts`. */
import type { Person } from './policy.ts';

export const roleIds = [
  'intake',
  'consultant',
  'handler',
  'cs-director',
  'cs-general-director',
  'department-head',
  'president',
  'medical-affairs',
  'group-medical-affairs',
  'gm-office',
  'gm',
  'finance',
  'cashier',
  'legal',
  'hr',
  'callback',
  'member-manager',
  'ops',
] as const;
export type RoleId = (typeof roleIds)[number];

/** `public`: without login. `staff`: whoever is logged in. Otherwise one of these roles, anywhere. */
export type RouteRule = 'public' | 'staff' | { roles: readonly RoleId[] };

const ops = { roles: ['ops'] } as const satisfies RouteRule;
const approvers = {
  roles: ['cs-director', 'cs-general-director', 'department-head', 'president', 'finance', 'gm-office', 'gm'],
} as const satisfies RouteRule;

/** Who hears from patients and partners, besides the operators: a withdrawal is told to customer service. */
const messengers = {
  roles: ['ops', 'handler', 'cs-director', 'cs-general-director', 'medical-affairs', 'callback'],
} as const satisfies RouteRule;
const payers = {
  roles: ['consultant', 'handler', 'cs-director', 'cs-general-director', 'president', 'finance', 'cashier', 'gm'],
} as const satisfies RouteRule;

/** Every route there is. A route that is missing here does not start. */
export const routePolicy = {
  'POST /api/login': 'public',
  'POST /api/logout': 'staff',
  'GET /api/me': 'staff',
  'POST /api/complaints': 'staff',
  'GET /api/complaints': 'staff',
  'GET /api/complaints/{caseNumber}': 'staff',
  'GET /api/tasks': 'staff',
  'GET /api/tasks/{id}': 'staff',
  'POST /api/tasks/{id}/claim': 'staff',
  'POST /api/tasks/{id}/unclaim': 'staff',
  'POST /api/tasks/{id}/assign': 'staff',
  'POST /api/tasks/{id}/complete': 'staff',
  'POST /api/tasks/{id}/return': 'staff',
  'GET /api/payments': payers,
  'GET /api/refunds': 'staff',
  'GET /api/refunds/{id}': 'staff',
  'POST /api/refunds/{id}/decision': approvers,
  'GET /api/instances': 'staff',
  'POST /api/instances': ops,
  'GET /api/instances/{id}': 'staff',
  'GET /api/instances/{id}/explain': 'staff',
  'GET /api/instances/{id}/journal': 'staff',
  'POST /api/instances/{id}/retry': ops,
  'POST /api/instances/{id}/cancel': ops,
  'GET /api/instances/{id}/variables': 'staff',
  'POST /api/instances/{id}/variables': ops,
  'POST /api/instances/{id}/skip': ops,
  'POST /api/instances/{id}/migrate': ops,
  'POST /api/instances/{id}/modify': ops,
  'POST /api/migrations': ops,
  'POST /api/modifications': ops,
  'GET /api/batches': ops,
  'GET /api/batches/{id}': ops,
  'POST /api/batches/{id}/stop': ops,
  'GET /api/definitions': 'staff',
  'POST /api/definitions': ops,
  'GET /api/definitions/{key}': 'staff',
  'GET /api/definitions/{key}/versions/{version}': 'staff',
  'POST /api/definitions/{key}/versions/{version}/deactivate': ops,
  'POST /api/definitions/{key}/versions/{version}/activate': ops,
  'GET /api/definitions/{key}/schedules': 'staff',
  'GET /api/definitions/{key}/schedules/journal': ops,
  'POST /api/definitions/{key}/schedules/{schedule}/pause': ops,
  'POST /api/definitions/{key}/schedules/{schedule}/resume': ops,
  'POST /api/definitions/{key}/schedules/{schedule}/trigger': ops,
  'GET /api/job-types': 'staff',
  'PUT /api/job-types/{type}': ops,
  'DELETE /api/job-types/{type}': ops,
  'POST /api/messages': messengers,
  'POST /api/conditions': messengers,
  'GET /api/messages': ops,
  'GET /api/messages/{id}': messengers,
  'DELETE /api/messages/{id}': ops,
  'POST /api/signals': ops,
  'GET /api/calendar/why': 'staff',
  'GET /healthz': 'public',
  'GET /readyz': 'public',
  'GET /metrics': 'public',
  'GET /openapi.json': 'public',
} as const satisfies Record<string, RouteRule>;
export type RouteKey = keyof typeof routePolicy;

export function mayUse(rule: RouteRule, person: Person | null): 'yes' | 'log-in' | 'no' {
  if (rule === 'public') return 'yes';
  if (!person) return 'log-in';
  if (rule === 'staff') return person.roles.length > 0 ? 'yes' : 'no';
  return person.roles.some((held) => rule.roles.some((role) => role === held.role)) ? 'yes' : 'no';
}
