/**
 * One at a time per message name and key: whoever holds a channel hands its messages over, the oldest first. A holder that died is
 * followed after the lease; what it was doing stands in the message itself (store/messaging/messages.ts, `offer`). A holder that only slept
 * finds out by its fencing number: what it writes into a message after another one has followed it is not taken.
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
  /** By the clock of the database, which all programs share. */
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
  /** When it was taken, in milliseconds of the database's clock: higher than that of every holder before. */
  readonly fence: number;
  /** Renews the lease for longer than any single call takes. Throws when another process holds the channel. */
  renew(): Promise<void>;
}

/** Longer than an offer may take (its call has a deadline below this), so that nobody follows while one is under way. */
const leaseMs = 60_000;

/** Only the first of this process asks the database for it: fifty that ask every few milliseconds would slow down the one that has it. */
const perChannel = createWorkQueue(1);

/**
 * @param patienceMs how long to wait while another process holds it
 * @returns undefined when it could not be had
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
          throw new Error('Another one hands these messages over by now.');
        renewedAt = Date.now();
      },
    });
    return { result };
  } finally {
    await MessageChannelModel.deleteOne({ _id: id, holder });
  }
}

/** Exported for tests. @returns when it was had or renewed; undefined while another process holds it */
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
