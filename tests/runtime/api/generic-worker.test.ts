/** The generic worker: definitions whose services do not exist yet run to their end with it. The definition is our own, made of what public models of other engines use. */
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { NativeConnection, type Worker } from '@temporalio/worker';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { createGenericWorker, outcomesSchema } from '../../../worker/generic.ts';
import { testKeys } from '../../support/keys.ts';
import { namespace } from '../../support/namespace.ts';
import { eventually } from '../../support/runtime.ts';
import { type Body, type Caller, startApi, type TestApi } from './support.ts';

const read = (name: string) =>
  readFile(fileURLToPath(new URL(`../../support/definition-files/${name}`, import.meta.url)), 'utf8');
const queue = `generic-${randomUUID().slice(0, 8)}`;
const outcomes = outcomesSchema.parse({
  'acme:ask-shop': { variables: { shopClaims: 2 }, delay: 'PT0.01S' },
  'acme:pay-back': { variables: { paid: 5 } },
  'acme:pay-back-late': { error: 'account-closed' },
});

let api: TestApi;
let ops: Caller;
let native: NativeConnection;
let worker: Worker;
let running: Promise<void>;
const served: string[] = [];

beforeAll(async () => {
  api = await startApi();
  ops = await api.as('ops');
  native = await NativeConnection.connect({ address: inject('temporalAddress') });
  const onJob = (type: string) => served.push(type);
  worker = await createGenericWorker({
    keys: testKeys.job,
    connection: native,
    namespace,
    taskQueue: queue,
    outcomes,
    onJob,
  });
  running = worker.run();
  const registered = await fetch(`${api.address}/api/job-types/*`, {
    method: 'PUT',
    headers: { ...ops.headers, 'Content-Type': 'application/json' },
    body: JSON.stringify({ taskQueue: queue, description: 'Whatever it is.', outputs: ['shopClaims', 'paid'] }),
  });
  expect(registered.status).toBe(201);
  const decisions = [await read('claim-rating.dmn')];
  for (const body of [{ xml: await read('pay-back.bpmn') }, { xml: await read('dispute.bpmn'), decisions }]) {
    const deployed = await ops.post('/api/definitions', body);
    if (deployed.status === 201) continue;
    // A job whose type is worked out when it runs may move money: one operator proposes it, another releases it.
    expect(deployed).toMatchObject({ status: 409, body: { code: 'second-person-needed' } });
    const asked = { act: 'POST /api/definitions', params: {}, body, reason: 'for a test' };
    const proposed = await ops.post('/api/proposals', asked, { key: randomUUID() });
    expect(proposed.body).toMatchObject({ id: expect.any(String) });
    const released = await (await api.as('ops2')).post(`/api/proposals/${proposed.body.id}/release`, {});
    expect(released).toMatchObject({ status: 200, body: { proposal: { state: 'released' } } });
  }
});
afterAll(async () => {
  worker?.shutdown();
  await running;
  await native?.close();
  await api?.close();
});

async function start(variables: object, more: object = {}): Promise<string> {
  const begun = await ops.post('/api/instances', { process: 'dispute', facility: 'BJ', variables, ...more });
  expect(begun.status).toBe(201);
  return begun.body.id;
}

const reached = (id: string, is: (row: Body) => boolean): Promise<Body> =>
  eventually(async () => {
    const { status, body } = await ops.get(`/api/instances/${encodeURIComponent(id)}`);
    if (status === 200 && body.incidents.length > 0) throw new Error(JSON.stringify(body.incidents));
    return status === 200 && is(body) ? body : null;
  });
const waitsFor = (id: string, message: string, many = 1) =>
  reached(id, (row) => row.subscriptions.filter((one: Body) => one.name === message).length === many);
async function tell(name: string, correlationKey: string): Promise<void> {
  const told = await ops.post('/api/messages', { name, correlationKey }, { key: randomUUID() });
  expect([name, correlationKey, told.status]).toEqual([name, correlationKey, 200]);
}
const ended = (id: string) => reached(id, (row) => row.status !== 'active');
/** As the journal tells; its lines may come after the row of the instance. */
async function ends(id: string): Promise<string[]> {
  const { body } = await ops.get(`/api/instances/${encodeURIComponent(id)}/journal?limit=200`);
  return body.items
    .filter((line: Body) => line.kind === 'element-completed' && /^End/.test(line.element ?? ''))
    .map((line: Body) => line.element);
}

const shops = ['alpha', 'beta', 'gamma'].map((name, index) => ({ name, cents: (index + 1) * 100 }));
let customers = 0;
const aDispute = (cents: number) => ({
  customer: ++customers,
  run: randomUUID().slice(0, 8),
  dispute: { cents, shops },
});
const keyOf = (about: ReturnType<typeof aDispute>, shop: string) => `${about.run}-${about.customer}-${shop}`;

test('every shop agrees: each position is paid back by a process of its own, and the results are collected', async () => {
  const about = aDispute(5000);
  const id = await start(about);
  await waitsFor(id, 'papers-came');
  await tell('papers-came', `${about.run}-${about.customer}`);
  await waitsFor(id, 'shop-agrees', 3);
  for (const { name } of shops) await tell('shop-agrees', keyOf(about, name));
  expect(await ended(id)).toMatchObject({ status: 'completed' });
  await expect.poll(() => ends(id)).toEqual(expect.arrayContaining(['EndPaidBack']));
  expect(served.filter((type) => type === 'acme:pay-back')).toHaveLength(3);
});

test('a shop declines: the escalation ends the rest, and a task without candidates goes to the operators', async () => {
  const about = aDispute(5000);
  const id = await start(about);
  await waitsFor(id, 'papers-came');
  await tell('papers-came', `${about.run}-${about.customer}`);
  await waitsFor(id, 'shop-declines', 3);
  await tell('shop-declines', keyOf(about, 'beta'));
  const row = await reached(id, (now) => now.waits.some((wait: Body) => wait.kind === 'task'));
  expect(row.waits).toMatchObject([{ element: 'DecideByHand', waitingFor: ['ops'] }]);
  const task = await eventually(async () => (await ops.get(`/api/tasks?q=${row.businessKey}`)).body.items[0]);
  expect((await ops.post(`/api/tasks/${task.id}/complete`, { variables: { payBack: false } })).status).toBe(200);
  expect(await ended(id)).toMatchObject({ status: 'completed' });
  await expect.poll(() => ends(id)).toEqual(expect.arrayContaining(['EndRefused']));
});

test('nobody answers: reminders are sent as often as drawn, and shops that say nothing count as agreed after two days', async () => {
  const about = aDispute(5000);
  const before = served.filter((type) => type === 'acme:write-to-customer').length;
  const id = await start(about, { timeScale: 500_000 });
  await eventually(async () => served.filter((type) => type === 'acme:write-to-customer').length >= before + 3);
  await tell('papers-came', `${about.run}-${about.customer}`);
  expect(await ended(id)).toMatchObject({ status: 'completed' });
  await expect.poll(() => ends(id)).toEqual(expect.arrayContaining(['EndSilent', 'EndPaidBack']));
});

test('what was done is undone: a payment that fails compensates what the called process had booked', async () => {
  const about = { ...aDispute(5000), late: true };
  const id = await start(about);
  await waitsFor(id, 'papers-came');
  await tell('papers-came', `${about.run}-${about.customer}`);
  await waitsFor(id, 'shop-agrees', 3);
  for (const { name } of shops) await tell('shop-agrees', keyOf(about, name));
  expect(await ended(id)).toMatchObject({ status: 'completed' });
  expect(served.filter((type) => type === 'acme:unbook')).toHaveLength(3);
});
