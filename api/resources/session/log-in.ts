/** Login by password: rate-limited, with constant timing for unknown logins, and audited. */
import type { Response } from 'express';
import { findByLogin, renewDigest, type Staff } from '../../../store/organisation/staff.ts';
import { noteSubject, noteWho } from '../../http/audit.ts';
import { limitAttempts } from '../../http/login-limits.ts';
import { dummyDigest, hashPassword, isOutdated, verifyPassword } from '../../http/passwords.ts';
import { ProblemError } from '../../http/problem.ts';
import { cookieName, openSession } from '../../http/session.ts';

export interface OpenedSession {
  token: string;
  expiresAt: Date;
}

/** @throws ProblemError 401, the same for an unknown login; 429 */
export async function logIn(login: string, password: string, from: string): Promise<OpenedSession & { staff: Staff }> {
  const staff = await findByLogin(login);
  // Unknown logins are not recorded: they may be a password in the wrong field.
  if (staff) noteLogin(staff._id);
  const attempt = await limitAttempts(from, login);
  const right = await verifyPassword(password, staff?.passwordHash || dummyDigest);
  if (!staff || !right) throw wrongPassword();
  await attempt.takeBack();
  if (isOutdated(staff.passwordHash)) await renewDigest(staff._id, staff.passwordHash, await hashPassword(password));
  const session = await openSession(staff, from);
  if (!session) throw wrongPassword();
  return { ...session, staff };
}

function noteLogin(staff: string): void {
  noteWho(staff);
  noteSubject({ kind: 'sessions', id: staff });
}

/** @param alwaysSecure sets Secure even if the request is not known to be HTTPS */
export function setCookie(response: Response, { token, expiresAt }: OpenedSession, alwaysSecure: boolean): void {
  response.cookie(cookieName, token, { ...cookieOptions(response, alwaysSecure), expires: expiresAt });
}

export function clearCookie(response: Response, alwaysSecure: boolean): void {
  response.clearCookie(cookieName, cookieOptions(response, alwaysSecure));
}

const cookieOptions = (response: Response, alwaysSecure: boolean) =>
  ({ httpOnly: true, sameSite: 'lax', secure: alwaysSecure || response.req.secure, path: '/' }) as const;

export function wrongPassword(): ProblemError {
  return new ProblemError({
    status: 401,
    code: 'wrong-password',
    detail: 'The login or the password is wrong.',
    hint: 'Check both; after several failed attempts wait a few minutes.',
  });
}
