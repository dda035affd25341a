/** Rate limits of password attempts (docs/operations.md#people): by address, by login, by both, and overall. */
import { ipKeyGenerator } from 'express-rate-limit';
import { type AttemptLimit, type CountedAttempt, countAttempt } from '../../store/organisation/login-attempts.ts';
import { recordAct } from './audit.ts';
import { sha256 } from './digest.ts';
import { ProblemError } from './problem.ts';

/** Failed attempts per quarter of an hour. */
const atMost = { here: 10, login: 50, address: 100, all: 2000 };

/**
 * Counts an attempt; unknown logins count like known ones.
 * @param from client address
 * @param login absent when it is not known whose password is tried
 * @throws ProblemError 429
 */
export async function limitAttempts(from: string, login?: string): Promise<CountedAttempt> {
  const address = ipKeyGenerator(from);
  const limits: (AttemptLimit & { by: string })[] = [
    ...(login === undefined
      ? []
      : [
          { by: 'login-and-address', key: `here ${sha256(`${address} ${login}`)}`, atMost: atMost.here },
          { by: 'login', key: `login ${sha256(login)}`, atMost: atMost.login },
        ]),
    { by: 'address', key: `address ${sha256(address)}`, atMost: atMost.address },
    { by: 'all', key: 'all', atMost: atMost.all },
  ];
  const counted = await countAttempt(limits);
  const { passed, first, retryAfterSeconds } = counted;
  if (!passed) return counted;
  const by = limits.find((one) => one.key === passed.key)?.by;
  // Once per lock, so that a flood does not fill the audit trail.
  if (first) await recordAct('login-locked', { details: { by, seconds: retryAfterSeconds } });
  throw new ProblemError({
    status: 429,
    code: 'too-many-requests',
    detail: 'There were too many failed logins.',
    hint: 'Wait as long as Retry-After says.',
    more: { retryAfterSeconds },
    headers: { 'Retry-After': String(retryAfterSeconds) },
  });
}
