/** Tells other instances of messages and signals, through the worker's own connection to Temporal. */
import {
  type Client,
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
} from '@temporalio/client';
import type { Messenger } from '../activities/messages.ts';
import {
  type BroadcastSignal,
  type CorrelateUpdate,
  instanceId,
  type StartInput,
  signalNames,
  startPresentation,
  updateNames,
  workflowTypeOf,
} from '../workflows/runtime/messages.ts';

export function createMessenger(client: Client, taskQueue: string): Messenger {
  return {
    async correlate(instance, message) {
      const update: CorrelateUpdate = message;
      try {
        // The message's id as update id: a repeat of this activity gives it once.
        await client.workflow
          .getHandle(instance)
          .executeUpdate(updateNames.correlate, { updateId: message.id, args: [update] });
        return true;
      } catch (error) {
        if (error instanceof WorkflowUpdateFailedError || error instanceof WorkflowNotFoundError) return false;
        throw error;
      }
    },
    async signal(instance, { name, variables }) {
      const signal: BroadcastSignal = { name, variables };
      try {
        await client.workflow.getHandle(instance).signal(signalNames.signal, signal);
        return true;
      } catch (error) {
        if (error instanceof WorkflowNotFoundError) return false;
        throw error;
      }
    },
    async start({ id, process, version, businessKey, facility, startEvent, variables, from }) {
      const workflowId = instanceId(process, businessKey);
      const startedBy = { id: from };
      const input: StartInput = { process, version, businessKey, facility, startEvent, variables, startedBy };
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

/** The memo that tells which message or signal started an instance. */
const begunBy = 'begunBy';
