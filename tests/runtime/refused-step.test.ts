/** Steps whose result Temporal does not take: what they wrote is put right by what happened instead, and what came with them is not lost. */
import type { WorkflowHandle } from '@temporalio/client';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { InstanceState } from '../../engine/model/types.ts';
import { findInstance } from '../../store/runtime/instances.ts';
import { listJournal } from '../../store/runtime/journal.ts';
import { listTasksOf } from '../../store/runtime/tasks.ts';
import { maySendAgain } from '../../temporal/outcomes.ts';
import { queryNames } from '../../workflows/runtime/instance-messages.ts';
import { refusablePlan, whileEnding } from '../support/refusable.ts';
import { eventually, type Runtime, startRuntime, taskAt } from '../support/runtime.ts';

let runtime: Runtime;
beforeAll(async () => {
  runtime = await startRuntime({ temporalAddress: inject('temporalAddress'), mongodbUri: inject('mongodbUri') }, []);
  await runtime.deployPlan(refusablePlan);
});
afterAll(() => runtime?.close());

const handler = { id: 'handler-bj', role: 'handler' };
const complete = { type: 'complete', variables: {} } as const;

async function refusedTasks(handle: WorkflowHandle): Promise<number> {
  const { events } = await handle.fetchHistory();
  return events?.filter((event) => event.workflowTaskFailedEventAttributes).length ?? 0;
}

const statusOf = async (handle: WorkflowHandle): Promise<Record<string, string>> =>
  Object.fromEntries((await listTasksOf(handle.workflowId)).map((task) => [task.element, task.status]));

test('an end that was refused leaves nothing in the rows: what came first is what they say', async () => {
  const handle = await runtime.start('refusable');
  const approve = await taskAt(handle, 'Approve');
  await taskAt(handle, 'Watch');
  const { ends } = await whileEnding(runtime, () => handle.signal('broadcast', { name: 'doubt', variables: {} }));
  const act = runtime.act(handle, { key: approve.key, action: complete, by: handler }).then(
    () => 'done',
    () => 'refused',
  );
  await taskAt(handle, 'Reconsider');
  expect(await act).toBe('refused');
  expect(ends()).toBe(1);
  expect(await refusedTasks(handle)).toBe(1);
  const status = await eventually(async () => {
    const now = await statusOf(handle);
    return now['Watch'] === 'open' && now;
  });
  expect(status).toEqual({ Approve: 'cancelled', Watch: 'open', Reconsider: 'open' });
  expect(await findInstance(handle.workflowId)).toMatchObject({ status: 'active' });
  await expectAllTold(handle);

  for (const element of ['Watch', 'Reconsider']) {
    const { key } = await taskAt(handle, element);
    await runtime.act(handle, { key, action: complete, by: handler });
  }
  expect(await handle.result()).toMatchObject({ status: 'completed' });
  expect(await findInstance(handle.workflowId)).toMatchObject({ status: 'completed', waits: [] });
});

/** As whoever sends an update does (temporal/processes.ts, temporal/messenger.ts): undone, it is sent again under the same id. */
async function actUntilTaken(handle: WorkflowHandle, key: string): Promise<void> {
  for (;;)
    try {
      await runtime.act(handle, { key, action: complete, by: handler }, `act-${key}`);
      return;
    } catch (error) {
      if (!maySendAgain(error)) throw error;
    }
}

test('an act whose step was refused is taken when it is sent again', async () => {
  const handle = await runtime.start('refusable');
  const { key } = await taskAt(handle, 'Approve');
  await whileEnding(runtime, () => handle.signal('broadcast', { name: 'nobody-listens', variables: {} }));
  await actUntilTaken(handle, key);
  expect(await handle.result()).toMatchObject({ status: 'terminated' });
  expect(await refusedTasks(handle)).toBe(1);
  await expectAllTold(handle);
  expect(await statusOf(handle)).toEqual({ Approve: 'completed', Watch: 'cancelled' });
});

test('an act that is lost with its step leaves nothing in the rows, though nothing else happens', async () => {
  const handle = await runtime.start('refusable');
  const { key } = await taskAt(handle, 'Approve');
  await whileEnding(runtime, () => handle.signal('broadcast', { name: 'nobody-listens', variables: {} }));
  const lost = await runtime.act(handle, { key, action: complete, by: handler }).catch((error: unknown) => error);
  expect(maySendAgain(lost)).toBe(true);
  const status = await eventually(async () => {
    const now = await statusOf(handle);
    return now['Approve'] === 'open' && now['Watch'] === 'open' && now;
  });
  expect(status).toEqual({ Approve: 'open', Watch: 'open' });
  expect(await findInstance(handle.workflowId)).toMatchObject({ status: 'active' });
  await expectAllTold(handle);
  await handle.terminate();
});

/** Lines and tasks are written side by side: those that never were may go a moment later. */
async function expectAllTold(handle: WorkflowHandle): Promise<void> {
  const told = await eventually(async () => {
    const lines = (await listJournal(handle.workflowId, 0, 100)).map((line) => line.n);
    const { journalLength } = await handle.query<InstanceState>(queryNames.state);
    return lines.length === journalLength && lines;
  });
  expect(told).toEqual(told.map((_, index) => index + 1));
}
