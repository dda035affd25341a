/** Logging in by password: counted, checked in the same time for every name, and kept in the audit trail by whose login it is. */
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

/** @throws ProblemError 401, the same for a login that does not exist; 429 */
export async function logIn(login: string, password: string, from: string): Promise<OpenedSession & { staff: Staff }> {
  const staff = await findByLogin(login);
  // Names of nobody are not kept: they may be a password in the wrong field.
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

/** @param alwaysSecure sent over HTTPS only, also where it is not known that this request came so */
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
    detail: 'There is no such login, or the password is not right.',
    hint: 'Check both; after several failed attempts wait some minutes.',
  });
}
