/** A change of a person: of the one who was looked at, and never of the last one who can administer all. */
import { changeStaff, findStaff, type Staff } from '../../../store/organisation/staff.ts';
import { notFound, ProblemError } from '../../http/problem.ts';
import { administratorsRemain } from './access.ts';

type Change = Partial<Pick<Staff, 'name' | 'roles' | 'passwordHash' | 'active' | 'pseudonymisedAt'>>;

/**
 * Two administrators who remove each other at once both see that nobody is left, and both changes are taken back.
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
    hint: 'Look at the person again, and repeat the change if it is still wanted.',
  });
}

function lastAdministrator(): ProblemError {
  return new ProblemError({
    status: 409,
    code: 'last-administrator',
    detail: 'Nobody would be left who can administer the whole group.',
    hint: 'Give another person that role first, without an end.',
  });
}
