/** Whether somebody is who they act as: asked of the staff, not of whoever says so. */
import { rolesHeldAt } from '../../store/organisation/role-at.ts';
import { findStaff } from '../../store/organisation/staff.ts';
import type { RuntimeActivities } from '../types.ts';

export const holdsRole: RuntimeActivities['holdsRole'] = async ({ staff, role, facility }) => {
  const person = await findStaff(staff);
  if (!person?.active) return false;
  const held = rolesHeldAt(person.roles, new Date().toISOString());
  return held.some((one) => one.role === role && (one.facility === facility || one.facility === '*'));
};
