/** What is larger than Temporal takes at once (2 MB a payload) is told, and stalls nothing. */
import type { WorkflowHandle } from '@temporalio/client';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { Job } from '../../activities/types.ts';
import { findCalled, findInstance } from '../../store/runtime/instances.ts';
import { aPlan, literal } from '../engine/support/plan.ts';
import { eventually, type Runtime, startRuntime, taskAt } from '../support/runtime.ts';

let runtime: Runtime;
const orderPayment: Job = async () => ({ paidCents: 900 });
beforeAll(async () => {
  runtime = await startRuntime(
    { temporalAddress: inject('temporalAddress'), mongodbUri: inject('mongodbUri') },
    ['two-tasks'],
    { orderPayment },
  );
  const later = (key: string) =>
    aPlan(key)
      .add('startEvent', 'Start')
      .add('userTask', 'First', { user: { candidateGroups: literal('handler') } })
      .add('endEvent', 'End');
  const pays = later('pays-later').add('serviceTask', 'Then', { job: { type: literal('order-payment') } });
  const calls = later('calls-later').add('callActivity', 'Then', { process: literal('two-tasks') });
  for (const plan of [pays, calls]) await runtime.deployPlan(plan.flow('Start', 'First', 'Then', 'End').build());
});
afterAll(() => runtime?.close());

const ops = { id: 'ops-1', role: 'ops' };
/** 1.2 MB in UTF-8. */
const large = '大'.repeat(400_000);
const set = (handle: WorkflowHandle, variables: Record<string, unknown>) =>
  handle.executeUpdate('setVariables', { args: [{ variables, by: ops }] });
const codes = async (handle: WorkflowHandle) =>
  (await findInstance(handle.workflowId))?.incidents.map((one) => one.code) ?? [];
const hasCode = (handle: WorkflowHandle, code: string) => eventually(async () => (await codes(handle)).includes(code));
const complete = async (handle: WorkflowHandle, element: string) => {
  const { key, candidateGroups } = await taskAt(handle, element);
  const by = { id: 'one', role: candidateGroups[0] ?? 'ops' };
  await runtime.act(handle, { key, action: { type: 'complete', variables: {} }, by });
};

test('a state too large to be handed over stays in its run and says so, until it is smaller', async () => {
  const handle = await runtime.start('two-tasks', { variables: { large }, continueAfter: 1 });
  await taskAt(handle, 'First');
  await set(handle, { note: 'handed over before it grows' });
  const { firstRunId } = (await handle.describe()).raw.workflowExecutionInfo ?? {};
  await eventually(async () => (await handle.describe()).runId !== firstRunId);
  await set(handle, { more: large });
  await hasCode(handle, 'state-too-large');
  const { runId, typedSearchAttributes } = await eventually(async () => {
    const described = await handle.describe();
    return 'Incident' in described.searchAttributes && described;
  });
  expect(typedSearchAttributes.getAll().find(({ key }) => key.name === 'Incident')?.value).toEqual(['state-too-large']);
  const { currentDetails } = await handle.query<{ currentDetails: string }>('__temporal_workflow_metadata');
  expect(currentDetails).toContain('不能交接给下一次运行');

  // Another worker knows nothing of it but its history.
  await runtime.stopWorker();
  await runtime.startWorker();
  await complete(handle, 'First');
  await taskAt(handle, 'Second');
  expect((await handle.describe()).runId).toBe(runId);
  expect(await codes(handle)).toEqual(['state-too-large']);

  await set(handle, { more: null });
  await eventually(async () => (await handle.describe()).runId !== runId);
  expect(await codes(handle)).toEqual([]);
  await complete(handle, 'Second');
  expect(await handle.result()).toMatchObject({ status: 'completed', variables: { large } });
});

test('a job given too much is an incident, and continues once it is given less', async () => {
  const handle = await runtime.start('pays-later', { variables: { large } });
  await set(handle, { more: large });
  await complete(handle, 'First');
  await eventually(async () => (await codes(handle)).includes('job-failed'));
  const [incident] = (await findInstance(handle.workflowId))?.incidents ?? [];
  expect(incident).toMatchObject({
    element: 'Then',
    params: { reason: 'job-input-size', megabytes: '2.4' },
  });
  await set(handle, { more: null });
  await handle.executeUpdate('retry', { args: [{ key: incident?.key, by: ops }] });
  expect(await handle.result()).toMatchObject({ status: 'completed', variables: { paidCents: 900 } });
});

test('a call given too much is an incident', async () => {
  const handle = await runtime.start('calls-later', { variables: { large } });
  await set(handle, { more: large });
  await complete(handle, 'First');
  await eventually(async () => (await codes(handle)).includes('call-failed'));
  await handle.terminate();
});

test('an instance that ends with too much ends all the same, without giving it out', async () => {
  const handle = await runtime.start('two-tasks', { variables: { large } });
  await set(handle, { more: large });
  await complete(handle, 'First');
  await complete(handle, 'Second');
  expect(await handle.result()).toEqual({ status: 'completed', variables: {} });
});

test('a called instance that ends with too much is an incident of its caller', async () => {
  const parent = await runtime.start('calls-later', { variables: { large } });
  await complete(parent, 'First');
  const called = await eventually(async () => (await findCalled(parent.workflowId))[0]);
  const child = runtime.client.workflow.getHandle(called._id);
  await set(child, { more: large });
  await complete(child, 'First');
  await complete(child, 'Second');
  await eventually(async () => (await codes(parent)).includes('call-failed'));
  const [incident] = (await findInstance(parent.workflowId))?.incidents ?? [];
  expect(incident?.params).toMatchObject({ reason: 'call', cause: expect.stringContaining('not returned') });
  await parent.terminate();
});
