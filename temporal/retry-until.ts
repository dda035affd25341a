/** Calls to one workflow with a deadline; unprocessed ones are repeated under the same id until then. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { maySendAgain } from './outcomes.ts';

/** Deadline of the worker's calls to Temporal, so that rounds and activities do not hang on an unresponsive server. */
const callMs = 10_000;

export const withinDeadline = <T>(client: Client, work: () => Promise<T>, ms = callMs): Promise<T> =>
  client.withDeadline(Date.now() + ms, work);

/** Pause before an unprocessed call is repeated. */
const againAfterMs = 100;

/** @param until deadline in milliseconds since the epoch */
export async function retryUntil<T>(client: Client, until: number, work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await client.withDeadline(until, work);
    } catch (error) {
      if (!maySendAgain(error) || Date.now() + againAfterMs > until) throw error;
      await delay(againAfterMs);
    }
  }
}
