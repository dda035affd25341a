/** Rows that the database will never take are told as an incident of their instance, which goes on meanwhile. */
import type { WorkflowHandle } from '@temporalio/client';
import mongoose from 'mongoose';
import { afterAll, afterEach, beforeAll, expect, inject, test, vi } from 'vitest';
import { findInstance } from '../../store/runtime/instances.ts';
import { findTask, TaskModel } from '../../store/runtime/tasks.ts';
import { taskId } from '../../workflows/runtime/instance-messages.ts';
import { eventually, type Runtime, startRuntime } from '../support/runtime.ts';

let runtime: Runtime;
beforeAll(async () => {
  runtime = await startRuntime({ temporalAddress: inject('temporalAddress'), mongodbUri: inject('mongodbUri') }, [
    'two-tasks',
  ]);
});
afterEach(() => vi.restoreAllMocks());
afterAll(() => runtime?.close());

const ops = { id: 'ops-1', role: 'ops' };
const set = (handle: WorkflowHandle, variables: Record<string, unknown>) =>
  handle.executeUpdate('setVariables', { args: [{ variables, by: ops }] });
const codes = async ({ workflowId }: WorkflowHandle) =>
  (await findInstance(workflowId))?.incidents.map((one) => one.code);

test('an instance whose tasks are refused has an incident, continues to a new run, and is whole when they are taken', async () => {
  const refusal = new mongoose.mongo.MongoServerError({ code: 121, message: 'Document failed validation' });
  vi.spyOn(TaskModel.collection, 'bulkWrite').mockRejectedValue(refusal);
  const handle = await runtime.start('two-tasks', { continueAfter: 1 });
  await eventually(async () => (await codes(handle))?.includes('rows-refused'));
  const { firstRunId } = (await handle.describe()).raw.workflowExecutionInfo ?? {};
  await eventually(async () => (await handle.describe()).runId !== firstRunId);
  const wait = (await findInstance(handle.workflowId))?.waits.find(({ element }) => element === 'First');
  const task = taskId(handle.workflowId, wait?.key ?? '');
  expect(await findTask(task)).toBeNull();
  await set(handle, { note: 'in the new run' });
  expect(await codes(handle)).toEqual(['rows-refused']);

  vi.restoreAllMocks();
  await set(handle, { note: 'taken again' });
  await eventually(async () => (await codes(handle))?.length === 0);
  expect(await findTask(task)).toMatchObject({ status: 'open' });
  await handle.terminate();
});
