/** The connection to Temporal, and what its answers mean to the API. */
import { Client, Connection, WorkflowNotFoundError, WorkflowUpdateFailedError } from '@temporalio/client';
import type { Refusal } from '../engine/model/types.ts';
import { begunBy } from '../workflows/runtime/instance-messages.ts';
import { refusalIn } from '../workflows/runtime/update-answers.ts';
import type { ApiConfig } from './config.ts';

/** A connection that failed is made anew at the next call; one that was made finds the server again by itself. */
export function reconnecting({ address, namespace }: ApiConfig['temporal']): {
  get(): Promise<Client>;
  close(): Promise<void>;
} {
  let current: Promise<Client> | undefined;
  return {
    get() {
      current ??= Connection.connect({ address, connectTimeout: 3000 }).then(
        (connection) => new Client({ connection, namespace }),
        (error: unknown) => {
          current = undefined;
          throw error;
        },
      );
      return current;
    },
    async close() {
      const client = await current?.catch(() => undefined);
      await client?.connection.close();
    },
  };
}

/** The run of a workflow that began last: whether it runs still, and what began it. Undefined: there is none. */
export async function latestRun(
  client: Client,
  workflowId: string,
): Promise<{ running: boolean; begunBy: unknown } | undefined> {
  try {
    const { status, memo } = await client.workflow.getHandle(workflowId).describe();
    return { running: status.name === 'RUNNING', begunBy: memo?.[begunBy] };
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}

/** NOT_FOUND: no such workflow, or it is closed and takes no more updates and signals. */
export function isGone(error: unknown): boolean {
  return error instanceof WorkflowNotFoundError;
}

/** Why a process said no to an update. */
export function refusalOf(error: unknown): Refusal | undefined {
  return error instanceof WorkflowUpdateFailedError ? refusalIn(error.cause) : undefined;
}
