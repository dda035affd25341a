/**
 * Detects instances that were terminated, timed out or failed in Temporal and could not report it. Closes their rows
 * and notifies callers, which get an incident instead of waiting forever. Costs an instance no events.
 */
import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import { findActiveAfter } from '../store/runtime/instances.ts';
import { recordTermination, type TerminatedRun } from '../store/runtime/previous-run.ts';
import { withinDeadline } from '../temporal/retry-until.ts';
import { type CallResult, signalNames } from '../workflows/runtime/instance-messages.ts';
import type { Log } from './log.ts';
import { repeatRounds } from './rounds.ts';

const everyMs = 5000;
/** Limit of one check. */
const roundMs = 60_000;
/** Of the rows whose instance is marked as running. */
const activeEveryMs = 60_000;
const activeAtOnce = 200;
/** Overlap of checks: visibility is written with a delay. Repeated notifications are harmless. */
const overlapMs = 60_000;
/** At startup: covers the time while no worker ran. */
const lookBackMs = 7 * 86_400_000;

export async function watchTerminations(
  client: Client,
  taskQueue: string,
  log: Log,
  onEnd: () => void,
  stop: AbortSignal,
): Promise<void> {
  const notified = new Set<string>();
  let since = Date.now() - lookBackMs;
  const look = async () => {
    const began = Date.now();
    await withinDeadline(client, () => checkTerminations(client, taskQueue, new Date(since), notified, onEnd), roundMs);
    since = began - overlapMs;
  };
  let after = '';
  const lookAtActive = async () => {
    after = await withinDeadline(client, () => checkActiveRows(client, after, onEnd), roundMs);
  };
  const onFailure = 'Cannot check for terminated instances; retrying';
  await Promise.all([
    repeatRounds(look, { everyMs, log, onFailure, stop }),
    repeatRounds(lookAtActive, { everyMs: activeEveryMs, log, onFailure, stop }),
  ]);
}

/** One check; exported for tests. */
export async function checkTerminations(
  client: Client,
  taskQueue: string,
  since: Date,
  notified: Set<string>,
  onEnd: () => void,
): Promise<void> {
  const ended = ['Terminated', 'TimedOut', 'Failed'].map((status) => `ExecutionStatus="${status}"`).join(' OR ');
  const query = `TaskQueue="${taskQueue}" AND (${ended}) AND CloseTime > "${since.toISOString()}"`;
  for await (const execution of client.workflow.list({ query })) {
    if (notified.has(execution.runId)) continue;
    const { workflowId, runId, status, closeTime, parentExecution } = execution;
    if (parentExecution?.workflowId)
      await notifyCaller(client, parentExecution.workflowId, workflowId, runId, status.name);
    const running = await isRunningAgain(client, workflowId, runId);
    if (status.name !== 'FAILED' && !running) {
      const endedAt = (closeTime ?? since).toISOString();
      const how = await terminationOf(client, workflowId, runId);
      if (await recordTermination(workflowId, { runId, endedAt, ...how })) onEnd();
    }
    notified.add(runId);
  }
}

/**
 * Checks instances whose rows are marked as running: terminated too long ago for the list of closed workflows, before
 * their first row, or deleted from Temporal. One check; exported for tests.
 * @returns the position of the next check; empty at the end
 */
export async function checkActiveRows(
  client: Client,
  after: string,
  onEnd: () => void,
  limit = activeAtOnce,
): Promise<string> {
  const rows = await findActiveAfter(after, limit);
  for (const { _id: id, run, parent } of rows) {
    const end = await outsideEndOf(client, id, run);
    if (!end || !(await recordTermination(id, end))) continue;
    onEnd();
    if (parent !== undefined) await tell(client, parent, { child: id, end: endedOutside(id, 'gone') });
  }
  return rows.length < limit ? '' : (rows.at(-1)?._id ?? '');
}

/** @returns undefined when it is running, or has ended regularly and reports it in its rows */
async function outsideEndOf(client: Client, id: string, run: string | undefined): Promise<TerminatedRun | undefined> {
  try {
    const { runId, status, closeTime } = await client.workflow.getHandle(id).describe();
    if (status.name !== 'TERMINATED' && status.name !== 'TIMED_OUT') return undefined;
    const endedAt = (closeTime ?? new Date()).toISOString();
    return { runId, endedAt, ...(await terminationOf(client, id, runId)) };
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
    return { runId: run ?? id, endedAt: new Date().toISOString(), reason: 'It is no longer in Temporal.' };
  }
}

/** Who terminated it and why, from its last event. */
async function terminationOf(
  client: Client,
  workflowId: string,
  runId: string,
): Promise<{ reason?: string; identity?: string }> {
  const { history } = await client.workflowService.getWorkflowExecutionHistoryReverse({
    namespace: client.options.namespace,
    execution: { workflowId, runId },
    maximumPageSize: 1,
  });
  const { reason, identity } = history?.events?.[0]?.workflowExecutionTerminatedEventAttributes ?? {};
  return { ...(reason && { reason }), ...(identity && { identity }) };
}

/** The id may be in use by a later run, which owns the rows. */
async function isRunningAgain(client: Client, workflowId: string, runId: string): Promise<boolean> {
  const { runId: newest } = await client.workflow.getHandle(workflowId).describe();
  return newest !== runId;
}

async function notifyCaller(
  client: Client,
  parent: string,
  child: string,
  runId: string,
  status: string,
): Promise<void> {
  const { raw } = await client.workflow.getHandle(child, runId).describe();
  const result: CallResult = {
    child,
    ...(raw.workflowExecutionInfo?.firstRunId && { firstRun: raw.workflowExecutionInfo.firstRunId }),
    end: endedOutside(child, status),
  };
  await tell(client, parent, result);
}

const endedOutside = (child: string, how: string): CallResult['end'] => ({
  ok: false,
  code: 'call-ended-outside',
  message: `${child} was terminated from outside (${how}).`,
});

async function tell(client: Client, parent: string, result: CallResult): Promise<void> {
  try {
    await client.workflow.getHandle(parent).signal(signalNames.callResult, result);
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
  }
}
