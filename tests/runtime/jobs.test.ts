import { ApplicationFailure } from '@temporalio/common';
import { afterAll, afterEach, beforeAll, expect, inject, test } from 'vitest';
import type { Job } from '../../activities/types.ts';
import { findInstance } from '../../store/runtime/instances.ts';
import { eventually, firstTask, type Runtime, startRuntime } from '../support/runtime.ts';

/** What the payment system does next; each call takes one, the last one stays. */
let payments: Job[] = [];
const calls: string[] = [];
const orderPayment: Job = async (input, context) => {
  calls.push(`${context.instance}#${context.key}`);
  const next = payments.length > 1 ? payments.shift() : payments[0];
  return (next as Job)(input, context);
};

let runtime: Runtime;
beforeAll(async () => {
  runtime = await startRuntime(
    { temporalAddress: inject('temporalAddress'), mongodbUri: inject('mongodbUri') },
    ['payment'],
    { orderPayment },
  );
});
afterAll(() => runtime?.close());
afterEach(() => {
  payments = [];
  calls.length = 0;
});

const fails: Job = async () => {
  throw new Error('The cashier system says no.');
};
const pays: Job = async (input) => ({ paidCents: input['amountCents'] ?? 0 });
const ops = { id: 'ops-1', role: 'ops' };

test('a job that succeeds continues with its variables', async () => {
  payments = [pays];
  const handle = await runtime.start('payment', { variables: { amountCents: 900 } });
  expect(await handle.result()).toMatchObject({ status: 'completed', variables: { paidCents: 900 } });
});

test('a job whose retries are used up becomes an incident, and a retry continues', async () => {
  payments = [fails];
  const handle = await runtime.start('payment', { variables: { amountCents: 900 } });
  const stopped = await eventually(async () => {
    const row = await findInstance(handle.workflowId);
    return row?.incidents.length ? row : null;
  });
  expect(calls).toHaveLength(2);
  expect(stopped.incidents).toMatchObject([{ code: 'job-failed', elementName: '付款' }]);
  expect(stopped.waits).toMatchObject([{ waitingFor: ['ops'] }]);
  await eventually(async () => {
    const { typedSearchAttributes } = await handle.describe();
    return typedSearchAttributes
      .getAll()
      .some(({ key, value }) => key.name === 'Incident' && String(value) === 'job-failed');
  });

  payments = [pays];
  const key = stopped.incidents[0]?.key ?? '';
  await handle.executeUpdate('retry', { args: [{ key, by: ops }] });
  expect(await handle.result()).toMatchObject({ status: 'completed' });
  expect(await findInstance(handle.workflowId)).toMatchObject({ incidents: [], status: 'completed' });
});

test('a BPMN error of a job is caught by the error event of the definition', async () => {
  payments = [
    async () => {
      throw ApplicationFailure.nonRetryable('Too much.', 'BpmnError', 'more-than-paid', { left: 100 });
    },
  ];
  const handle = await runtime.start('payment', { variables: { amountCents: 900 } });
  expect(await firstTask(handle)).toMatchObject({ name: '更正金额', candidateGroups: ['finance'] });
  expect(calls).toHaveLength(1);
});

test('an uncaught BPMN error is an incident', async () => {
  payments = [
    async () => {
      throw ApplicationFailure.nonRetryable('No such payment.', 'BpmnError', 'no-such-payment');
    },
  ];
  const handle = await runtime.start('payment', { variables: { amountCents: 900 } });
  const row = await eventually(async () => {
    const found = await findInstance(handle.workflowId);
    return found?.incidents.length ? found : null;
  });
  expect(row.incidents).toMatchObject([{ code: 'unhandled-error' }]);
});

test('an outage is waited out and uses up no retries', async () => {
  const away: Job = async () => {
    throw ApplicationFailure.create({ type: 'Unavailable', message: 'The database does not answer.' });
  };
  payments = [away, away, fails, pays];
  const handle = await runtime.start('payment', { variables: { amountCents: 900 } });
  expect(await handle.result()).toMatchObject({ status: 'completed' });
  expect(calls).toHaveLength(4);
});

test('a request to cancel ends the process in order', async () => {
  payments = [fails];
  const handle = await runtime.start('payment', { variables: { amountCents: 900 } });
  await eventually(async () => ((await findInstance(handle.workflowId))?.incidents.length ?? 0) > 0);
  await handle.cancel();
  await eventually(async () => (await handle.describe()).status.name === 'CANCELLED');
  expect(await findInstance(handle.workflowId)).toMatchObject({ status: 'cancelled', waits: [], incidents: [] });
});

test('a job under way when a new run takes over is done again, and only the answer to the new run counts', async () => {
  let answerFirst: (paid: { paidCents: number }) => void = () => {};
  const late = new Promise<{ paidCents: number }>((resolve) => {
    answerFirst = resolve;
  });
  payments = [() => late, pays];
  const handle = await runtime.start('payment', {
    variables: { amountCents: 900 },
    continueAfter: 1,
    continueWithJobsAfter: 6,
  });
  await eventually(async () => calls.length === 1);
  await handle.executeUpdate('setVariables', { args: [{ variables: { note: 'checked' }, by: ops }] });
  await eventually(async () => calls.length === 2);
  answerFirst({ paidCents: 1 });
  expect(await handle.result()).toMatchObject({ status: 'completed', variables: { paidCents: 900 } });
  expect(new Set(calls).size).toBe(1);
  const { firstRunId, execution } = (await handle.describe()).raw.workflowExecutionInfo ?? {};
  expect(firstRunId).not.toBe(execution?.runId);
});

test('more than fifty jobs side by side stand in line: the server keeps a hundred answers, no more', async () => {
  payments = [pays];
  await runtime.deploy(`<?xml version="1.0" encoding="UTF-8"?>
    <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="Many" targetNamespace="https://careloop.dev/test">
    <bpmn:process id="many-payments" isExecutable="true"><bpmn:startEvent id="S"><bpmn:outgoing>f</bpmn:outgoing></bpmn:startEvent>
    <bpmn:serviceTask id="Pay" name="Pay"><bpmn:extensionElements><zeebe:taskDefinition type="order-payment"/></bpmn:extensionElements>
    <bpmn:incoming>f</bpmn:incoming><bpmn:outgoing>g</bpmn:outgoing>
    <bpmn:multiInstanceLoopCharacteristics><bpmn:loopCardinality>=120</bpmn:loopCardinality></bpmn:multiInstanceLoopCharacteristics></bpmn:serviceTask>
    <bpmn:endEvent id="E"><bpmn:incoming>g</bpmn:incoming></bpmn:endEvent>
    <bpmn:sequenceFlow id="f" sourceRef="S" targetRef="Pay"/><bpmn:sequenceFlow id="g" sourceRef="Pay" targetRef="E"/></bpmn:process></bpmn:definitions>`);
  const handle = await runtime.start('many-payments');
  expect(await handle.result()).toMatchObject({ status: 'completed' });
  expect(new Set(calls).size).toBe(120);
  let atWork = 0;
  let most = 0;
  for (const event of (await handle.fetchHistory()).events ?? []) {
    if (event.activityTaskScheduledEventAttributes) most = Math.max(most, ++atWork);
    if (event.activityTaskCompletedEventAttributes) atWork--;
  }
  expect(most).toBe(50);
});
