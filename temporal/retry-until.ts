/** Calls to one workflow with a deadline; what came back undone is sent again under the same id until then. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { maySendAgain } from './outcomes.ts';

/** How long a call of the worker to Temporal may take: no round and no activity waits for ever for a server that is silent. */
const callMs = 10_000;

export const withinDeadline = <T>(client: Client, work: () => Promise<T>, ms = callMs): Promise<T> =>
  client.withDeadline(Date.now() + ms, work);

/** Before a call that came back undone is sent again. */
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
