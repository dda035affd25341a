/** Tells other instances of messages and signals, through the worker's own connection to Temporal. */
import { setTimeout as delay } from 'node:timers/promises';
import {
  type Client,
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
} from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import type { Messenger } from '../activities/runtime/messages.ts';
import type { Variables } from '../engine/model/plan.ts';
import {
  type BroadcastSignal,
  begunBy,
  type CorrelateUpdate,
  instanceId,
  refusedType,
  type StartInput,
  signalNames,
  startPresentation,
  type Undelivered,
  updateNames,
  workflowTypeOf,
} from '../workflows/runtime/instance-messages.ts';
import { isUnprocessed, maySendAgain } from '../workflows/runtime/update-answers.ts';

export function createMessenger(client: Client, taskQueue: string): Messenger {
  return {
    async offer(instance, { _id: id, name, correlationKey, variables }) {
      const update: CorrelateUpdate = {
        id,
        name,
        variables: variables as Variables,
        ...(correlationKey !== undefined && { correlationKey }),
      };
      try {
        // The message's id as update id: whoever asks again after a crash is given the first answer.
        await answered(() =>
          client.workflow.getHandle(instance).executeUpdate(updateNames.correlate, { updateId: id, args: [update] }),
        );
        return 'took';
      } catch (error) {
        if (error instanceof WorkflowNotFoundError) return 'gone';
        // Undone to the end: it may still wait for this message, so nobody else gets it.
        if (!(error instanceof WorkflowUpdateFailedError) || isUnprocessed(error)) throw error;
        // Anything but the process's own refusal (the instance was ended from outside just then): its journal knows.
        const { cause } = error;
        return cause instanceof ApplicationFailure && cause.type === refusedType ? 'refused' : 'gone';
      }
    },
    async signal(instance, { _id: id, name, variables }) {
      const signal: BroadcastSignal = { id, name, variables: variables as Variables };
      return sent(instance, signalNames.signal, signal);
    },
    async undelivered(instance, message) {
      const undelivered: Undelivered = message;
      return sent(instance, signalNames.undelivered, undelivered);
    },
    async start({ id, process, version, businessKey, facility, startEvent, variables, from }) {
      const workflowId = instanceId(process, businessKey);
      const startedBy = { id: from };
      const input: StartInput = {
        process,
        version,
        businessKey,
        facility,
        startEvent,
        variables: variables as Variables,
        startedBy,
      };
      const before = await latestRun(workflowId);
      if (before?.begunBy === id) return workflowId;
      if (before?.running) return undefined;
      try {
        await client.workflow.start(workflowTypeOf(process), {
          workflowId,
          taskQueue,
          args: [input],
          memo: { [begunBy]: id },
          ...startPresentation(input),
        });
        return workflowId;
      } catch (error) {
        if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
        return (await latestRun(workflowId))?.begunBy === id ? workflowId : undefined;
      }
    },
  };

  async function sent(instance: string, name: string, payload: object): Promise<boolean> {
    try {
      await answered(() => client.workflow.getHandle(instance).signal(name, payload));
      return true;
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return false;
      throw error;
    }
  }

  /** In time before the lease of the channel is over; asked again when the call met the end of a run, or came back undone. */
  async function answered<T>(work: () => Promise<T>): Promise<T> {
    const deadline = Date.now() + answerWithinMs;
    for (;;) {
      try {
        return await client.withDeadline(deadline, work);
      } catch (error) {
        if (!maySendAgain(error) || Date.now() + pauseMs > deadline) throw error;
        await delay(pauseMs);
      }
    }
  }

  async function latestRun(workflowId: string): Promise<{ running: boolean; begunBy: unknown } | undefined> {
    try {
      const { status, memo } = await client.workflow.getHandle(workflowId).describe();
      return { running: status.name === 'RUNNING', begunBy: memo?.[begunBy] };
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return undefined;
      throw error;
    }
  }
}

const answerWithinMs = 10_000;
const pauseMs = 100;
