/** Staff as the demo has them, one per role: `<role>-bj` at Beijing, others by what is asked for. */
import { type Staff, saveStaff } from '../../store/organisation/staff.ts';

export const aStaff = (role: string, about: Partial<Staff> = {}): Staff => ({
  _id: `${role}-bj`,
  name: role,
  roles: [{ role, facility: 'BJ' }],
  passwordHash: '-',
  active: true,
  ...about,
});

export async function saveRefundStaff(): Promise<void> {
  const roles = ['consultant', 'cs-director', 'department-head', 'president', 'finance', 'cashier'];
  for (const role of roles) await saveStaff(aStaff(role));
}
