/** Begins instances for the scheduler, through the worker's own connection to Temporal: once per business key. */
import { type Client, WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import type { Starter } from '../activities/runtime/schedules.ts';
import {
  instanceId,
  type StartInput,
  startPresentation,
  workflowTypeOf,
} from '../workflows/runtime/instance-messages.ts';

export function createStarter(client: Client, taskQueue: string): Starter {
  return {
    idOf: instanceId,
    async begin({ process, version, element, facility, businessKey, scheduledAt, startedBy }) {
      const workflowId = instanceId(process, businessKey);
      const input: StartInput = {
        process,
        version,
        businessKey,
        facility,
        startEvent: element,
        variables: { scheduledAt },
        startedBy: { id: startedBy },
      };
      const occurrence = `${process}@${version}`;
      try {
        await client.workflow.start(workflowTypeOf(process), {
          workflowId,
          taskQueue,
          args: [input],
          workflowIdReusePolicy: 'REJECT_DUPLICATE',
          workflowIdConflictPolicy: 'FAIL',
          memo: { [scheduledBy]: occurrence },
          ...startPresentation(input),
        });
        return true;
      } catch (error) {
        if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
        // The answer to the first attempt was lost, or an earlier version of the definition had the same occurrence.
        const { memo } = await client.workflow.getHandle(workflowId).describe();
        return memo?.[scheduledBy] === occurrence;
      }
    },
  };
}

/** The memo that tells for which version of the definition an instance was begun. */
const scheduledBy = 'scheduledBy';
