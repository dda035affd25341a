/** Letters: written once, claimed under a lease of the database's clock, and marked only by who holds them. */
import { beforeEach, expect, test, vi } from 'vitest';
import { enqueueMessage, listMessagesOf, OutboxModel } from '../../../store/messaging/outbox.ts';
import {
  beginHandOver,
  type Claiming,
  claimLetters,
  claimUnknown,
  facilitiesQueued,
  releaseExpiredClaims,
} from '../../../store/messaging/outbox-claims.ts';
import { endLetter, giveUpLetter, markSent, resendLetter } from '../../../store/messaging/outbox-outcomes.ts';
import { claimWithoutReceipt } from '../../../store/messaging/reconciliations.ts';
import { useOwnDatabase } from './database.ts';

useOwnDatabase();
beforeEach(() => OutboxModel.deleteMany({}));

const at = '2026-11-22T08:00:00.000Z';
const instance = 'complaint/BJ2026110001';
const letter = {
  instance,
  key: '4',
  touch: 'president',
  facility: 'BJ',
  to: 'president',
  channel: 'console',
  subject: '超时',
  body: '首次联系已超时',
  createdAt: at,
};
const claiming: Claiming = { audience: 'staff', lane: 'service', facility: 'BJ', limit: 10, leaseMs: 60_000 };
const leaseEnds = () => OutboxModel.updateMany({ status: 'sending' }, { $set: { leaseUntil: at } });
const statuses = async () => (await OutboxModel.find().sort({ _id: 1 }).lean()).map(({ status }) => status);

test('a message is written once per instance, key and touch', async () => {
  expect(await enqueueMessage(letter)).toBe(true);
  expect(await enqueueMessage({ ...letter, body: 'again' })).toBe(false);
  expect(await enqueueMessage({ ...letter, touch: 'cs-director' })).toBe(true);
  expect((await listMessagesOf(instance)).map((one) => one.body)).toEqual(['首次联系已超时', '首次联系已超时']);
});

test('an instance restarted under the same id writes its letters again', async () => {
  expect(await enqueueMessage({ ...letter, startedAt: at })).toBe(true);
  expect(await enqueueMessage({ ...letter, startedAt: at })).toBe(false);
  expect(await enqueueMessage({ ...letter, startedAt: '2027-01-01T00:00:00.000Z' })).toBe(true);
});

test('of many who claim at once each letter goes to one', async () => {
  const touches = Array.from({ length: 40 }, (_, index) => `role-${index}`);
  await Promise.all(touches.map((touch) => enqueueMessage({ ...letter, touch })));
  const taken = await Promise.all(Array.from({ length: 8 }, () => claimLetters({ ...claiming, limit: 7 })));
  const ids = taken.flat().map(({ _id }) => _id);
  expect(new Set(ids).size).toBe(ids.length);
  const rest = await claimLetters({ ...claiming, limit: 100 });
  expect(ids.length + rest.length).toBe(40);
});

test('facilities with letters of a lane are found, others not', async () => {
  for (const facility of ['SH', 'BJ', 'CD']) await enqueueMessage({ ...letter, touch: facility, facility });
  await enqueueMessage({ ...letter, touch: 'XA', facility: 'XA', lane: 'urgent' });
  expect(await facilitiesQueued('staff', 'service')).toEqual(['BJ', 'CD', 'SH']);
  expect(await facilitiesQueued('staff', 'urgent')).toEqual(['XA']);
  expect(await facilitiesQueued('patient', 'service')).toEqual([]);
});

test('a letter whose holder died before handing it over waits again; what the dead one does later does not count', async () => {
  await enqueueMessage(letter);
  const [dead] = await claimLetters(claiming);
  expect(await claimLetters(claiming)).toEqual([]);
  await leaseEnds();
  expect(await releaseExpiredClaims()).toEqual({ queued: 1, unknown: 0 });
  const [next] = await claimLetters(claiming);
  expect(next).toMatchObject({ _id: dead?._id, fence: 2, attempts: 0 });
  if (!dead || !next) throw new Error('Nothing was claimed.');
  expect(await beginHandOver(dead, { gateway: 'file', leaseMs: 60_000 })).toBeUndefined();
  expect(await markSent(dead, 'from the dead')).toBe(false);
  expect(await endLetter(dead, { status: 'failed', reason: 'refused' })).toBe(false);
  expect(await markSent(next, 'receipt')).toBe(true);
});

test('a letter whose worker died after the hand-over is unknown and not queued again', async () => {
  await enqueueMessage(letter);
  const [dead] = await claimLetters(claiming);
  if (!dead) throw new Error('Nothing was claimed.');
  expect(await beginHandOver(dead, { gateway: 'file', leaseMs: 60_000 })).toBeDefined();
  await leaseEnds();
  expect(await releaseExpiredClaims()).toEqual({ queued: 0, unknown: 1 });
  expect(await statuses()).toEqual(['unknown']);
  expect(await claimLetters(claiming)).toEqual([]);
});

test('only the gateway that was handed a letter is asked for it', async () => {
  const night = { audience: 'staff', night: '2026-11-22' } as const;
  const earlier = new Date(Date.now() - 2 * 3_600_000).toISOString();
  for (const touch of ['unknown', 'sent']) await enqueueMessage({ ...letter, touch });
  const handed = { gateway: 'aliyun', dueAt: earlier };
  await OutboxModel.updateOne({ touch: 'unknown' }, { $set: { ...handed, status: 'unknown' } });
  await OutboxModel.updateOne({ touch: 'sent' }, { $set: { ...handed, status: 'sent', sentAt: earlier } });
  expect(await claimUnknown('staff', 'tencent', 60_000)).toBeNull();
  expect(await claimWithoutReceipt(night, 'tencent')).toBeNull();
  expect(await statuses()).toEqual(['sent', 'unknown']);
  expect(await claimUnknown('staff', 'aliyun', 60_000)).toMatchObject({ touch: 'unknown' });
  expect(await claimWithoutReceipt(night, 'aliyun')).toMatchObject({ touch: 'sent' });
});

test('a worker that lost the lease does not hand over, even before another one claims the letter', async () => {
  await enqueueMessage(letter);
  const [late] = await claimLetters(claiming);
  await leaseEnds();
  if (!late) throw new Error('Nothing was claimed.');
  expect(await beginHandOver(late, { gateway: 'file', leaseMs: 60_000 })).toBeUndefined();
});

test('a sender whose clock is ahead takes no letter that another one is sending', async () => {
  await enqueueMessage(letter);
  await claimLetters(claiming);
  vi.useFakeTimers({ now: Date.now() + 300_000, toFake: ['Date'] });
  try {
    expect(await releaseExpiredClaims()).toEqual({ queued: 0, unknown: 0 });
  } finally {
    vi.useRealTimers();
  }
});

test('people give up what waits and send again what was given up, and nothing else', async () => {
  await enqueueMessage(letter);
  const id = (await listMessagesOf(instance))[0]?._id ?? '';
  expect(await resendLetter(id, 'ops')).toBe(false);
  expect(await giveUpLetter(id, 'ops', 'told by telephone')).toBe(true);
  expect(await giveUpLetter(id, 'ops', 'again')).toBe(false);
  expect((await listMessagesOf(instance))[0]).toMatchObject({ status: 'failed', reason: 'given-up' });
  expect(await resendLetter(id, 'ops')).toBe(true);
  expect(await statuses()).toEqual(['queued']);
});

test('a letter of an instance whose time has begun in the past keeps by how much it is behind', async () => {
  const yesterday = new Date(Date.now() - 86_400_000).toISOString();
  await enqueueMessage({ ...letter, createdAt: yesterday, aheadMs: -86_400_000 });
  expect(await listMessagesOf(instance)).toMatchObject([{ aheadMs: -86_400_000 }]);
});

test('a letter of an instance whose time runs ahead keeps by how much; others keep nothing', async () => {
  await enqueueMessage({ ...letter, createdAt: new Date(Date.now() + 86_400_000).toISOString() });
  await enqueueMessage({ ...letter, touch: 'gm' });
  const ahead = (await listMessagesOf(instance)).map(({ aheadMs = 0 }) => Math.round(aheadMs / 3_600_000));
  expect(ahead.sort()).toEqual([0, 24]);
});
