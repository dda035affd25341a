/** Checks the roles of whoever acts against the staff records, not against the request. */
import { rolesHeldAt } from '../../store/organisation/role-at.ts';
import { findStaff } from '../../store/organisation/staff.ts';
import type { RuntimeActivities } from '../types.ts';

export const holdsRole: RuntimeActivities['holdsRole'] = async ({ staff, role, facility }) => {
  const person = await findStaff(staff);
  if (!person?.active) return false;
  const held = rolesHeldAt(person.roles, new Date().toISOString());
  return held.some((one) => one.role === role && (one.facility === facility || one.facility === '*'));
};
