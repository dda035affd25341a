/** Changing one's own password, with the old one or a one-time token. */
import { findPasswordLink, usePasswordLink } from '../../../store/organisation/password-links.ts';
import { changeStaff, findByLogin, type Staff } from '../../../store/organisation/staff.ts';
import { noteSubject, noteWho } from '../../http/audit.ts';
import { sha256 } from '../../http/digest.ts';
import { limitAttempts } from '../../http/login-limits.ts';
import { passwordProblem } from '../../http/password-rules.ts';
import { hashPassword, verifyPassword } from '../../http/passwords.ts';
import { type FieldError, invalid, ProblemError } from '../../http/problem.ts';
import { openSession } from '../../http/session.ts';
import { type OpenedSession, wrongPassword } from './log-in.ts';

/** @throws ProblemError 401 for a wrong old password, 422 for an unacceptable new one, 429 */
export async function changeOwnPassword(
  id: string,
  { oldPassword, password }: { oldPassword: string; password: string },
  from: string,
): Promise<OpenedSession & { staff: Staff }> {
  noteSubject({ kind: 'staff', id });
  const staff = await findByLogin(id);
  if (!staff) throw wrongPassword();
  const attempt = await limitAttempts(from, id);
  if (!(await verifyPassword(oldPassword, staff.passwordHash))) throw wrongPassword();
  await attempt.takeBack();
  requireGood(passwordProblem(password, id, 'body.password'));
  if (password === oldPassword)
    requireGood({ path: 'body.password', code: 'unchanged', message: 'It must differ from the old password.' });
  const passwordHash = await hashPassword(password);
  if (!(await changeStaff(staff, { passwordHash }))) throw wrongPassword();
  const changed = { ...staff, passwordHash, revision: (staff.revision ?? 0) + 1 };
  const session = await openSession(changed, from);
  if (!session) throw wrongPassword();
  return { ...session, staff: changed };
}

/** @throws ProblemError 401 for an unknown, used or expired token, 422, 429 */
export async function setByLink({ token, password }: { token: string; password: string }, from: string): Promise<void> {
  const attempt = await limitAttempts(from);
  const link = await findPasswordLink(sha256(token), new Date());
  const staff = link && (await findByLogin(link.staff));
  if (!link || !staff) throw linkGone();
  await attempt.takeBack();
  noteWho(staff._id);
  noteSubject({ kind: 'staff', id: staff._id });
  // An unacceptable password does not use up the token.
  requireGood(passwordProblem(password, staff._id, 'body.password'));
  const passwordHash = await hashPassword(password);
  if (!(await usePasswordLink(link._id)) || !(await changeStaff(staff, { passwordHash }))) throw linkGone();
}

function requireGood(problem: FieldError | undefined): void {
  if (problem) throw invalid([problem], 422);
}

function linkGone(): ProblemError {
  return new ProblemError({
    status: 401,
    code: 'password-link-gone',
    detail: 'This token is unknown, used or expired.',
    hint: 'Ask an administrator for a new one.',
  });
}
