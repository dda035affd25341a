/**
 * Whether it was the way out that failed, or this letter that was refused: the first is waited for and uses up no attempts. A gateway throws
 * what its client throws; whatever is not known as an outage counts as a refusal.
 */

/** Of Node and its HTTP client: nobody listens, no answer in time, no name server, no room on the disk, no file left to open. */
const outageCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
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
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
  'UND_ERR_SOCKET',
  'UND_ERR_DESTROYED',
  'UND_ERR_CLOSED',
]);

/** Request timeout, too many requests, and all that is wrong with the server itself. */
const isOutageStatus = (status: number): boolean => status === 408 || status === 429 || status >= 500;

export function isOutage(error: unknown): boolean {
  for (let at = error, depth = 0; typeof at === 'object' && at !== null && depth < 5; depth += 1) {
    const { code, name, status, statusCode, cause } = at as Record<string, unknown>;
    if (typeof code === 'string' && outageCodes.has(code)) return true;
    if (name === 'TimeoutError' || name === 'AbortError') return true;
    if ([status, statusCode].some((one) => typeof one === 'number' && isOutageStatus(one))) return true;
    at = cause;
  }
  return false;
}
