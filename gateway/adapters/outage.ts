/**
 * What an error says of a letter: whether it certainly did not get out, nobody can know, or it is the letter itself that was refused. An adapter
 * hands on what its client throws; whatever is not known as an outage counts as a refusal.
 */
import type { SendOutcome } from '../port.ts';

/** Of Node and its HTTP client: nobody listens, no name server, no room on the disk, no file left to open. Nothing was handed over. */
const unreachedCodes = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTDOWN',
  'EHOSTUNREACH',
  'ENETDOWN',
  'ENETUNREACH',
  'ENOSPC',
  'EDQUOT',
  'EROFS',
  'EIO',
  'EACCES',
  'EPERM',
  'EBUSY',
  'EMFILE',
  'ENFILE',
  'ENOMEM',
  'ESTALE',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** The connection broke, or no answer came in time: it may have been handed over. */
const unknownCodes = new Set([
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
  'UND_ERR_SOCKET',
  'UND_ERR_DESTROYED',
  'UND_ERR_CLOSED',
]);

export type Failing = 'unreached' | 'unknown' | 'refused';

export function failingOf(error: unknown): Failing {
  for (let at = error, depth = 0; typeof at === 'object' && at !== null && depth < 5; depth += 1) {
    const { code, name, cause } = at as Record<string, unknown>;
    if (typeof code === 'string' && unreachedCodes.has(code)) return 'unreached';
    if (typeof code === 'string' && unknownCodes.has(code)) return 'unknown';
    if (name === 'TimeoutError' || name === 'AbortError') return 'unknown';
    at = cause;
  }
  return 'refused';
}

/** Too many requests: not taken. A server's own fault, or a request that took it too long, may have been taken. */
export function failingOfStatus(status: number): Failing {
  if (status === 429 || status === 503) return 'unreached';
  return status === 408 || status >= 500 ? 'unknown' : 'refused';
}

const firstRetryMs = 60_000;

/** @param unknownAs of an adapter for which a repeat is harmless: `unreached` */
export function outcomeOfError(error: unknown, unknownAs: 'unknown' | 'unreached' = 'unknown'): SendOutcome {
  const reason = reasonOf(error);
  const failing = failingOf(error);
  if (failing === 'refused')
    return { kind: 'rejected', code: 'adapter-failed', message: reason, retry: { afterMs: firstRetryMs } };
  return { kind: failing === 'unknown' ? unknownAs : failing, reason };
}

/** Of an answer that is not understood. */
export function outcomeOfStatus(status: number): SendOutcome {
  const reason = `HTTP ${status}`;
  const failing = failingOfStatus(status);
  return failing === 'refused'
    ? { kind: 'rejected', code: reason, message: 'The answer is not understood.', retry: { afterMs: firstRetryMs } }
    : { kind: failing, reason };
}

/** With the cause, which says more: `fetch failed` hides that nobody listens. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error && error.cause.message !== ''
    ? `${error.message}: ${error.cause.message}`
    : error.message;
}
