/** Who administers whom: by the duty `administer` at a facility or for the whole group, and the roles that are given by it. */
import { findFacility } from '../../../store/organisation/facilities.ts';
import type { RoleAt } from '../../../store/organisation/role-at.ts';
import { listRoles, type Role } from '../../../store/organisation/roles.ts';
import { findStaff, type Staff, somebodyHolds } from '../../../store/organisation/staff.ts';
import { noteSubject } from '../../http/audit.ts';
import { facilitiesWithDuty, type Person } from '../../http/policy.ts';
import { type FieldError, forbidden, invalid, notFound, type ProblemError } from '../../http/problem.ts';

export type GivingRoles = ReadonlyMap<string, Role>;

export const loadRoles = async (): Promise<GivingRoles> => new Map((await listRoles()).map((role) => [role._id, role]));

/** At a facility by a role held there or for the whole group; for the whole group by one held for it. */
function mayGive(person: Person, { role, facility }: RoleAt, roles: GivingRoles): boolean {
  return person.roles.some((held) => {
    const giving = roles.get(held.role);
    const there = held.facility === '*' || held.facility === facility;
    return there && giving?.duties.includes('administer') === true && givesRole(giving, role);
  });
}

const givesRole = ({ gives = [] }: Role, role: string): boolean => gives.includes('*') || gives.includes(role);

/**
 * Whoever could have given a person all their roles, those of other times too, may act on the person: otherwise a password set for
 * somebody would be a way to roles that one may not give. A person without roles is administered for the whole group.
 */
export function mayAdminister(person: Person, staff: Staff, roles: GivingRoles): boolean {
  if (facilitiesWithDuty(person, 'administer') === undefined && staff.roles.length === 0) return true;
  return staff.roles.length > 0 && staff.roles.every((one) => mayGive(person, one, roles));
}

/** People with a role at a facility of the person's duty, now or at another time. */
function maySeeStaff(person: Person, staff: Staff): boolean {
  const own = facilitiesWithDuty(person, 'administer');
  return own === undefined || staff.roles.some((one) => own.includes(one.facility));
}

/** @throws ProblemError 404 */
export async function visibleStaff(id: string, person: Person): Promise<Staff> {
  const staff = await findStaff(id);
  noteSubject({ kind: 'staff', id }, staff ? onlyFacility(staff.roles) : undefined);
  if (!staff || !maySeeStaff(person, staff)) throw notFound(`person ${id}`);
  return staff;
}

/** @throws ProblemError 404; 403 on oneself, and on people with roles that the person may not give */
export async function administeredStaff(id: string, person: Person): Promise<Staff> {
  const staff = await visibleStaff(id, person);
  if (id === person.id)
    throw forbidden(
      'own-account',
      'Nobody administers themselves.',
      'Your password and sessions are at /api/me; for anything else ask another administrator.',
    );
  if (!mayAdminister(person, staff, await loadRoles())) throw mayNot(staff.roles);
  return staff;
}

/**
 * Roles that somebody is given or loses.
 * @throws ProblemError 422 for roles and facilities that do not exist, 403 for those that the person may not give
 */
export async function requireGiving(person: Person, before: RoleAt[], after: RoleAt[]): Promise<void> {
  const roles = await loadRoles();
  const errors = await Promise.all(after.map((one, index) => wrongRole(one, `body.roles.${index}`, roles)));
  const wrong = errors.flatMap((one) => one ?? []);
  if (wrong.length > 0) throw invalid(wrong, 422);
  const denied = [...before, ...after].filter((one) => !mayGive(person, one, roles));
  if (denied.length > 0) throw mayNot(denied);
}

async function wrongRole({ role, facility, from, until }: RoleAt, path: string, roles: GivingRoles) {
  const wrong = (field: string, code: string, message: string): FieldError => ({
    path: `${path}.${field}`,
    code,
    message,
  });
  if (!roles.has(role)) return wrong('role', 'unknown_role', `There is no role "${role}".`);
  if (facility !== '*' && !(await findFacility(facility)))
    return wrong('facility', 'unknown_facility', `There is no facility ${facility}.`);
  if (from !== undefined && until !== undefined && until <= from)
    return wrong('until', 'before_from', 'Later than "from".');
  return undefined;
}

function mayNot(roles: RoleAt[]): ProblemError {
  const named = [...new Set(roles.map(({ role, facility }) => `${role} at ${facility}`))].join(', ');
  return forbidden(
    'role-not-yours-to-give',
    `You may not give or take all of these: ${named || 'no role at all'}.`,
    'Ask an administrator who may, for the whole group if need be.',
  );
}

/** Somebody must be able to administer the whole group, without an end. */
export async function administratorsRemain(): Promise<boolean> {
  const roles = [...(await loadRoles()).values()];
  const giving = roles.filter(({ duties, gives = [] }) => duties.includes('administer') && gives.includes('*'));
  return somebodyHolds(giving.map(({ _id }) => _id));
}

/** For the audit trail: where a person belongs, if it is one facility. */
export function onlyFacility(roles: RoleAt[]): string | undefined {
  const [first, ...more] = new Set(roles.map((one) => one.facility));
  return more.length === 0 && first !== '*' ? first : undefined;
}
