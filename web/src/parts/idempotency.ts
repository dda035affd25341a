/** The idempotency key of what a person is about to send. */
import { useCallback, useState } from 'react';
import { newIdempotencyKey, Refused } from '../api/client.ts';

/** Whether the server refused it, so that nothing happened. After a lost connection or a failure of the server that is not known. */
export const isRefusal = (error: unknown): boolean =>
  error instanceof Refused && error.status >= 400 && error.status < 500;

/**
 * One key until the outcome is known: a repeat under the same key takes effect once.
 * @returns the key, and what to call after each attempt, with its error if it failed
 */
export function useIdempotencyKey(): [key: string, ended: (error?: unknown) => void] {
  const [key, setKey] = useState(newIdempotencyKey);
  const ended = useCallback((error?: unknown) => {
    if (error === undefined || isRefusal(error)) setKey(newIdempotencyKey());
  }, []);
  return [key, ended];
}
