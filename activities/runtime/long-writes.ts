/**
 * Writes that take longer than their caller waits. A local activity is given up after four seconds
 * (workflows/runtime/local-activities.ts) while its function runs on; begun again from the beginning each time, a large
 * write on a busy database would never be answered. So the next attempt takes over the write of the one before.
 */
import { createHash } from 'node:crypto';

/** Somewhat less than the limit, as the caller's time begins earlier. */
const longMs = 3_000;
/** More than the longest pause between two attempts, and an attempt. */
const keptMs = 120_000;

/**
 * Attempts with the same content share one call of `write` while it runs, and its result for two minutes if it took
 * long. A failure is not kept.
 * @param now in milliseconds
 */
export function sharedBetweenAttempts<A, R>(
  write: (content: A) => Promise<R>,
  now: () => number = () => performance.now(),
): (content: A) => Promise<R> {
  const begun = new Map<string, { result: Promise<R>; until: number }>();

  function forgetOld(): void {
    for (const [key, { until }] of begun) if (until <= now()) begun.delete(key);
  }

  return (content) => {
    forgetOld();
    const key = createHash('sha256').update(JSON.stringify(content)).digest('base64');
    const before = begun.get(key);
    if (before) return before.result;
    const since = now();
    const mine = { result: write(content), until: Number.POSITIVE_INFINITY };
    begun.set(key, mine);
    mine.result.then(
      () => {
        if (now() - since >= longMs) mine.until = now() + keptMs;
        else begun.delete(key);
      },
      () => begun.delete(key),
    );
    return mine.result;
  };
}
