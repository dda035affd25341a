import { defaultPayloadConverter, type Payload, type SerializationContext } from '@temporalio/common';
import { expect, test } from 'vitest';
import { createActingCodec, createJobCodec, openPayload, sealPayload } from '../../temporal/sealing/codec.ts';
import { type Key, keyList, keyVariables, type SealingKeys, sealingKeys } from '../../temporal/sealing/keys.ts';
import { forJob, openedFor, sealedFor } from '../../workflows/sealing/marks.ts';
import { testKeys, testKeyVariables } from '../support/keys.ts';

const inComplaint: SerializationContext = { type: 'workflow', namespace: 'n', workflowId: 'complaint/BJ1' };
const inRefund: SerializationContext = { type: 'workflow', namespace: 'n', workflowId: 'refund/BJ1-R1' };
const inJob: SerializationContext = {
  type: 'activity',
  namespace: 'n',
  workflowId: 'complaint/BJ1',
  activityId: '7',
  isLocal: false,
};

const payloadOf = (value: unknown): Payload => defaultPayloadConverter.toPayload(value);
const readValue = (payload: Payload | undefined): unknown => defaultPayloadConverter.fromPayload(payload as Payload);

async function sealed(value: unknown, context = inComplaint, keys: SealingKeys = testKeys): Promise<Payload> {
  const [payload] = await createActingCodec(keys).encode([payloadOf(value)], context);
  return payload as Payload;
}

async function opened(payload: Payload, context = inComplaint, keys: SealingKeys = testKeys): Promise<unknown> {
  const [one] = await createActingCodec(keys).decode([payload], context);
  return readValue(one);
}

const key = (id: string, letter: string): Key => ({ id, secret: Buffer.alloc(32, letter) });

test('what is sealed opens in its place as it was, and shows nothing outside of it', async () => {
  for (const value of [{ text: '张三' }, 'words', 7, null, undefined, [1, 'x'.repeat(10_000)]]) {
    const payload = await sealed(value);
    expect(await opened(payload)).toEqual(value);
    expect(Buffer.from(payload.data ?? []).toString('latin1')).not.toContain('x'.repeat(20));
    expect(Buffer.from(payload.metadata?.['encoding'] ?? []).toString()).toBe('binary/encrypted');
  }
});

test('an empty payload opens as it was, however protobuf writes it', async () => {
  const empty = { ...payloadOf(undefined), data: [] as unknown as Uint8Array };
  const [payload] = await createActingCodec(testKeys).encode([empty], inComplaint);
  expect(await opened(payload as Payload)).toBeUndefined();
});

test('a payload is deflated where that makes it smaller, and only there', async () => {
  const long = JSON.stringify({ rows: Array.from({ length: 200 }, () => ({ element: 'ContactPatient' })) });
  const sizeOf = ({ data }: Payload) => data?.length ?? 0;
  expect(sizeOf(await sealed(JSON.parse(long)))).toBeLessThan(long.length / 10);
  expect(sizeOf(await sealed('abc'))).toBeLessThan(80);
});

test('arguments of a local activity, which go into no history, are sealed and not deflated', async () => {
  const rows = Array.from({ length: 200 }, () => ({ element: 'ContactPatient' }));
  const here = { ...inJob, isLocal: true };
  const size = JSON.stringify(rows).length;
  const argument = await sealed(sealedFor('activity:project', rows), here);
  expect(argument.data?.length).toBeGreaterThan(size);
  expect(Buffer.from(argument.data ?? []).toString('latin1')).not.toContain('ContactPatient');
  expect(openedFor('activity:project', await opened(argument, here))).toMatchObject({ value: rows });
  for (const [use, context] of [
    ['activity:project', inJob],
    ['result:project', here],
  ] as const)
    expect((await sealed(sealedFor(use, rows), context)).data?.length).toBeLessThan(size / 10);
});

test('a value sealed for one use opens for no other, and tells how it was sealed', async () => {
  const value = await opened(await sealed(sealedFor('signal:refundDecision', { decision: 'approve' })));
  expect(openedFor('signal:refundDecision', value)).toMatchObject({ value: { decision: 'approve' } });
  expect(openedFor('signal:broadcast', value)).toEqual({ 'careloop:unopened': 'elsewhere' });
  expect(openedFor('signal:refundDecision', { decision: 'approve' })).toEqual({ 'careloop:unopened': 'elsewhere' });
  const empty = await opened(await sealed(sealedFor('signal:deployed', undefined)));
  expect(openedFor('signal:deployed', empty)).toMatchObject({ value: undefined });
});

test('what comes from elsewhere does not open: unsealed, of another instance or activity, changed, or of an unknown key', async () => {
  expect(await opened(payloadOf({ by: 'ghost' }))).toEqual({ 'careloop:unopened': 'unsealed' });
  const payload = await sealed({ by: 'president-bj' }, inRefund);
  expect(await opened(payload)).toEqual({ 'careloop:unopened': 'elsewhere' });
  const result = await sealed({ paid: true }, inJob);
  expect(await opened(result, { ...inJob, activityId: '8' })).toEqual({ 'careloop:unopened': 'elsewhere' });
  const changed = {
    ...payload,
    data: Uint8Array.from(payload.data ?? [], (byte, at) => (at === 20 ? byte ^ 1 : byte)),
  };
  const damaged = { 'careloop:unopened': 'damaged', key: 'test-acting' };
  expect(await opened(changed, inRefund)).toEqual(damaged);
  expect(await opened({ ...payload, data: new Uint8Array() }, inRefund)).toEqual(damaged);
  const others = sealingKeys([key('theirs', 'x')], testKeys.job);
  expect(await opened(await sealed('x', inComplaint, others))).toEqual({
    'careloop:unopened': 'unknown-key',
    key: 'theirs',
  });
  const sameId = sealingKeys([key('test-acting', 'x')], testKeys.job);
  expect(await opened(await sealed('x', inComplaint, sameId))).toEqual(damaged);
});

test('a mark inside of what a stranger sends does not count', async () => {
  const forged = payloadOf({ 'careloop:use': 'start', seal: 'x', value: { process: 'refund' } });
  expect(await opened(forged)).toEqual({ 'careloop:unopened': 'unsealed' });
});

test('the job key opens job inputs and seals job results, and what it seals is never an act', async () => {
  const jobs = createJobCodec(testKeys.job);
  const [input] = await createActingCodec(testKeys).encode([payloadOf(forJob({ cents: 5 }))], inJob);
  const [read] = await jobs.decode([input as Payload]);
  expect(readValue(read)).toEqual({ cents: 5 });
  const [result] = await jobs.encode([payloadOf({ receipt: 'R1' })]);
  expect(await opened(result as Payload, inJob)).toEqual({ 'careloop:job': { receipt: 'R1' } });
  const [nothing] = await jobs.encode([payloadOf(undefined)]);
  expect(await opened(nothing as Payload, inJob)).toEqual({ 'careloop:job': null });

  const [act] = await jobs.encode([payloadOf({ 'careloop:use': 'signal:refundDecision', value: {} })]);
  expect(openedFor('signal:refundDecision', await opened(act as Payload))).toHaveProperty('careloop:unopened');
  await expect(jobs.decode([await sealed({ secret: 1 })])).rejects.toThrow('not sealed for jobs');
});

test('after a rotation the new key seals and the old one still opens', async () => {
  const old = await sealed('before');
  const rotated = sealingKeys([key('next', 'n'), ...testKeys.acting], testKeys.job);
  expect(await opened(old, inComplaint, rotated)).toBe('before');
  const fresh = await sealed('after', inComplaint, rotated);
  expect(Buffer.from(fresh.metadata?.['encryption-key-id'] ?? []).toString()).toBe('next');
  expect(await opened(fresh)).toEqual({ 'careloop:unopened': 'unknown-key', key: 'next' });
});

test('what a person seals names them, whatever it says itself', () => {
  const person = { id: 'president-bj', roles: [{ role: 'president', facility: 'BJ' }], at: '2026-11-01T00:00:00.000Z' };
  const forged = { by: 'gm', person: { id: 'gm' }, 'careloop:use': 'start' };
  const payload = sealPayload(payloadOf(forged), testKeys, undefined, person);
  expect(openPayload(payload, testKeys)).toMatchObject({ by: 'acting', use: 'person', person });
});

test('keys are read from a list, and what is no key is described in words', () => {
  expect(keyList.parse(testKeyVariables.CARELOOP_ACTING_KEYS)).toEqual(testKeys.acting);
  const two = keyList.parse(`a:${Buffer.alloc(32, 1).toString('base64')}, b:${Buffer.alloc(32, 2).toString('base64')}`);
  expect(two.map(({ id }) => id)).toEqual(['a', 'b']);
  for (const wrong of ['', 'a', 'a:short', `a:${Buffer.alloc(31).toString('base64')}`])
    expect(keyList.safeParse(wrong).error?.issues[0]?.message).toContain('openssl rand -base64 32');
  const twice = Buffer.alloc(32, 1).toString('base64');
  expect(keyList.safeParse(`a:${twice},a:${twice}`).error?.issues[0]?.message).toBe('two keys have the same id');
  expect(keyVariables.CARELOOP_ACTING_KEYS.safeParse(undefined).error?.issues[0]?.message).toContain('is missing');
  expect(() => sealingKeys(testKeys.acting, testKeys.acting)).toThrow('would let external workers act');
});
