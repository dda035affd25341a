/** Changes a person, with a revision check and a guard against removing the last administrator of the group. */
import { changeStaff, findStaff, type Staff } from '../../../store/organisation/staff.ts';
import { notFound, ProblemError } from '../../http/problem.ts';
import { administratorsRemain } from './access.ts';

type Change = Partial<Pick<Staff, 'name' | 'roles' | 'passwordHash' | 'active' | 'pseudonymisedAt'>>;

/**
 * Two administrators who remove each other concurrently both find nobody left, and both changes are reverted.
 * @throws ProblemError 409
 */
export async function change(staff: Staff, change: Change): Promise<Staff> {
  const couldBefore = await administratorsRemain();
  if (!(await changeStaff(staff, change))) throw changedMeanwhile();
  if (couldBefore && !(await administratorsRemain())) {
    const changed = (await findStaff(staff._id)) ?? staff;
    const { name, roles, passwordHash, active } = staff;
    await changeStaff(changed, { name, roles, passwordHash, active });
    throw lastAdministrator();
  }
  const changed = await findStaff(staff._id);
  if (!changed) throw notFound(`person ${staff._id}`);
  return changed;
}

function changedMeanwhile(): ProblemError {
  return new ProblemError({
    status: 409,
    code: 'changed-meanwhile',
    detail: 'Somebody else has changed this person just now.',
    hint: 'Reload the person, and repeat the change if it is still needed.',
  });
}

function lastAdministrator(): ProblemError {
  return new ProblemError({
    status: 409,
    code: 'last-administrator',
    detail: 'No administrator of the whole group would remain.',
    hint: 'First grant another person that role, without an end date.',
  });
}
