/** Who gets a message, with a Temporal that does as it is told. */
import { beforeEach, expect, test, vi } from 'vitest';
import { instanceId } from '../../../engine/model/keys.ts';
import { saveDefinition } from '../../../store/definitions/definitions.ts';
import { deliver, type MessageTransport } from '../../../store/messaging/delivery.ts';
import { acquireLease, MessageChannelModel, withChannel } from '../../../store/messaging/message-channels.ts';
import { recordNoSubscriber, recordOffer, withdrawMessage } from '../../../store/messaging/message-fates.ts';
import { MessageModel } from '../../../store/messaging/message-rows.ts';
import { findMessage, insertMessage } from '../../../store/messaging/messages.ts';
import { InstanceModel } from '../../../store/runtime/instances.ts';
import { writeProjection } from '../../../store/runtime/projection.ts';
import { anInstanceRow } from '../../store/builders.ts';
import { useOwnDatabase } from './database.ts';

useOwnDatabase();
beforeEach(async () => {
  await MessageModel.deleteMany({});
  await InstanceModel.deleteMany({});
});

const channel = { name: 'paid', correlationKey: 'K1' };

async function publish(
  id: string,
  about: { until?: string; publishedAt?: string; correlationKey?: string; facility?: string } = {},
): Promise<void> {
  const { correlationKey, facility } = about;
  const publishedAt = about.publishedAt ?? new Date().toISOString();
  const until = about.until ?? '2099-01-01T00:00:00.000Z';
  await insertMessage({
    _id: id,
    ...channel,
    ...(correlationKey !== undefined && { correlationKey }),
    ...(facility !== undefined && { facility }),
    variables: {},
    digest: id,
    sender: { staff: 'ops-1' },
    publishedAt,
    until,
  });
}

async function waiting(instance: string, since: string): Promise<void> {
  const subscription = { ...channel, element: 'Wait', key: '5', since };
  await writeProjection({
    instance: anInstanceRow({ _id: instance, seq: 1, status: 'active', subscriptions: [subscription] }),
    tasks: [],
    journal: [],
  });
}

/** Each instance answers as told, and those not named refuse. */
function carrier(answers: Record<string, () => 'took' | 'refused' | 'gone'>): MessageTransport & { asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    async offer(instance, { _id }) {
      asked.push(`${instance} ${_id}`);
      return answers[instance]?.() ?? 'refused';
    },
    signal: async () => true,
    start: async () => undefined,
  };
}

const stateOf = async (id: string) => {
  const row = await findMessage(id);
  return [row?.state, row?.taker ?? row?.offer?.instance];
};
const never = () => {
  throw new Error('No answer.');
};

test('who does not answer keeps its message and gets no other; the next in line gets the next message', async () => {
  await waiting('visit/A', '2026-11-01T00:00:00.000Z');
  await waiting('visit/B', '2026-11-02T00:00:00.000Z');
  for (const id of ['m1', 'm2']) await publish(id);
  const first = carrier({ 'visit/A': never, 'visit/B': () => 'took' });
  await expect(deliver(first, channel)).rejects.toThrow('No answer.');
  expect(first.asked).toEqual(['visit/A m1', 'visit/B m2']);
  expect(await stateOf('m1')).toEqual(['waiting', 'visit/A']);
  expect(await stateOf('m2')).toEqual(['taken', 'visit/B']);

  // Not asked again before it is due, nor is anybody else.
  const early = carrier({ 'visit/B': () => 'took' });
  await deliver(early, channel);
  expect(early.asked).toEqual([]);
  await MessageModel.updateOne({ _id: 'm1' }, { $set: { dueAt: '2026-11-01T00:00:00.000Z' } });
  const again = carrier({ 'visit/A': () => 'refused', 'visit/B': () => 'took' });
  await deliver(again, channel);
  expect(again.asked).toEqual(['visit/A m1', 'visit/A m1', 'visit/B m1']);
  expect(await stateOf('m1')).toEqual(['taken', 'visit/B']);
});

test('a message withdrawn while others are delivered is not delivered', async () => {
  await waiting('visit/A', '2026-11-01T00:00:00.000Z');
  for (const id of ['m1', 'm2']) await publish(id);
  const temporal = carrier({ 'visit/A': () => 'took' });
  const { offer } = temporal;
  temporal.offer = async (instance, message) => {
    await withdrawMessage('m2', 'ops-1', 'not meant');
    return offer(instance, message);
  };
  await deliver(temporal, channel);
  expect(temporal.asked).toEqual(['visit/A m1']);
  expect(await stateOf('m2')).toEqual(['withdrawn', undefined]);
});

test('an expired message is not offered; one without a time to live is offered once, at once', async () => {
  await waiting('visit/A', '2026-11-01T00:00:00.000Z');
  const hourAgo = new Date(Date.now() - 3_600_000).toISOString();
  await publish('late', { publishedAt: hourAgo, until: hourAgo });
  const now = new Date().toISOString();
  await publish('at-once', { publishedAt: now, until: now });
  const temporal = carrier({});
  await deliver(temporal, channel);
  await deliver(temporal, channel);
  expect(temporal.asked).toEqual(['visit/A at-once']);
  expect([await stateOf('late'), await stateOf('at-once')]).toEqual([
    ['expired', undefined],
    ['expired', undefined],
  ]);
});

test('hand-overs of one name and key come one after the other, those of others do not wait', async () => {
  await publish('m1');
  await waiting('visit/A', '2026-11-01T00:00:00.000Z');
  await withChannel(channel, 0, async () => {
    expect(await deliver(carrier({}), channel, 0)).toBe(false);
    expect(await deliver(carrier({}), { name: 'paid', correlationKey: 'K2' }, 0)).toBe(true);
  });
  expect(await deliver(carrier({ 'visit/A': () => 'took' }), channel, 0)).toBe(true);
  expect(await stateOf('m1')).toEqual(['taken', 'visit/A']);
});

test('messages whose keys differ in any letter begin cases of their own, under the keys as they were sent', async () => {
  await saveDefinition({
    process: 'visit',
    name: '回访',
    hash: 'h',
    xmlHash: 'x',
    xml: '-',
    plan: '{}',
    messageStarts: [{ name: 'paid', element: 'Start' }],
    signalStarts: [],
    timerStarts: [],
    warnings: [],
    deployedAt: '2026-11-01T00:00:00.000Z',
    deployedBy: 'ops',
  });
  const keys = ['张三', '李四', 'A.1', 'A/1', 'a b', 'a b ', 'a-b', 'a'.repeat(150)];
  const begun: string[] = [];
  const temporal: MessageTransport = {
    ...carrier({}),
    async start({ process, businessKey }) {
      begun.push(businessKey);
      return instanceId(process, businessKey);
    },
  };
  for (const correlationKey of keys) {
    await publish(correlationKey, { correlationKey, facility: 'BJ' });
    await deliver(temporal, { name: 'paid', correlationKey });
  }
  expect(begun).toEqual(keys);
  for (const key of keys) expect(await stateOf(key)).toEqual(['taken', instanceId('visit', key)]);
});

test('a program whose clock is ahead does not take a channel from its holder', async () => {
  await withChannel(channel, 0, async () => {
    vi.useFakeTimers({ now: Date.now() + 120_000, toFake: ['Date'] });
    try {
      expect(await acquireLease(JSON.stringify([channel.name, channel.correlationKey]), 'ahead')).toBeUndefined();
    } finally {
      vi.useRealTimers();
    }
  });
});

test('a holder that has slept writes nothing of a message any more when another one has followed', async () => {
  await publish('m1');
  const fences: number[] = [];
  await withChannel(channel, 0, async ({ fence: first }) => {
    await MessageChannelModel.updateMany({}, { $set: { until: '2026-11-01T00:00:00.000Z' } });
    const second = await acquireLease(JSON.stringify([channel.name, channel.correlationKey]), 'next');
    fences.push(first, second ?? 0);
    expect(await recordOffer('m1', { instance: 'visit/A', element: 'Wait' }, fences[1] ?? 0)).toBe(true);
    expect(await recordOffer('m1', { instance: 'visit/B', element: 'Wait' }, first)).toBe(false);
    await recordNoSubscriber('m1', undefined, first);
  });
  expect(fences[1]).toBeGreaterThan(fences[0] ?? 0);
  expect(await stateOf('m1')).toEqual(['waiting', 'visit/A']);
});
