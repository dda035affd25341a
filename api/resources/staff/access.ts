/** Who may administer whom: by the duty `administer`, at a facility or for the whole group, and the roles it grants. */
import { findFacility } from '../../../store/organisation/facilities.ts';
import type { RoleAt } from '../../../store/organisation/role-at.ts';
import { listRoles, type Role } from '../../../store/organisation/roles.ts';
import { findStaff, type Staff, somebodyHolds } from '../../../store/organisation/staff.ts';
import { noteSubject } from '../../http/audit.ts';
import { facilitiesWithDuty, type Person } from '../../http/policy.ts';
import { type FieldError, forbidden, invalid, notFound, type ProblemError } from '../../http/problem.ts';

export type GivingRoles = ReadonlyMap<string, Role>;

export const loadRoles = async (): Promise<GivingRoles> => new Map((await listRoles()).map((role) => [role._id, role]));

/** At a facility by a role held there or for the whole group; for the whole group by a role held for it. */
function mayGive(person: Person, { role, facility }: RoleAt, roles: GivingRoles): boolean {
  return person.roles.some((held) => {
    const giving = roles.get(held.role);
    const there = held.facility === '*' || held.facility === facility;
    return there && giving?.duties.includes('administer') === true && givesRole(giving, role);
  });
}

const givesRole = ({ gives = [] }: Role, role: string): boolean => gives.includes('*') || gives.includes(role);

/**
 * An administrator may act on a person only if they could grant all roles of that person, past and future included;
 * otherwise setting a password would give access to roles they may not grant. A person without roles is administered by
 * the whole group.
 */
export function mayAdminister(person: Person, staff: Staff, roles: GivingRoles): boolean {
  if (facilitiesWithDuty(person, 'administer') === undefined && staff.roles.length === 0) return true;
  return staff.roles.length > 0 && staff.roles.every((one) => mayGive(person, one, roles));
}

/** People with a past, current or future role at a facility of the administrator's duty. */
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

/** @throws ProblemError 404; 403 for oneself, and for people with roles the administrator may not grant */
export async function administeredStaff(id: string, person: Person): Promise<Staff> {
  const staff = await visibleStaff(id, person);
  if (id === person.id)
    throw forbidden(
      'own-account',
      'Nobody administers themselves.',
      'For your own password and sessions use /api/me; for anything else ask another administrator.',
    );
  if (!mayAdminister(person, staff, await loadRoles())) throw mayNot(staff.roles);
  return staff;
}

/**
 * Checks roles that a person is granted or loses.
 * @throws ProblemError 422 for unknown roles and facilities, 403 for roles the administrator may not grant
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
    `You may not grant or revoke all of these: ${named || 'no role at all'}.`,
    'Ask an administrator who may, if necessary one of the whole group.',
  );
}

/** At least one person must be able to administer the whole group, without an end date. */
export async function administratorsRemain(): Promise<boolean> {
  const roles = [...(await loadRoles()).values()];
  const giving = roles.filter(({ duties, gives = [] }) => duties.includes('administer') && gives.includes('*'));
  return somebodyHolds(giving.map(({ _id }) => _id));
}

/** For the audit trail: the person's facility, if there is exactly one. */
export function onlyFacility(roles: RoleAt[]): string | undefined {
  const [first, ...more] = new Set(roles.map((one) => one.facility));
  return more.length === 0 && first !== '*' ? first : undefined;
}
