/** A broadcast is one worker's at a time, and a stale one neither goes on nor records. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { broadcast, broadcastInserted, type MessageTransport } from '../../../store/messaging/delivery.ts';
import {
  claimInterruptedBroadcast,
  insertSignal,
  recordBroadcast,
  renewBroadcast,
  SignalModel,
  type SignalRow,
} from '../../../store/messaging/signals.ts';
import { InstanceModel } from '../../../store/runtime/instances.ts';
import { writeProjection } from '../../../store/runtime/projection.ts';
import { anInstanceRow } from '../../store/builders.ts';
import { useOwnDatabase } from './database.ts';

useOwnDatabase();
beforeEach(async () => {
  await SignalModel.deleteMany({});
  await InstanceModel.deleteMany({});
});
afterEach(() => {
  vi.useRealTimers();
});

const thrown = (id: string, ownMs?: number) =>
  insertSignal(
    { _id: id, name: 'alarm', variables: {}, sender: { staff: 'ops-1' }, at: '2026-11-22T08:00:00.000Z' },
    ownMs,
  );

/** Its lease has lapsed: whoever has it sleeps. */
async function cutOff(id: string): Promise<void> {
  await SignalModel.updateOne({ _id: id }, { $set: { dueAt: '2000-01-01T00:00:00.000Z' } });
}

async function followed(id: string): Promise<SignalRow> {
  await cutOff(id);
  const claimed = await claimInterruptedBroadcast();
  if (!claimed) throw new Error(`${id} could not be claimed.`);
  return claimed;
}

const hearing = async (count: number): Promise<void> => {
  for (let n = 0; n < count; n++)
    await writeProjection({
      instance: anInstanceRow({
        _id: `visit/${n}`,
        seq: 1,
        status: 'active',
        signals: ['alarm'],
      }),
      tasks: [],
      journal: [],
    });
};

function carrier(signal: (instance: string) => Promise<boolean>): MessageTransport {
  return { offer: async () => 'refused', start: async () => undefined, signal };
}
const heard = carrier(async () => true);

test('of twenty that claim a broadcast at once one has it', async () => {
  await thrown('S', 0);
  const claims = await Promise.all(Array.from({ length: 20 }, claimInterruptedBroadcast));
  expect(claims.filter(Boolean)).toHaveLength(1);
});

test.each([
  ['recording what came of it', (stale: SignalRow) => recordBroadcast(stale, 9, ['visit/9'])],
  ['renewing it', renewBroadcast],
])('a stale one is refused %s', async (_, act) => {
  const stale = await thrown('S');
  const follower = await followed('S');
  expect(follower.fence).toBeGreaterThan(stale.fence);
  expect(await act(stale)).toBe(false);
  expect(await SignalModel.findById('S').lean()).toMatchObject({ state: 'broadcasting', fence: follower.fence });
  expect(await act(follower)).toBe(true);
});

test('one that slept between two it tells stops there, and the one that followed tells all', async () => {
  await hearing(45);
  vi.useFakeTimers({ toFake: ['Date'] });
  const signal = await thrown('S');
  let follower: Promise<SignalRow> | undefined;
  const toldByStale = new Set<string>();
  const sleeping = carrier(async (instance) => {
    toldByStale.add(instance);
    follower ??= followed('S');
    await follower;
    vi.setSystemTime(Date.now() + 60_000);
    return true;
  });
  expect(await broadcast(sleeping, signal)).toBeUndefined();
  expect(toldByStale.size).toBeLessThan(45);
  expect(await SignalModel.findById('S').lean()).toMatchObject({ state: 'broadcasting' });
  expect(await broadcast(heard, (await follower) as SignalRow)).toEqual({ delivered: 45, began: [] });
  expect(await SignalModel.findById('S').lean()).toMatchObject({ state: 'done', delivered: 45 });
});

test('a repeat by its sender waits while the first is at it, takes over what was cut off, and counts once', async () => {
  await hearing(1);
  const first = await thrown('S');
  expect(await broadcastInserted(heard, await thrown('S'))).toBeUndefined();
  await cutOff('S');
  const again = await thrown('S');
  expect(await broadcastInserted(heard, again)).toEqual({ delivered: 1, began: [] });
  expect(await broadcastInserted(heard, first)).toBeUndefined();
  expect(await broadcastInserted(heard, await thrown('S'))).toEqual({ delivered: 1, began: [] });
});
