/**
 * A lease per message name and key, so that one process at a time delivers its messages, oldest first. After a crash of
 * the holder another one continues when the lease expires; the delivery in progress is recorded in the message itself
 * (store/messaging/messages.ts, `offer`). A holder that was merely suspended is rejected by its fencing number.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import mongoose from 'mongoose';
import { databaseTime } from '../db/database-time.ts';
import { isDuplicateKey, rowSchema } from '../db/schema.ts';
import { createWorkQueue, QueueTimeout } from '../db/work-queue.ts';

interface ChannelRow {
  /** Name and key. */
  _id: string;
  holder: string;
  /** In database time, which all programs share. */
  until: string;
  forgetAt: Date;
}

const schema = rowSchema<ChannelRow>({ holder: String, until: String, forgetAt: Date });
schema.index({ forgetAt: 1 }, { expireAfterSeconds: 0 });

export const MessageChannelModel = mongoose.model<ChannelRow>('messageChannels', schema, 'messageChannels');

export interface Channel {
  name: string;
  correlationKey?: string;
}

export interface ChannelLease {
  /** When it was acquired, in milliseconds of database time: higher than for any previous holder. */
  readonly fence: number;
  /**
   * Renews the lease for longer than any single call takes.
   * @throws when another process holds the channel
   */
  renew(): Promise<void>;
}

/** Longer than an offer may take (whose deadline is shorter), so that nobody takes over while one is in progress. */
const leaseMs = 60_000;

/** Within a process only the first waiter polls the database, so that many waiters do not slow down the holder. */
const perChannel = createWorkQueue(1);

/**
 * @param patienceMs how long to wait while another process holds it
 * @returns undefined when it could not be acquired
 */
export async function withChannel<T>(
  channel: Channel,
  patienceMs: number,
  work: (held: ChannelLease) => Promise<T>,
): Promise<{ result: T } | undefined> {
  const id = JSON.stringify([channel.name, channel.correlationKey ?? null]);
  const deadline = Date.now() + patienceMs;
  try {
    return await perChannel.run(id, deadline, () => withLease(id, deadline, work));
  } catch (error) {
    if (error instanceof QueueTimeout) return undefined;
    throw error;
  }
}

async function withLease<T>(
  id: string,
  deadline: number,
  work: (held: ChannelLease) => Promise<T>,
): Promise<{ result: T } | undefined> {
  const holder = randomUUID();
  let fence = await acquireLease(id, holder);
  for (let pause = 5; fence === undefined; pause = Math.min(100, pause * 2)) {
    if (Date.now() + pause > deadline) return undefined;
    await delay(pause * (0.5 + Math.random() / 2));
    fence = await acquireLease(id, holder);
  }
  let renewedAt = Date.now();
  try {
    const result = await work({
      fence,
      async renew() {
        if (Date.now() - renewedAt < leaseMs / 6) return;
        if ((await acquireLease(id, holder)) === undefined)
          throw new Error('Another process delivers these messages by now.');
        renewedAt = Date.now();
      },
    });
    return { result };
  } finally {
    await MessageChannelModel.deleteOne({ _id: id, holder });
  }
}

/**
 * Exported for tests.
 * @returns when it was acquired or renewed; undefined while another process holds it
 */
export async function acquireLease(id: string, holder: string): Promise<number | undefined> {
  const now = (await databaseTime()).getTime();
  const lease = { holder, until: new Date(now + leaseMs).toISOString(), forgetAt: new Date(now + 10 * leaseMs) };
  try {
    await MessageChannelModel.updateOne(
      { _id: id, $or: [{ holder }, { until: { $lt: new Date(now).toISOString() } }] },
      { $set: lease },
      { upsert: true },
    );
    return now;
  } catch (error) {
    // Another process holds the lease.
    if (isDuplicateKey(error)) return undefined;
    throw error;
  }
}
