/** Every door at which more than Temporal takes can come or go: each says so, none fails a workflow task. */
import { randomBytes } from 'node:crypto';
import type { WorkflowHandle } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { Job } from '../../activities/types.ts';
import type { EventDefinition } from '../../engine/model/plan.ts';
import { findInstance } from '../../store/runtime/instances.ts';
import { aPlan, feel, literal } from '../engine/support/plan.ts';
import { startGenericWorker } from '../support/generic-worker.ts';
import { eventually, type Runtime, startRuntime, taskAt } from '../support/runtime.ts';

/** No deflating makes it smaller: 1.5 MB each. */
const noise = () => randomBytes(1_125_000).toString('base64');
const large = { one: noise(), two: noise() };
const ops = { id: 'ops-1', role: 'ops' };

let work: Job;
const job: Job = (input, context) => work(input, context);
let runtime: Runtime;
let stopOutside: () => Promise<void>;
beforeAll(async () => {
  runtime = await startRuntime(
    { temporalAddress: inject('temporalAddress'), mongodbUri: inject('mongodbUri') },
    ['two-tasks'],
    {
      orderPayment: job,
      findStaff: job,
    },
  );
  stopOutside = await startGenericWorker(runtime, { '*': { variables: large } });
});
afterAll(async () => {
  await stopOutside?.();
  await runtime?.close();
});

const incidentOf = (handle: WorkflowHandle) =>
  eventually(async () => (await findInstance(handle.workflowId))?.incidents[0]);

async function expectNoFailedTask(handle: WorkflowHandle): Promise<void> {
  // Rows are there before their workflow task is complete; an update is answered by a later one.
  await set(handle, { seen: true });
  const { events = [] } = await handle.fetchHistory();
  expect(events?.filter((event) => event.workflowTaskFailedEventAttributes)).toEqual([]);
  await handle.terminate();
}

const answers: Job = async () => large;
const throwsError: Job = async () => {
  throw ApplicationFailure.nonRetryable('Too much.', 'BpmnError', 'too-much', large);
};
const fails: Job = async () => {
  throw new Error(`No. ${large.one}${large.two}`);
};

const size = expect.objectContaining({ reason: 'job-result-size' });
const clipped = expect.objectContaining({ reason: 'job', cause: expect.stringMatching(/^No\. .{9000,10000}…$/) });

test.each([
  ['an activity answers', 'order-payment', answers, size],
  ['an activity gives with a BPMN error', 'order-payment', throwsError, size],
  ['an activity says when it fails', 'order-payment', fails, clipped],
  ['a local activity answers', 'find-staff', answers, size],
  ['a local activity gives with a BPMN error', 'find-staff', throwsError, size],
  ['a local activity says when it fails', 'find-staff', fails, clipped],
  ['a worker of others answers', 'acme:charge', answers, size],
])('too much that %s is an incident', async (door, type, does, params) => {
  work = does;
  const process = door.replaceAll(' ', '-');
  const job = { type: literal(type), retries: literal('1') };
  await runtime.deployPlan(aPlan(process).add('serviceTask', 'Work', { job }).build());
  const handle = await runtime.start(process);
  expect(await incidentOf(handle)).toMatchObject({ code: 'job-failed', params });
  await expectNoFailedTask(handle);
});

const inputs = ['one', 'two'].map((name) => ({ source: feel(name), target: name }));
const thrown: [string, EventDefinition][] = [
  ['message', { type: 'message', name: literal('told') }],
  ['signal', { type: 'signal', name: literal('told') }],
  ['escalation', { type: 'escalation', code: literal('told') }],
];

test.each(thrown)('too much thrown with a %s is an incident, and goes once it is smaller', async (type, event) => {
  const process = `throws-${type}`;
  const plan = aPlan(process)
    .add('startEvent', 'Start')
    .add('userTask', 'First', { user: { candidateGroups: literal('handler') } })
    .add('intermediateThrowEvent', 'Then', { events: [event], inputs })
    .add('endEvent', 'End')
    .flow('Start', 'First', 'Then', 'End');
  await runtime.deployPlan(plan.build());
  const handle = await runtime.start(process, { variables: { one: large.one } });
  await set(handle, { two: large.two });
  await complete(handle, 'First');
  const { code, key } = await incidentOf(handle);
  expect(code).toBe('thrown-too-large');
  await set(handle, { two: null });
  await handle.executeUpdate('retry', { args: [{ key, by: ops }] });
  expect(await handle.result()).toMatchObject({ status: 'completed' });
});

test('a query with too large an answer is refused in words, and what is asked for by name comes', async () => {
  const handle = await runtime.start('two-tasks', { variables: { one: large.one } });
  await set(handle, { two: large.two, small: 1 });
  for (const query of ['state', 'variables'])
    await expect(handle.query(query)).rejects.toThrow(/^The answer has \d\.\d MB/);
  expect(await handle.query('variables', { name: 'small' })).toMatchObject({ scopes: [{ variables: { small: 1 } }] });
  await expectNoFailedTask(handle);
});

const set = (handle: WorkflowHandle, variables: Record<string, unknown>) =>
  handle.executeUpdate('setVariables', { args: [{ variables, by: ops }] });

async function complete(handle: WorkflowHandle, element: string): Promise<void> {
  const { key, candidateGroups } = await taskAt(handle, element);
  const by = { id: 'one', role: candidateGroups[0] ?? 'ops' };
  await runtime.act(handle, { key, action: { type: 'complete', variables: {} }, by });
}
