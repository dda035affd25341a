/** View of a person for administrators. */
import { type RoleAt, rolesHeldAt } from '../../../store/organisation/role-at.ts';
import type { Staff } from '../../../store/organisation/staff.ts';
import { facilitiesWithDuty, type Person } from '../../http/policy.ts';
import { type GivingRoles, mayAdminister } from './access.ts';

export function personView(staff: Staff, person: Person, roles: GivingRoles) {
  const { _id: id, name, active, passwordHash, pseudonymisedAt } = staff;
  const own = facilitiesWithDuty(person, 'administer');
  const now = new Set<RoleAt>(rolesHeldAt(staff.roles, new Date().toISOString()));
  const shown = staff.roles.filter((one) => own === undefined || own.includes(one.facility));
  return {
    id,
    name,
    active,
    hasPassword: passwordHash !== '',
    ...(pseudonymisedAt !== undefined && { pseudonymisedAt }),
    roles: shown.map((one) => ({ ...one, now: now.has(one) })),
    administrable: id !== person.id && mayAdminister(person, staff, roles),
  };
}
