/** Who holds a role in a facility. */
import { findByRole } from '../../store/organisation/staff.ts';
import type { Job } from '../types.ts';
import { bpmnError } from './bpmn-error.ts';
import { optionalText, text } from './input.ts';

/** Header or input `role`; answers the first one's id as `staffId` and all as `staffIds`. */
export const findStaff: Job = async (input, { facility, headers }) => {
  const role = headers['role'] ?? text(input, 'role');
  const staff = await findByRole(optionalText(input['facility']) ?? facility, role);
  const [first] = staff;
  if (!first) throw bpmnError('nobody-in-role', `Nobody holds the role ${role} in ${facility}.`);
  return { staffId: first._id, staffIds: staff.map((one) => one._id) };
};
