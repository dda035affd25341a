/** Starts process workflows: ids consist of process and business key; a repeated start never creates a second instance. */
import { type Client, WorkflowExecutionAlreadyStartedError, type WorkflowStartOptions } from '@temporalio/client';
import { instanceId, longestKeyIfExceeded } from '../engine/model/keys.ts';
import { findDefinitionName } from '../store/definitions/definitions.ts';
import { isLineageFull } from '../store/runtime/descendants.ts';
import { workflowTypeOf } from '../workflows/processes/names.ts';
import { type StartInput, type StartOrigin, startPresentation } from '../workflows/runtime/instance-messages.ts';
import { isGone } from './outcomes.ts';

/** Memo: the message, signal or scheduled occurrence that started an instance. */
const startedByCause = 'begunBy';
/** Memo of a start by request: digest of its content, and the version it was started with. */
const startContent = 'startContent';
const startVersion = 'startVersion';

/**
 * Starts an instance whose key was never used before.
 * @param cause identifies the start; absent: any earlier start counts as another one
 * @returns false when the key was used by another start
 */
export async function startNew(client: Client, taskQueue: string, input: StartInput, cause?: string): Promise<boolean> {
  const workflowId = instanceId(input.process, input.businessKey);
  try {
    await client.workflow.start(workflowTypeOf(input.process), {
      ...startOptions(taskQueue, input, cause, await nameOf(input)),
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
      workflowIdConflictPolicy: 'FAIL',
    });
    return true;
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    // The response to an earlier attempt may have been lost.
    return cause !== undefined && (await latestRun(client, workflowId))?.cause === cause;
  }
}

export interface StartedBefore {
  /** Absent: it was not started by a request. */
  origin?: StartOrigin;
  version?: number;
}

/**
 * Starts an instance whose key was never used before, or returns the earlier start.
 * @param name of its definition
 * @returns undefined when started now
 */
export async function startByRequest(
  client: Client,
  taskQueue: string,
  input: StartInput & { origin: StartOrigin },
  name: string,
): Promise<StartedBefore | undefined> {
  const options = startOptions(taskQueue, input, input.origin.request, name);
  try {
    await client.workflow.start(workflowTypeOf(input.process), {
      ...options,
      memo: { ...options.memo, [startContent]: input.origin.content, [startVersion]: input.version },
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
      workflowIdConflictPolicy: 'FAIL',
    });
    return undefined;
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    const { memo } = await client.workflow.getHandle(options.workflowId).describe();
    const { [startedByCause]: request, [startContent]: content, [startVersion]: version } = memo ?? {};
    return {
      ...(typeof request === 'string' && typeof content === 'string' && { origin: { request, content } }),
      ...(typeof version === 'number' && { version }),
    };
  }
}

/**
 * Starts an instance for a message or signal: one at a time per business key, again after the previous one has ended.
 * @param cause id of the message or signal, which starts one instance at most
 * @param descendantsPerDay limit of one root
 * @returns false while an instance of another cause runs or its root has too many descendants, and always for a business key that is too long
 */
export async function startAfterEnd(
  client: Client,
  taskQueue: string,
  input: StartInput,
  cause: string,
  descendantsPerDay: number,
): Promise<boolean> {
  const { process, businessKey, lineage } = input;
  // The API refuses such keys; for other senders the message counts as not received.
  if (longestKeyIfExceeded(process, businessKey) !== undefined) return false;
  const workflowId = instanceId(process, businessKey);
  const before = await latestRun(client, workflowId);
  if (before?.cause === cause) return true;
  if (before?.running) return false;
  if (lineage && (await isLineageFull(lineage.root, descendantsPerDay))) return false;
  try {
    await client.workflow.start(
      workflowTypeOf(input.process),
      startOptions(taskQueue, input, cause, await nameOf(input)),
    );
    return true;
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    return (await latestRun(client, workflowId))?.cause === cause;
  }
}

/** Descriptions for the Temporal UI only: a start does not fail for them. */
const nameOf = ({ process }: StartInput): Promise<string | null> => findDefinitionName(process).catch(() => null);

function startOptions(taskQueue: string, input: StartInput, cause: string | undefined, name: string | null) {
  return {
    workflowId: instanceId(input.process, input.businessKey),
    taskQueue,
    args: [input],
    ...(cause !== undefined && { memo: { [startedByCause]: cause } }),
    ...startPresentation({ ...input, ...(name !== null && { name }) }),
  } satisfies WorkflowStartOptions;
}

/** The newest run of a workflow: whether it is running, and what started it. Undefined: none. */
export async function latestRun(
  client: Client,
  workflowId: string,
): Promise<{ running: boolean; cause: unknown } | undefined> {
  try {
    const { status, memo } = await client.workflow.getHandle(workflowId).describe();
    return { running: status.name === 'RUNNING', cause: memo?.[startedByCause] };
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}
