/** Somebody who reaches Temporal's port, without a key: by the SDK as it comes, or with copies of what stands in histories. */
import { Context } from '@temporalio/activity';
import { Client, type WorkflowHandle } from '@temporalio/client';
import { defaultPayloadConverter, type Payload } from '@temporalio/common';
import { NativeConnection, Worker } from '@temporalio/worker';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { operatorRole } from '../../engine/model/roles.ts';
import { saveJobType } from '../../store/definitions/job-types.ts';
import { findInstance } from '../../store/runtime/instances.ts';
import { listJournal } from '../../store/runtime/journal.ts';
import { listTasksOf } from '../../store/runtime/tasks.ts';
import { createActingCodec, createJobCodec } from '../../temporal/sealing/codec.ts';
import type { RefundStatus } from '../../workflows/processes/refund/messages.ts';
import type { VariablesSnapshot } from '../../workflows/runtime/instance-messages.ts';
import { aPlan, literal } from '../engine/support/plan.ts';
import { testKeys } from '../support/keys.ts';
import { namespace } from '../support/namespace.ts';
import { eventually, firstTask, type Runtime, startRuntime, taskAt } from '../support/runtime.ts';
import { acceptedUpdates, clientOfPerson, copyingClient } from '../support/sealed-payloads.ts';

let runtime: Runtime;
let stranger: Client;
let native: NativeConnection;
beforeAll(async () => {
  const address = inject('temporalAddress');
  runtime = await startRuntime({ temporalAddress: address, mongodbUri: inject('mongodbUri') }, ['refund', 'patience'], {
    holdsRole: async () => true,
  });
  stranger = new Client({ connection: runtime.client.connection, namespace });
  native = await NativeConnection.connect({ address });
});
afterAll(async () => {
  await runtime?.close();
  await native?.close();
});

/** A job that is under way until it is cancelled. */
const cancelled = (): Promise<never> => Context.current().cancelled;

const aRefund = async () => {
  const handle = await runtime.start('refund', { variables: { limit: 'P7D', applicant: 'consultant-bj' } });
  await taskAt(handle, 'Director');
  return { handle, strange: stranger.workflow.getHandle(handle.workflowId) };
};

const refusalsOf = async ({ workflowId }: WorkflowHandle) =>
  (await listJournal(workflowId, 0, 100)).filter(({ kind }) => kind === 'act-refused').map(({ data }) => data);

const decision = { decision: 'approve', by: 'ghost', role: 'cs-director' };

test('an unsealed decision is journaled as refused and decides nothing', async () => {
  const { handle, strange } = await aRefund();
  await strange.signal('refundDecision', decision);
  await strange.signal('refundDecision');
  await strange.signal('callResult', { child: 'refund/x', end: { ok: true, variables: {} } });
  await eventually(async () => (await refusalsOf(handle)).length === 3);
  const refused = { code: 'unsealed', reason: 'unsealed' };
  expect(await refusalsOf(handle)).toEqual([
    { ...refused, signal: 'refundDecision' },
    { code: 'unsealed', reason: 'elsewhere', signal: 'refundDecision' },
    { ...refused, signal: 'callResult' },
  ]);
  const { status, decisions } = await handle.query<RefundStatus>('refundStatus');
  expect([status, decisions]).toEqual(['approving', []]);
  await handle.terminate();
});

test('an unsealed update is refused in words, and an unsealed query is not answered', async () => {
  const { handle, strange } = await aRefund();
  const { key } = await taskAt(handle, 'Director');
  const complete = { key, action: { type: 'complete', variables: { decision: 'approve' } }, by: { id: 'ghost' } };
  // Sends what is not sealed; only it could read the refusal otherwise.
  const { decode } = createActingCodec(testKeys);
  const payloadCodecs = [{ encode: async (payloads: Payload[]) => payloads, decode }];
  const reading = new Client({ connection: runtime.client.connection, namespace, dataConverter: { payloadCodecs } });
  for (const [name, ask] of [
    ['task', complete],
    ['cancel', { reason: 'mine', by: { id: 'ghost' } }],
    ['modify', { instructions: [], by: { id: 'ghost' } }],
  ] as const) {
    const failure = await reading.workflow
      .getHandle(handle.workflowId)
      .executeUpdate(name, { args: [ask] })
      .catch((error: unknown) => error);
    expect(failure).toMatchObject({
      name: 'WorkflowUpdateFailedError',
      cause: { type: 'CareloopRefusal', details: [{ code: 'unsealed' }] },
    });
  }
  await expect(strange.query('explain', { now: '2026-11-01T00:00:00Z' })).rejects.toThrow('not sealed');
  // What is answered to a question without arguments is sealed.
  await expect(strange.query('refundStatus')).rejects.toThrow('binary/encrypted');
  const { events = [] } = await handle.fetchHistory();
  expect(events?.filter((event) => event.workflowTaskFailedEventAttributes)).toEqual([]);
  expect(events?.filter((event) => event.workflowExecutionUpdateAcceptedEventAttributes)).toEqual([]);
  await handle.terminate();
});

test('a start that was not sealed ends with a clear failure and does nothing', async () => {
  const input = { process: 'refund', businessKey: 'ghost', facility: 'BJ', variables: {}, startedBy: { id: 'ghost' } };
  for (const [type, args] of [
    ['refund', [input]],
    ['process', [{ ...input, carried: {} }]],
    ['schedule', [{ process: 'refund' }]],
    ['batch', []],
  ] as const) {
    const workflowId = `${type}/ghost`;
    const handle = await stranger.workflow.start(type, { workflowId, taskQueue: runtime.taskQueue, args: [...args] });
    await expect(handle.result()).rejects.toMatchObject({ cause: { type: 'Unsealed' } });
    expect((await handle.fetchHistory()).events?.some((event) => event.activityTaskScheduledEventAttributes)).toBe(
      false,
    );
    expect(await findInstance(workflowId)).toBeNull();
  }
});

test('a sealed signal that is copied counts neither a second time nor in another instance', async () => {
  const { handle } = await aRefund();
  await handle.signal('refundDecision', {
    decision: 'send-back',
    by: 'cs-director-bj',
    role: 'cs-director',
    reason: '补材料',
  });
  const input = await eventually(async () => {
    const { events } = await handle.fetchHistory();
    return events?.find((event) => event.workflowExecutionSignaledEventAttributes)
      ?.workflowExecutionSignaledEventAttributes?.input;
  });
  const send = ({ workflowId }: WorkflowHandle, signalName: string) =>
    stranger.workflowService.signalWorkflowExecution({
      namespace,
      workflowExecution: { workflowId },
      signalName,
      input: input ?? null,
    });
  const { handle: another } = await aRefund();
  await send(another, 'refundDecision');
  await send(another, 'broadcast');
  await eventually(async () => (await refusalsOf(another)).length === 2);
  expect(await refusalsOf(another)).toEqual([
    { code: 'unsealed', reason: 'elsewhere', signal: 'refundDecision' },
    { code: 'unsealed', reason: 'elsewhere', signal: 'broadcast' },
  ]);
  await send(handle, 'refundDecision').catch(() => undefined);
  await handle.terminate().catch(() => undefined);
  await another.terminate();
});

const bells = aPlan('bells')
  .add('userTask', 'Listen')
  .boundary('Listen', 'Rung', { interrupting: false, events: [{ type: 'signal', name: literal('bell') }] })
  .add('userTask', 'Answer')
  .flow('Rung', 'Answer')
  .build();

test('the same sealing twice is refused as a copy', async () => {
  await runtime.deployPlan(bells);
  const handle = await runtime.start('bells');
  await taskAt(handle, 'Listen');
  await handle.signal('broadcast', { name: 'bell', variables: {} });
  await taskAt(handle, 'Answer');
  const { events } = await handle.fetchHistory();
  const signaled = events?.find((event) => event.workflowExecutionSignaledEventAttributes);
  const input = signaled?.workflowExecutionSignaledEventAttributes?.input ?? null;
  const copy = { namespace, workflowExecution: { workflowId: handle.workflowId }, signalName: 'broadcast', input };
  await stranger.workflowService.signalWorkflowExecution(copy);
  await eventually(async () => (await refusalsOf(handle)).length === 1);
  expect(await refusalsOf(handle)).toEqual([{ code: 'seal-repeated', signal: 'broadcast' }]);
  await handle.terminate();
});

const operator = { id: 'ops-1', roles: [{ role: operatorRole, facility: '*' }] };
const sets = (limit: string, instance?: string) => ({
  ...(instance && { instance }),
  variables: { limit },
  by: { id: operator.id },
});

test('the same sealing of an update under another id is refused as a copy, whoever sealed it', async () => {
  const handle = await runtime.start('patience', { variables: { limit: 'P1D' } });
  const { workflowId } = handle;
  await firstTask(handle);
  const { connection } = runtime.client;
  const sealing = clientOfPerson(connection, operator).workflow.getHandle(workflowId);
  await sealing.executeUpdate('setVariables', { args: [sets('P2D', workflowId)] });
  await handle.executeUpdate('setVariables', { args: [sets('P3D')] });
  const copies = await acceptedUpdates(handle);
  expect(copies).toHaveLength(2);
  for (const copied of copies) {
    const copying = copyingClient(connection, copied).workflow.getHandle(workflowId);
    await expect(copying.executeUpdate('setVariables', { args: [null] })).rejects.toMatchObject({
      cause: { type: 'CareloopRefusal', details: [{ code: 'seal-repeated' }] },
    });
  }
  expect((await handle.query<VariablesSnapshot>('variables')).scopes[0]?.variables).toMatchObject({ limit: 'P3D' });
  await handle.terminate();
});

test('a broadcast that a person sealed counts at the instance it names only', async () => {
  await runtime.deployPlan(bells);
  const handle = await runtime.start('bells');
  await taskAt(handle, 'Listen');
  const { workflowId } = handle;
  const sealing = clientOfPerson(runtime.client.connection, operator).workflow.getHandle(workflowId);
  for (const instance of [undefined, 'bells/another', workflowId])
    await sealing.signal('broadcast', { name: 'bell', variables: {}, ...(instance && { instance }) });
  await taskAt(handle, 'Answer');
  await eventually(async () => (await refusalsOf(handle)).length === 2);
  const refused = { code: 'other-instance', signal: 'broadcast' };
  expect(await refusalsOf(handle)).toEqual([refused, refused]);
  expect((await listTasksOf(workflowId)).filter(({ element }) => element === 'Answer')).toHaveLength(1);
  await handle.terminate();
});

test('what a stranger answers to a job of ours is an incident, and not believed', async () => {
  const job = { type: literal('order-payment'), retries: literal('1') };
  await runtime.deployPlan(aPlan('pays').add('serviceTask', 'Pay', { job }).build());
  await runtime.stopWorker();
  await runtime.startWorker({ orderPayment: () => cancelled() });
  const handle = await runtime.start('pays');
  const activityId = await eventually(async () => (await handle.describe()).raw.pendingActivities?.[0]?.activityId);
  await stranger.workflowService.respondActivityTaskCompletedById({
    namespace,
    workflowId: handle.workflowId,
    activityId,
    result: { payloads: [defaultPayloadConverter.toPayload({ paidCents: 1 })] },
  });
  const incident = await eventually(async () => (await findInstance(handle.workflowId))?.incidents[0]);
  expect(incident).toMatchObject({ code: 'job-failed' });
  await handle.terminate();
});

test('a job of others is sealed with the job key both ways; without it the result is an incident', async () => {
  const taskQueue = `${runtime.taskQueue}-outside`;
  const about = { description: 'Of ACME.', updatedAt: new Date().toISOString(), updatedBy: 'ops' };
  await saveJobType({ _id: 'acme:charge', taskQueue, ...about });
  const type = literal('acme:charge');
  await runtime.deployPlan(
    aPlan('charges')
      .add('serviceTask', 'Charge', { job: { type, retries: literal('1') } })
      .build(),
  );
  const seen: unknown[] = [];
  const activities = {
    async 'acme:charge'(input: unknown) {
      seen.push(input);
      return { receipt: 'R1' };
    },
  };
  const outside = { connection: native, namespace, taskQueue, activities, shutdownGraceTime: 0 };
  const handle = await runtime.start('charges', { variables: { cents: 5 } });
  const withKey = { payloadCodecs: [createJobCodec(testKeys.job)] };
  const worker = await Worker.create({ ...outside, dataConverter: withKey });
  expect(await worker.runUntil(handle.result())).toMatchObject({ variables: { receipt: 'R1' } });
  expect(seen).toMatchObject([{ cents: 5 }]);

  const another = await runtime.start('charges', { variables: { cents: 5 } });
  // It cannot read its input either: it takes whatever comes.
  const opensOnly = {
    payloadCodecs: [{ ...createJobCodec(testKeys.job), encode: async (payloads: Payload[]) => payloads }],
  };
  const unsealing = await Worker.create({ ...outside, dataConverter: opensOnly });
  const incident = await unsealing.runUntil(
    eventually(async () => (await findInstance(another.workflowId))?.incidents[0]),
  );
  expect(incident).toMatchObject({ code: 'job-failed', params: { reason: 'job-result-unsealed' } });
  await another.terminate();
});
