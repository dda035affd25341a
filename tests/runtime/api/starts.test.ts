import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { InstanceModel } from '../../../store/runtime/instances.ts';
import { eventually } from '../../support/runtime.ts';
import { suggestion } from '../../support/suggestion.ts';
import { type Answer, type Body, type Caller, startApi, type TestApi } from './support.ts';

let api: TestApi;
let ops: Caller;
let cashier: Caller;
beforeAll(async () => {
  api = await startApi();
  [ops, cashier] = [await api.as('ops'), await api.as('cashier-bj')];
  expect(await ops.post('/api/definitions', suggestion)).toMatchObject({ status: 201 });
  const plain = suggestion.xml
    .replace('id="suggestion" name', 'id="plain" name')
    .replaceAll(/careloop:(candidateStarterGroups|leaderGroups|businessKeyPattern)="[^"]*"/g, '');
  expect(await ops.post('/api/definitions', { ...suggestion, xml: plain, englishNames: {} })).toMatchObject({
    status: 201,
  });
});
afterAll(() => api.close());

const filled = { subject: '增加素菜', area: 'canteen' };
const start = (who: Caller, about: object = {}, key?: string): Promise<Answer> =>
  who.post(
    '/api/instances',
    { process: 'suggestion', facility: 'BJ', variables: filled, ...about },
    { ...(key !== undefined && { key }) },
  );
const paths = (answer: Answer): string[] => answer.body.errors?.map((one: Body) => `${one.path} ${one.code}`);

test('each start by a request is counted once, repeats are not', async () => {
  const counted = async () => {
    const text = String((await api.anonymous.get('/metrics')).body);
    return Number(/careloop_instances_started_total\{process="suggestion",facility="BJ"\} (\d+)/.exec(text)?.[1] ?? 0);
  };
  const before = await counted();
  const key = randomUUID();
  expect(await start(cashier, {}, key)).toMatchObject({ status: 201 });
  expect(await start(cashier, {}, key)).toMatchObject({ status: 200 });
  expect(await counted()).toBe(before + 1);
});

describe('who starts a process', () => {
  test('is whom its definition names, at a facility of theirs, and the operators', async () => {
    expect(await start(cashier)).toMatchObject({
      status: 201,
      body: { process: 'suggestion', version: 1, began: true },
    });
    expect(await start(cashier, { facility: 'SH' })).toMatchObject({ status: 403, body: { code: 'wrong-facility' } });
    expect(await start(ops, { facility: 'SH' })).toMatchObject({ status: 201 });
    expect(await start(cashier, { process: 'plain' })).toMatchObject({
      status: 403,
      body: { code: 'not-a-starter', roles: ['ops'] },
    });
    expect(await start(ops, { process: 'plain' })).toMatchObject({ status: 201 });
  });

  test('is told what they may start, and where', async () => {
    const startable = async (who: Caller) =>
      (await who.get('/api/definitions?startable=true')).body.items.map((one: Body) => [one.key, one.startableAt]);
    const own = await startable(cashier);
    expect(own).toContainEqual(['suggestion', ['BJ']]);
    expect(own).toContainEqual(['complaint', ['BJ']]);
    expect(own.map(([key]: [string]) => key)).not.toContain('plain');
    const all = await startable(ops);
    expect(all).toContainEqual(['plain', ['BJ', 'CD', 'SH']]);
    expect(all.map(([key]: [string]) => key)).not.toContain('refund');
  });

  test('starts no process that others begin', async () => {
    const answer = await start(ops, { process: 'followUp', variables: {} });
    expect(answer).toMatchObject({ status: 409, body: { code: 'started-elsewhere' } });
    expect(answer.body.hint).toContain('POST /api/events');
  });
});

describe('the start form', () => {
  test('is checked as those of tasks are', async () => {
    const answer = await start(cashier, { variables: { subject: '', area: 'garden', savingCents: -1 } });
    expect(answer).toMatchObject({ status: 422, body: { code: 'form-invalid' } });
    expect(paths(answer)).toEqual([
      'body.variables.subject required',
      'body.variables.area option',
      'body.variables.savingCents min',
    ]);
    expect((await start(ops, { variables: {} })).status).toBe(422);
  });

  test('names all that may be set, for operators too', async () => {
    const more = { variables: { ...filled, outcome: 'adopted' } };
    const answer = await start(cashier, more);
    expect([answer.status, paths(answer)]).toEqual([422, ['body.variables.outcome unknown-field']]);
    expect(paths(await start(ops, more))).toEqual(['body.variables.outcome unknown-field']);
  });
});

describe('business keys', () => {
  test('are allocated by the pattern of the process, one per request', async () => {
    const before = (await start(cashier)).body.businessKey;
    expect(before).toMatch(/^SBJ\d\d\d{3}$/);
    const key = randomUUID();
    const twice = await Promise.all([start(cashier, {}, key), start(cashier, {}, key)]);
    const again = await start(cashier, {}, key);
    const serial = (text: string) => Number(text.slice(-3));
    for (const one of [...twice, again]) expect(serial(one.body.businessKey)).toBe(serial(before) + 1);
    expect([...twice, again].filter((one) => one.body.began)).toHaveLength(1);
    expect(again).toMatchObject({ status: 200, body: { began: false } });
    expect(serial((await start(cashier)).body.businessKey)).toBe(serial(before) + 2);
  });

  test('that somebody took are passed over', async () => {
    const last = (await start(cashier)).body.businessKey;
    const next = (step: number) => last.slice(0, -3) + String(Number(last.slice(-3)) + step).padStart(3, '0');
    expect(await start(ops, { businessKey: next(1) })).toMatchObject({ status: 201, body: { businessKey: next(1) } });
    expect((await start(cashier)).body.businessKey).toBe(next(2));
  });

  test('of a pattern are not chosen by staff, and neither is the version', async () => {
    expect(paths(await start(cashier, { businessKey: 'SBJ26999' }))).toEqual(['body.businessKey not_allowed']);
    expect(paths(await start(cashier, { version: 1 }))).toEqual(['body.version not_allowed']);
  });
});

describe('a start that is made again', () => {
  const plain = (businessKey: string, variables: object, key?: string) =>
    start(ops, { process: 'plain', businessKey, variables: { ...filled, ...variables } }, key);

  test('with the same content begins nothing, and tells the version that runs', async () => {
    const id = randomUUID();
    expect(await plain(id, {})).toMatchObject({ status: 201, body: { version: 1, began: true } });
    const changed = suggestion.xml
      .replace('id="suggestion" name', 'id="plain" name')
      .replace('受理建议', '再受理')
      .replaceAll(/careloop:(candidateStarterGroups|leaderGroups|businessKeyPattern)="[^"]*"/g, '');
    const deployed = await ops.post('/api/definitions', { ...suggestion, xml: changed, englishNames: {} });
    expect(deployed.body.definitions[0]).toMatchObject({ key: 'plain', version: 2 });
    expect(await plain(id, {})).toMatchObject({ status: 200, body: { version: 1, began: false } });
  });

  test('with another content is refused, also before the rows are there and when the history is gone', async () => {
    const id = randomUUID();
    const both = await Promise.all([plain(id, {}), plain(id, { savingCents: 5 })]);
    expect(both.map((one) => one.status).sort()).toEqual([201, 409]);
    expect(await plain(id, { savingCents: 7 })).toMatchObject({ status: 409, body: { code: 'business-key-taken' } });
    await InstanceModel.updateOne({ _id: `plain/${id}` }, { $set: { status: 'completed' } });
    expect((await plain(id, { savingCents: 7 })).status).toBe(409);
  });

  test('with one Idempotency-Key and another content is refused', async () => {
    const key = randomUUID();
    const first = randomUUID();
    expect((await plain(first, {}, key)).status).toBe(201);
    expect(await plain(first, {}, key)).toMatchObject({ status: 200, body: { began: false } });
    const other = await plain(randomUUID(), {}, key);
    expect(other).toMatchObject({ status: 422, body: { code: 'idempotency-key-reused' } });
  });
});

describe('business keys', () => {
  const plain = (businessKey: string) => start(ops, { process: 'plain', businessKey, variables: filled });

  test('that differ in any letter are cases of their own, found under their own ids', async () => {
    const run = randomUUID().slice(0, 8);
    const keys = ['张三', '李四', 'A.1', 'A/1', 'A-1', 'a-1', 'a b', 'a b ', 'Ａ', '😀'].map((key) => `${run}${key}`);
    const begun = await Promise.all(keys.map(plain));
    expect(begun.map(({ status, body }) => [status, body.businessKey])).toEqual(keys.map((key) => [201, key]));
    const ids = begun.map(({ body }) => body.id);
    expect(new Set(ids).size).toBe(keys.length);
    const keyOf = (id: string) =>
      eventually(async () => (await ops.get(`/api/instances/${encodeURIComponent(id)}`)).body.businessKey);
    expect(await Promise.all(ids.map(keyOf))).toEqual(keys);
  });

  test('too long for an id are refused with the limit', async () => {
    const answer = await plain('张'.repeat(100));
    expect(paths(answer)).toEqual(['body.businessKey too_long']);
    expect(answer.body.errors[0].message).toContain('249 bytes');
  });
});
