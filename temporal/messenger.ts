/** Delivers messages and signals to instances and notifies senders (port `Messenger` of activities/). */
import { type Client, WorkflowUpdateFailedError } from '@temporalio/client';
import type { Messenger } from '../activities/runtime/ports.ts';
import { instanceId } from '../engine/model/keys.ts';
import { usualDescendantsPerDay } from '../store/runtime/descendants.ts';
import {
  type CorrelateUpdate,
  signalNames,
  type Undelivered,
  updateNames,
} from '../workflows/runtime/instance-messages.ts';
import { broadcastOf, correlateOf, startInputOf } from './delivered.ts';
import { isGone, isUnprocessed, refusalOf } from './outcomes.ts';
import { retryUntil, withinDeadline } from './retry-until.ts';
import { startAfterEnd } from './start.ts';

/** Shorter than the lease of a message channel. */
const answerWithinMs = 10_000;

/** @param descendantsPerDay limit of one root */
export function createMessenger(
  client: Client,
  taskQueue: string,
  descendantsPerDay = usualDescendantsPerDay,
): Messenger {
  const answered = <T>(work: () => Promise<T>): Promise<T> => retryUntil(client, Date.now() + answerWithinMs, work);

  async function sent(instance: string, name: string, payload: object): Promise<boolean> {
    try {
      await answered(() => client.workflow.getHandle(instance).signal(name, payload));
      return true;
    } catch (error) {
      if (isGone(error)) return false;
      throw error;
    }
  }

  return {
    async offer(instance, message) {
      const update = await correlateOf(instance, message);
      try {
        // The message id is the update id, so that a repeat after a crash gets the first result.
        const options = { updateId: message._id, args: [update] as [CorrelateUpdate] };
        await answered(() => client.workflow.getHandle(instance).executeUpdate(updateNames.correlate, options));
        return 'took';
      } catch (error) {
        if (isGone(error)) return 'gone';
        // Unprocessed until the deadline: it may still be waiting for this message, so no other instance gets it.
        if (!(error instanceof WorkflowUpdateFailedError) || isUnprocessed(error)) throw error;
        // Any error but the process's own refusal means that the instance was terminated meanwhile.
        return refusalOf(error) ? 'refused' : 'gone';
      }
    },
    async signal(instance, signal) {
      return sent(instance, signalNames.signal, await broadcastOf(instance, signal));
    },
    async undelivered(instance, message) {
      const undelivered: Undelivered = message;
      return sent(instance, signalNames.undelivered, undelivered);
    },
    async start(message) {
      const begin = () => startAfterEnd(client, taskQueue, startInputOf(message), message.id, descendantsPerDay);
      const began = await withinDeadline(client, begin, answerWithinMs);
      return began ? instanceId(message.process, message.businessKey) : undefined;
    },
  };
}
