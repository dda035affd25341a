/** The codec endpoint, as Temporal's UI and CLI use it: they read histories and act through it, as whoever they are logged in as. */
import { Client, Connection } from '@temporalio/client';
import { defaultPayloadConverter, type Payload, type PayloadCodec } from '@temporalio/common';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { listAudit } from '../../../store/audit/entries.ts';
import { saveStaff } from '../../../store/organisation/staff.ts';
import { listJournal } from '../../../store/runtime/journal.ts';
import type { TaskRow } from '../../../store/runtime/rows.ts';
import { listTasksOf } from '../../../store/runtime/tasks.ts';
import { namespace } from '../../support/namespace.ts';
import { eventually } from '../../support/runtime.ts';
import { aStaff } from '../../support/staff.ts';
import { type Body, type Caller, startApi, type TestApi } from './support.ts';

const origin = 'http://127.0.0.1:8233';
let api: TestApi;
let connection: Connection;
beforeAll(async () => {
  api = await startApi({ config: { codec: { origins: [origin], demo: true } } });
  connection = await Connection.connect({ address: inject('temporalAddress') });
});
afterAll(async () => {
  await api?.close();
  await connection?.close();
});

const inBase64 = ({ metadata, data }: Payload) => ({
  metadata: Object.fromEntries(
    Object.entries(metadata ?? {}).map(([name, value]) => [name, Buffer.from(value).toString('base64')]),
  ),
  data: Buffer.from(data ?? []).toString('base64'),
});
const outOfBase64 = ({ metadata, data }: Body): Payload => ({
  metadata: Object.fromEntries(
    Object.entries(metadata as Record<string, string>).map(([name, text]) => [name, Buffer.from(text, 'base64')]),
  ),
  data: Buffer.from(data, 'base64'),
});

/** A client that has its payloads sealed and opened by the endpoint, as the CLI does. */
function temporalAs(person: Caller): Client {
  const through = (what: 'encode' | 'decode') => async (payloads: Payload[]) => {
    const { status, body } = await person.post(`/api/codec/${what}`, { payloads: payloads.map(inBase64) });
    if (status !== 200) throw new Error(`${status} ${JSON.stringify(body)}`);
    return body.payloads.map(outOfBase64) as Payload[];
  };
  const codec: PayloadCodec = { encode: through('encode'), decode: through('decode') };
  return new Client({ connection, namespace, dataConverter: { payloadCodecs: [codec] } });
}

/** A sick leave, started through the API, and its open task. */
async function aLeave(): Promise<TaskRow> {
  const handler = await api.as('handler-bj');
  const [beginsAt, endsAt] = [3, 6].map((days) => new Date(Date.now() + days * 86_400_000).toISOString());
  const variables = { kind: 'sick', beginsAt, endsAt, days: 3 };
  const { status, body } = await handler.post('/api/instances', { process: 'leave', facility: 'BJ', variables });
  expect([status, body.errors]).toEqual([201, undefined]);
  return eventually(async () => (await listTasksOf(body.id)).find((task) => task.status === 'open'));
}

test('operators read details and answers; who may not read gets them back sealed', async () => {
  const { instance: id } = await aLeave();
  const described = await temporalAs(await api.as('ops'))
    .workflow.getHandle(id)
    .describe();
  expect(await described.staticSummary()).toContain('请假');
  const query = (who: Caller) => temporalAs(who).workflow.getHandle(id).query('variables');
  expect(await query(await api.as('ops'))).toMatchObject({ status: 'active' });
  expect(await query(await api.as('president-bj'))).toMatchObject({ status: 'active' });
  await expect(query(await api.as('president-sh'))).rejects.toThrow('binary/encrypted');
  await expect(query(await api.as('cashier-bj'))).rejects.toThrow('binary/encrypted');
  expect((await api.anonymous.post('/api/codec/decode', { payloads: [] })).status).toBe(401);
  const entries = await listAudit({ act: 'POST /api/codec/decode', limit: 50 });
  expect(entries).toContainEqual(
    expect.objectContaining({ who: 'ops', what: { kind: 'instances', id }, result: 'done' }),
  );
});

test('what a person seals at the endpoint counts as their act, in a role they hold', async () => {
  const { instance: id } = await aLeave();
  const journal = async () => (await listJournal(id, 0, 100)).map(({ kind, by, data }) => ({ kind, by, data }));
  const handleOf = async (login: string) => temporalAs(await api.as(login)).workflow.getHandle(id);
  const cancel = { instance: id, reason: '撤回' };
  for (const login of ['cashier-bj', 'president-bj'])
    await expect((await handleOf(login)).executeUpdate('cancel', { args: [cancel] })).rejects.toThrow();
  await (await handleOf('president-bj')).signal('callResult', { child: 'x', end: { ok: true, variables: {} } });
  await (await handleOf('cashier-bj')).signal('broadcast', { name: 'bell', variables: {} });
  await eventually(async () => (await journal()).filter(({ kind }) => kind === 'act-refused').length === 2);
  expect((await journal()).filter(({ kind }) => kind === 'act-refused')).toMatchObject([
    { by: { id: 'president-bj' }, data: { code: 'system-only' } },
    { by: { id: 'cashier-bj' }, data: { code: 'role-not-held' } },
  ]);
  const ops = await handleOf('ops');
  const inTheNameOf = (id: string) => ({ ...cancel, by: { id, role: 'ops' } });
  await expect(ops.executeUpdate('cancel', { args: [inTheNameOf('gm')] })).rejects.toThrow();
  await ops.executeUpdate('cancel', { args: [inTheNameOf('ops')] });
  expect((await journal()).at(-1)).toMatchObject({ by: { id: 'ops', role: 'ops' } });
});

test('a task is done through the endpoint by its candidates only', async () => {
  const { instance: id, key, candidateGroups } = await aLeave();
  const [role = ''] = candidateGroups;
  const claim = (role: string) => ({ instance: id, key, action: { type: 'claim' }, by: { role } });
  const as = async (login: string, role: string) =>
    temporalAs(await api.as(login))
      .workflow.getHandle(id)
      .executeUpdate('task', { args: [claim(role)] });
  await expect(as('cashier-bj', role)).rejects.toThrow();
  await expect(as('cashier-bj', 'cashier')).rejects.toThrow();
  await as(`${role}-bj`, role);
  const lines = (await listJournal(id, 0, 100)).filter(({ kind }) => kind === 'task-claimed');
  expect(lines.map(({ by }) => by?.id)).toEqual([`${role}-bj`]);
});

const sealedActs: [name: string, act: (key: string) => object][] = [
  ['task', (key) => ({ key, action: { type: 'claim' }, by: { role: 'ops' } })],
  ['retry', (key) => ({ key })],
  ['skip', (key) => ({ key, reason: '撤回' })],
  ['setVariables', () => ({ variables: {} })],
  ['migrate', () => ({ version: 1, hash: 'x' })],
  ['modify', (key) => ({ instructions: [{ type: 'cancel', key }] })],
  ['cancel', () => ({ reason: '撤回' })],
];

test.each(sealedActs)('a copy of %s, sealed by a person for another instance, is refused', async (name, act) => {
  const [{ instance: mine }, { instance: other, key }] = [await aLeave(), await aLeave()];
  const handle = temporalAs(await api.as('ops')).workflow.getHandle(other);
  for (const meant of [undefined, mine]) {
    const sent = handle.executeUpdate(name, { args: [{ ...act(key), ...(meant && { instance: meant }) }] });
    await expect(sent).rejects.toMatchObject({ cause: { message: expect.stringContaining('does not name this') } });
  }
  const kinds = (await listJournal(other, 0, 100)).map(({ kind }) => kind);
  expect(kinds.filter((kind) => /claimed|cancelled|variables|migrated|modified/.test(kind))).toEqual([]);
});

test('a start that a person seals does nothing: instances are started through the API', async () => {
  const input = { process: 'leave', businessKey: 'mine', facility: 'BJ', variables: {}, startedBy: { id: 'ops' } };
  const start = temporalAs(await api.as('ops')).workflow.start('process', {
    workflowId: 'leave/mine',
    taskQueue: api.taskQueue,
    args: [input],
  });
  await expect((await start).result()).rejects.toMatchObject({ cause: { type: 'Unsealed' } });
});

test('the UI of a local start needs no login while there are demo people only, other origins always', async () => {
  const payloads = [inBase64(defaultPayloadConverter.toPayload({ name: 'bell', variables: {} }))];
  const ask = (from: string, what = 'encode', method = 'POST') =>
    fetch(`${api.address}/api/codec/${what}?preserveStorageRefs=true`, {
      method,
      headers: { Origin: from, 'Content-Type': 'application/json', 'X-Namespace': namespace },
      ...(method === 'POST' && { body: JSON.stringify({ payloads }) }),
    });
  expect((await (await api.as('ops')).post('/api/codec/encode', {})).body).toEqual({ payloads: [] });
  const preflight = await ask(origin, 'decode', 'OPTIONS');
  expect([preflight.status, preflight.headers.get('Access-Control-Allow-Origin')]).toEqual([204, origin]);
  const sealed = await ask(origin);
  expect([sealed.status, sealed.headers.get('Access-Control-Allow-Origin')]).toEqual([200, origin]);
  const other = await ask('http://evil.example');
  expect([other.status, other.headers.get('Access-Control-Allow-Origin')]).toEqual([401, null]);
  await saveStaff(aStaff('president', { _id: 'a-real-one' }));
  expect((await ask(origin)).status).toBe(401);
});
