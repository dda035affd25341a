/**
 * Classifies an error of a gateway client: certainly not sent, outcome unknown, or the letter was refused. Unrecognised
 * errors count as refusals.
 */
import type { SendOutcome } from '../port.ts';

/** Error codes of Node and its HTTP client (connection refused, DNS failure, disk full, too many files): nothing was handed over. */
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

/** Connection lost, or timeout: the letter may have been handed over. */
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

/** Too many requests: not accepted. After an internal server error or request timeout it may have been accepted. */
export function failingOfStatus(status: number): Failing {
  if (status === 429 || status === 503) return 'unreached';
  return status === 408 || status >= 500 ? 'unknown' : 'refused';
}

const firstRetryMs = 60_000;

/** @param unknownAs `unreached` for an adapter whose requests are idempotent */
export function outcomeOfError(error: unknown, unknownAs: 'unknown' | 'unreached' = 'unknown'): SendOutcome {
  const reason = reasonOf(error);
  const failing = failingOf(error);
  if (failing === 'refused')
    return { kind: 'rejected', code: 'adapter-failed', message: reason, retry: { afterMs: firstRetryMs } };
  return { kind: failing === 'unknown' ? unknownAs : failing, reason };
}

/** For a response that cannot be parsed. */
export function outcomeOfStatus(status: number): SendOutcome {
  const reason = `HTTP ${status}`;
  const failing = failingOfStatus(status);
  return failing === 'refused'
    ? { kind: 'rejected', code: reason, message: 'The response cannot be parsed.', retry: { afterMs: firstRetryMs } }
    : { kind: failing, reason };
}

/** Includes the cause: `fetch failed` alone hides that the connection was refused. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error && error.cause.message !== ''
    ? `${error.message}: ${error.cause.message}`
    : error.message;
}
