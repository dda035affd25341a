/** Calls to one workflow with a deadline; what came back undone is sent again under the same id until then. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { maySendAgain } from './outcomes.ts';

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
