/** What fails in making rows and records fails no workflow task: it is an incident of the instance, made good by a retry or its next step. */
import { fileURLToPath } from 'node:url';
import type { WorkflowHandle } from '@temporalio/client';
import { bundleWorkflowCode, DefaultLogger, NativeConnection, type Worker } from '@temporalio/worker';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { findInstance } from '../../store/runtime/instances.ts';
import { bundleOptions } from '../../worker/bundle.ts';
import { createCareloopWorker } from '../../worker/create.ts';
import { startPresentation } from '../../workflows/runtime/instance-messages.ts';
import { textsIn } from '../support/history-texts.ts';
import { testKeys } from '../support/keys.ts';
import { namespace } from '../support/namespace.ts';
import { eventually, type Runtime, startRuntime, taskAt } from '../support/runtime.ts';

let runtime: Runtime;
let native: NativeConnection;
let worker: Worker;
let ran: Promise<void>;
let taskQueue: string;
beforeAll(async () => {
  const servers = { temporalAddress: inject('temporalAddress'), mongodbUri: inject('mongodbUri') };
  runtime = await startRuntime(servers, ['two-tasks']);
  native = await NativeConnection.connect({ address: servers.temporalAddress });
  const workflowBundle = await bundleWorkflowCode({
    ...bundleOptions(fileURLToPath(new URL('../../', import.meta.url))),
    workflowsPath: fileURLToPath(new URL('./failing-hooks/workflows.ts', import.meta.url)),
    logger: new DefaultLogger('WARN'),
  });
  taskQueue = `${runtime.taskQueue}-failing`;
  const options = { connection: native, namespace, taskQueue, keys: testKeys };
  worker = await createCareloopWorker({ ...options, code: { workflowBundle } });
  ran = worker.run();
});
afterAll(async () => {
  worker?.shutdown();
  await ran;
  await native?.close();
  await runtime?.close();
});

const ops = { id: 'ops-1', role: 'ops' };
const set = (handle: WorkflowHandle, variables: Record<string, unknown>) =>
  handle.executeUpdate('setVariables', { args: [{ variables, by: ops }] });
const retry = (handle: WorkflowHandle, key: string) => handle.executeUpdate('retry', { args: [{ key, by: ops }] });

/** The incident, once it is there. */
const failed = (handle: WorkflowHandle) =>
  eventually(async () =>
    (await findInstance(handle.workflowId))?.incidents.find((one) => one.code === 'record-failed'),
  );
const mended = (handle: WorkflowHandle) =>
  eventually(async () => (await findInstance(handle.workflowId))?.incidents.length === 0);

/** One whose row or record fails from now on. */
async function aBroken(what: string, name: string): Promise<WorkflowHandle> {
  const businessKey = `${name}-${what}`;
  const start = { process: 'two-tasks', businessKey, facility: 'BJ', startedBy: ops, variables: {} };
  const handle = await runtime.client.workflow.start('process', {
    workflowId: `two-tasks/${businessKey}`,
    taskQueue,
    args: [start],
    ...startPresentation(start),
  });
  await taskAt(handle, 'First');
  await set(handle, { broken: what });
  return handle;
}

async function expectNoFailedTask(handle: WorkflowHandle): Promise<void> {
  const { events = [] } = await handle.fetchHistory();
  expect(events?.filter((one) => one.workflowTaskFailedEventAttributes)).toEqual([]);
  await handle.terminate();
}

test.each(['row', 'record'])(
  'a %s that fails is an incident, the instance goes on, and its next step makes it good',
  async (what) => {
    const handle = await aBroken(what, 'next-step');
    const { params } = await failed(handle);
    expect(params).toMatchObject({ reason: 'record', cause: `TypeError: a ${what} that fails` });
    const { key, candidateGroups } = await taskAt(handle, 'First');
    const by = { id: 'one', role: candidateGroups[0] ?? 'ops' };
    await runtime.act(handle, { key, action: { type: 'complete', variables: {} }, by });
    await taskAt(handle, 'Second');
    await failed(handle);
    await set(handle, { broken: null });
    await mended(handle);
    await expectNoFailedTask(handle);
  },
);

test.each(['row', 'record'])('a %s that failed is made by a retry, once the fault is mended', async (what) => {
  const handle = await aBroken(what, 'retry');
  const { key } = await failed(handle);
  await retry(handle, key);
  expect(await failed(handle)).toBeTruthy();
  await handle.signal('mended');
  await retry(handle, key);
  await mended(handle);
  await expect(retry(handle, key)).rejects.toMatchObject({ cause: { details: [{ code: 'nothing-to-retry' }] } });
  await expectNoFailedTask(handle);
});

test('a failing workflow task leaves no event in the history', async () => {
  const quoted = '患者说再不退款就去投诉';
  const workflowId = 'failing/quoted';
  const handle = await runtime.client.workflow.start('failing', { workflowId, taskQueue, args: [quoted] });
  const events = await eventually(async () => {
    const { events } = await handle.fetchHistory();
    return events?.some((one) => one.workflowTaskFailedEventAttributes) && events;
  });
  expect(textsIn(events).filter((text) => text.includes(quoted))).toEqual([]);
  await handle.terminate();
});
