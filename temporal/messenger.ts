/** Delivers messages and signals to instances and notifies senders (port `Messenger` of activities/). */
import { type Client, WorkflowUpdateFailedError } from '@temporalio/client';
import type { Messenger } from '../activities/runtime/ports.ts';
import { instanceId } from '../engine/model/keys.ts';
import type { Variables } from '../engine/model/plan.ts';
import { usualDescendantsPerDay } from '../store/runtime/descendants.ts';
import {
  type BroadcastSignal,
  type CorrelateUpdate,
  signalNames,
  type Undelivered,
  updateNames,
} from '../workflows/runtime/instance-messages.ts';
import { declaredFor } from './declared-variables.ts';
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
    async offer(instance, { _id: id, name, correlationKey, variables, sender }) {
      const update: CorrelateUpdate = {
        id,
        name,
        // For a person's message undeclared variables are an error; a process's are filtered, as it has nobody to
        // report to.
        variables:
          sender.instance === undefined
            ? (variables as Variables)
            : await declaredFor(instance, 'message', { name, variables }),
        ...(correlationKey !== undefined && { correlationKey }),
      };
      try {
        // The message id is the update id, so that a repeat after a crash gets the first result.
        await answered(() =>
          client.workflow.getHandle(instance).executeUpdate(updateNames.correlate, { updateId: id, args: [update] }),
        );
        return 'took';
      } catch (error) {
        if (isGone(error)) return 'gone';
        // Unprocessed until the deadline: it may still be waiting for this message, so no other instance gets it.
        if (!(error instanceof WorkflowUpdateFailedError) || isUnprocessed(error)) throw error;
        // Any error but the process's own refusal means that the instance was terminated meanwhile.
        return refusalOf(error) ? 'refused' : 'gone';
      }
    },
    async signal(instance, { _id: id, name, variables }) {
      const signal: BroadcastSignal = {
        id,
        name,
        variables: await declaredFor(instance, 'signal', { name, variables }),
      };
      return sent(instance, signalNames.signal, signal);
    },
    async undelivered(instance, message) {
      const undelivered: Undelivered = message;
      return sent(instance, signalNames.undelivered, undelivered);
    },
    async start({ id, from, variables, ...where }) {
      const speed = where.timeScale && { speed: where.timeScale.speed };
      const input = { ...where, ...speed, variables: variables as Variables, startedBy: { id: from } };
      const begin = () => startAfterEnd(client, taskQueue, input, id, descendantsPerDay);
      const began = await withinDeadline(client, begin, answerWithinMs);
      return began ? instanceId(where.process, where.businessKey) : undefined;
    },
  };
}
