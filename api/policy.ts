/**
 * Who may do what: every route and every row is decided here and nowhere else (roles × facilities, domain.md "Roles").
 * A person sees only the facilities they belong to; roles of the whole group (facility `*`) see all.
 */
import type { RoleAt } from '../store/staff.ts';

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

/** Who is asking. */
export interface Person {
  id: string;
  name: string;
  roles: RoleAt[];
}

/** `public`: without login. `staff`: whoever is logged in. Otherwise one of these roles, anywhere. */
export type RouteRule = 'public' | 'staff' | { roles: readonly RoleId[] };

const ops = { roles: ['ops'] } as const satisfies RouteRule;
const overseers = {
  roles: ['ops', 'cs-director', 'cs-general-director', 'president', 'gm-office', 'gm'],
} as const satisfies RouteRule;
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
  'GET /api/instances': overseers,
  'POST /api/instances': ops,
  'GET /api/instances/{id}': overseers,
  'GET /api/instances/{id}/explain': overseers,
  'GET /api/instances/{id}/journal': overseers,
  'POST /api/instances/{id}/retry': ops,
  'POST /api/instances/{id}/cancel': ops,
  'GET /api/instances/{id}/variables': overseers,
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
  'GET /api/definitions/{key}/versions/{version}': 'staff',
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

/** Facility codes this person sees; undefined: all of the group. */
export function facilitiesOf(person: Person): string[] | undefined {
  if (person.roles.some((held) => held.facility === '*')) return undefined;
  return [...new Set(person.roles.map((held) => held.facility))];
}

export function maySee(person: Person, facility: string): boolean {
  return person.roles.some((held) => held.facility === facility || held.facility === '*');
}

/** The facilities a list looks in: what was asked for, as far as the person may see it. */
export function visibleFacilities(person: Person, asked?: string): string[] | undefined {
  const own = facilitiesOf(person);
  if (asked === undefined) return own;
  return own === undefined || own.includes(asked) ? [asked] : [];
}

/** Roles held at a facility, those of the facility before those of the group. */
export function rolesAt(person: Person, facility: string): string[] {
  const own = person.roles.filter((held) => held.facility === facility);
  const group = person.roles.filter((held) => held.facility === '*');
  return [...new Set([...own, ...group].map((held) => held.role))];
}

/** Any employee takes a complaint, at a facility they belong to (domain section 1, step 1). */
export function mayRegister(person: Person, facility: string): boolean {
  return maySee(person, facility);
}

const textRoles: readonly string[] = [
  'handler',
  'cs-director',
  'cs-general-director',
  'department-head',
  'president',
  'medical-affairs',
  'group-medical-affairs',
  'gm-office',
  'gm',
  'legal',
];

/** What was told, and by whom, is shown to those who work or judge the case, and to whoever took it down. */
export function maySeeTexts(person: Person, complaint: { facility: string; registeredBy?: string }): boolean {
  if (complaint.registeredBy === person.id && maySee(person, complaint.facility)) return true;
  return rolesAt(person, complaint.facility).some((role) => textRoles.includes(role));
}

/** Facilities in whose texts this person may search; undefined: all of the group. */
export function textFacilities(person: Person): string[] | undefined {
  const held = person.roles.filter((one) => textRoles.includes(one.role));
  if (held.some((one) => one.facility === '*')) return undefined;
  return [...new Set(held.map((one) => one.facility))];
}

/** What decides about acts on a task. */
export interface TaskRights {
  facility: string;
  assignee: string | null;
  candidateGroups: string[];
  candidateUsers: string[];
  excludedUsers: string[];
}

export type TaskAct = 'claim' | 'unclaim' | 'assign' | 'complete' | 'return';
export type Allowed = { ok: true; role?: string } | { ok: false; code: string; detail: string; hint: string };

/** The one who has it, its candidates at its facility; a cs-director also hands tasks of the facility to somebody else. */
export function mayAct(person: Person, task: TaskRights, act: TaskAct): Allowed {
  if (task.excludedUsers.includes(person.id))
    return {
      ok: false,
      code: 'own-application',
      detail: 'You may not act here: the application is your own.',
      hint: 'Leave it to another person of the role.',
    };
  const held = rolesAt(person, task.facility);
  const role = held.find((one) => task.candidateGroups.includes(one));
  if (role) return { ok: true, role };
  const named = task.assignee === person.id || task.candidateUsers.includes(person.id);
  const leads = act === 'assign' && held.includes('cs-director') ? 'cs-director' : undefined;
  if (named || leads) {
    const as = leads ?? held[0];
    return { ok: true, ...(as && { role: as }) };
  }
  return {
    ok: false,
    code: 'not-a-candidate',
    detail: `This task is for ${task.candidateGroups.join(', ') || 'the person it is assigned to'} at ${task.facility}.`,
    hint: 'Ask one of them, or have it assigned to you.',
  };
}

/** In which of the roles asked for the person decides about a refund; their own application never (domain section 2). */
export function mayDecide(person: Person, refund: { facility: string; applicant?: string; roles: string[] }): Allowed {
  if (refund.applicant === person.id)
    return {
      ok: false,
      code: 'own-application',
      detail: 'You applied for this refund yourself, so you may not decide about it.',
      hint: 'Leave the decision to another approver.',
    };
  const role = rolesAt(person, refund.facility).find((one) => refund.roles.includes(one));
  if (role) return { ok: true, role };
  return {
    ok: false,
    code: 'wrong-role',
    detail: `The step that is open is decided by ${refund.roles.join(', ') || 'nobody'} at ${refund.facility}.`,
    hint: 'Wait until it is your turn, or ask that role.',
  };
}
