/** Processes that begin by a condition: evaluated when a caller asks, and by nothing else. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { findInstance } from '../../../store/runtime/instances.ts';
import { eventually } from '../../support/runtime.ts';
import { type Caller, startApi, type TestApi } from './support.ts';

let api: TestApi;
let ops: Caller;
let key: string;
beforeAll(async () => {
  api = await startApi();
  ops = await api.as('ops');
});
afterAll(() => api?.close());
beforeEach(() => {
  key = `stock${randomUUID().slice(0, 8)}`;
});

const start = (id: string, feel: string) =>
  `<bpmn:startEvent id="${id}" name="库存不足">
     <bpmn:conditionalEventDefinition id="${id}Condition"><bpmn:condition>${feel}</bpmn:condition></bpmn:conditionalEventDefinition>
   </bpmn:startEvent>
   <bpmn:sequenceFlow id="${id}Flow" sourceRef="${id}" targetRef="Order" />`;

const definition = (...starts: string[]) => `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="https://careloop.dev/tests">
  <bpmn:process id="${key}" name="补货" isExecutable="true">
    ${starts.join('\n')}
    <bpmn:exclusiveGateway id="Order" name="补货" />
    <bpmn:sequenceFlow id="last" sourceRef="Order" targetRef="End" />
    <bpmn:endEvent id="End" name="完成" />
  </bpmn:process>
</bpmn:definitions>`;

const deploy = async (...starts: string[]) => {
  const answer = await ops.post('/api/definitions', definition(...starts), {
    headers: { 'Content-Type': 'application/xml' },
  });
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
};
const evaluate = (body: object, idempotencyKey: string = randomUUID(), who = ops) =>
  who.post('/api/conditions', { facility: 'BJ', processes: [key], ...body }, { key: idempotencyKey });

test('one that holds begins an instance with the variables given, once per request', async () => {
  await deploy(start('Low', '=stock &lt; 5'));
  const once = randomUUID();
  const first = await evaluate({ variables: { stock: 3 } }, once);
  expect(first).toMatchObject({
    status: 200,
    body: { started: [{ process: key, version: 1, element: 'Low', began: true }], notHeld: [], failed: [] },
  });
  const { instance } = first.body.started[0];
  const row = await eventually(async () => {
    const found = await findInstance(instance);
    return found?.status === 'completed' && found;
  });
  expect(row).toMatchObject({ facility: 'BJ', startedBy: 'ops' });
  const again = await evaluate({ variables: { stock: 3 } }, once);
  expect(again.body).toMatchObject({ at: first.body.at, started: [{ instance, began: false }] });
  expect((await ops.get(`/api/instances?process=${key}`)).body.items).toHaveLength(1);
});

test('a start without its condition is refused, with the route that begins it', async () => {
  await deploy(start('Low', '=stock &lt; 5'));
  expect(await ops.post('/api/instances', { process: key, facility: 'BJ' })).toMatchObject({
    status: 422,
    body: { errors: [{ code: 'no_none_start', message: expect.stringContaining('POST /api/conditions') }] },
  });
});

test('a named process without a conditional start is reported', async () => {
  await deploy(start('Low', '=stock &lt; 5'));
  const answer = await evaluate({ variables: { stock: 3 }, processes: [key, 'nobody-knows-it'] });
  expect(answer).toMatchObject({ status: 422, body: { errors: [{ path: 'body.processes.1', code: 'unknown' }] } });
});

test('the same request again begins nothing that holds only by now', async () => {
  await deploy(start('Low', '=stock &lt; 5'));
  const once = randomUUID();
  expect((await evaluate({ variables: { stock: 7 } }, once)).body).toMatchObject({ started: [], notHeld: [{}] });
  await deploy(start('Low', '=stock &lt; 50'));
  expect((await evaluate({ variables: { stock: 7 } }, once)).body).toMatchObject({ started: [], notHeld: [{}] });
  expect((await evaluate({ variables: { stock: 7 } })).body.started).toMatchObject([{ version: 2, began: true }]);
});

test('conditions that are false or fail are reported and do not keep others from starting', async () => {
  await deploy(
    start('Low', '=stock &lt; 5'),
    start('High', '=stock &gt; 100'),
    start('Odd', '=100 / stock &gt; 10'),
    start('Late', '=daysLate &gt; 3'),
  );
  const { body } = await evaluate({ variables: { stock: 0 }, businessKey: 'S1' });
  expect(body).toMatchObject({
    started: [{ element: 'Low', instance: `${key}/S1~3ALow` }],
    notHeld: [
      { element: 'High', elementName: '库存不足' },
      { element: 'Late', missing: expect.stringContaining('daysLate') },
    ],
    failed: [{ element: 'Odd', code: 'expression-failed' }],
  });
  const same = await evaluate({ variables: { stock: 0 }, businessKey: 'S1' });
  expect(same.body.started).toMatchObject([{ instance: `${key}/S1~3ALow`, began: false }]);
});

test('it is for roles of the whole group, with a facility and a key for the request', async () => {
  await deploy(start('Low', '=stock &lt; 5'));
  const handler = await api.as('handler-bj');
  expect(await evaluate({ variables: { stock: 1 } }, randomUUID(), handler)).toMatchObject({
    status: 403,
    body: { code: 'wrong-role' },
  });
  const group = await api.as('cs-general-director');
  const there = await evaluate({ variables: { stock: 1 }, facility: 'SH' }, randomUUID(), group);
  const begun = await eventually(() => findInstance(there.body.started[0].instance));
  expect(begun.facility).toBe('SH');
  expect(await evaluate({ variables: { stock: 1 }, facility: undefined })).toMatchObject({ status: 422 });
  expect(await ops.post('/api/conditions', { facility: 'BJ', variables: {} })).toMatchObject({
    status: 400,
    body: { code: 'idempotency-key-missing' },
  });
  const intake = await api.as('intake-bj');
  expect(await evaluate({ variables: { stock: 1 } }, randomUUID(), intake)).toMatchObject({ status: 403 });
});
