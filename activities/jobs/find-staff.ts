/** Finds the staff holding a role at a facility. */
import { z } from 'zod';
import { findByRole } from '../../store/organisation/staff.ts';
import { text } from './fields.ts';
import { defineJob } from './job.ts';

export const findStaff = defineJob({
  type: 'find-staff',
  description: {
    zh: '查找流程所在院区担任某角色的人员。',
    en: 'Looks up who holds a role at the facility of the instance.',
  },
  execution: { kind: 'local' },
  input: z.object({
    role: text().describe('Id of the role.').meta({ reference: 'role' }),
  }),
  headers: ['role'],
  output: z.object({
    staffId: z.string().describe('The first one’s id.'),
    staffIds: z.array(z.string()).describe('All of them.'),
  }),
  errors: { 'nobody-in-role': 'Nobody holds the role there.' },
  async work({ role }, { facility }, bpmnError) {
    const staff = await findByRole(facility, role);
    const [first] = staff;
    if (!first) throw bpmnError('nobody-in-role', `Nobody holds the role ${role} in ${facility}.`);
    return { staffId: first._id, staffIds: staff.map((one) => one._id) };
  },
});
