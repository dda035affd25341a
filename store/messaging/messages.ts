/**
 * Published BPMN messages: each is stored before a receiver is looked up, waits until it expires, and keeps its
 * outcome. Like the outbox, these rows cannot be restored from workflows: a waiting message exists nowhere else.
 */
import type { QueryFilter } from 'mongoose';
import { isDuplicateKey } from '../db/schema.ts';
import { MessageModel, type MessageRow } from './message-rows.ts';

export type NewMessage = Pick<
  MessageRow,
  | '_id'
  | 'name'
  | 'correlationKey'
  | 'variables'
  | 'digest'
  | 'facility'
  | 'reach'
  | 'sender'
  | 'clock'
  | 'publishedAt'
  | 'until'
>;

let lastOrder = 0;
/** Microseconds, strictly increasing within a program. */
function nextOrder(publishedAt: string): number {
  lastOrder = Math.max(lastOrder + 1, Date.parse(publishedAt) * 1000);
  return lastOrder;
}

/**
 * Writes it, once per id.
 * @returns the stored row; an existing one is unchanged
 */
export async function insertMessage(message: NewMessage): Promise<MessageRow> {
  const { publishedAt } = message;
  const row: MessageRow = {
    ...message,
    order: nextOrder(publishedAt),
    state: 'waiting',
    attempts: 0,
    dueAt: publishedAt,
  };
  try {
    await MessageModel.create(row);
    return row;
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
    return (await findMessage(message._id)) ?? row;
  }
}

export async function findMessage(id: string): Promise<MessageRow | null> {
  return MessageModel.findById(id).lean<MessageRow>();
}

/** Waiting messages of a name and key, oldest first. Without a key: those without one. */
export async function findWaiting(name: string, correlationKey: string | undefined): Promise<MessageRow[]> {
  return MessageModel.find({
    state: 'waiting',
    name,
    correlationKey: correlationKey ?? null,
  } as QueryFilter<MessageRow>)
    .sort({ order: 1 })
    .limit(500)
    .lean<MessageRow[]>();
}

/** The worker's round delivers those beyond the limit (worker/message-round.ts). */
const mostLookedThrough = 1000;

/** Name and key pairs with messages waiting for one of these subscriptions, the oldest message first. */
export async function findWaitingFor(
  subscriptions: { name: string; correlationKey?: string }[],
): Promise<{ name: string; correlationKey?: string }[]> {
  if (subscriptions.length === 0) return [];
  const anyKey = subscriptions.some((one) => one.correlationKey === undefined);
  const keys = [...new Set(subscriptions.map((one) => one.correlationKey ?? null))];
  const filter = {
    state: 'waiting',
    name: { $in: [...new Set(subscriptions.map((one) => one.name))] },
    ...(!anyKey && { correlationKey: { $in: keys } }),
  };
  const rows = await MessageModel.find(filter as QueryFilter<MessageRow>, { name: 1, correlationKey: 1 })
    .sort({ order: 1 })
    .limit(mostLookedThrough)
    .lean<Pick<MessageRow, 'name' | 'correlationKey'>[]>();
  const found = new Map<string, { name: string; correlationKey?: string }>();
  for (const { name, correlationKey } of rows) {
    const wanted = subscriptions.some(
      (one) => one.name === name && (one.correlationKey === undefined || one.correlationKey === correlationKey),
    );
    if (wanted)
      found.set(JSON.stringify([name, correlationKey]), {
        name,
        ...(correlationKey !== undefined && { correlationKey }),
      });
  }
  return [...found.values()];
}

/** Names and keys of waiting messages that start a process one at a time, for when an instance has ended. */
export async function findWaitingToBegin(ended: {
  businessKey: string;
}): Promise<{ name: string; correlationKey?: string }[]> {
  const rows = await MessageModel.find(
    { state: 'waiting', correlationKey: ended.businessKey },
    { name: 1, correlationKey: 1 },
  )
    .limit(mostLookedThrough)
    .lean<{ name: string; correlationKey: string }[]>();
  return [...new Map(rows.map(({ name, correlationKey }) => [name, { name, correlationKey }])).values()];
}

/** Makes a delivery due now, by any process, and again soon. */
export async function wakeMessages(channels: { name: string; correlationKey?: string }[]): Promise<void> {
  const dueAt = new Date().toISOString();
  for (const { name, correlationKey } of channels)
    await MessageModel.updateMany(
      { state: 'waiting', name, correlationKey: correlationKey ?? null } as QueryFilter<MessageRow>,
      { $set: { dueAt }, $min: { attempts: 1 } },
    );
}

/** Messages due for another attempt, or expired. */
export async function findDueMessages(now: string, limit: number): Promise<MessageRow[]> {
  return MessageModel.find({ state: 'waiting', dueAt: { $lte: now } })
    .sort({ dueAt: 1 })
    .limit(limit)
    .lean<MessageRow[]>();
}

/** Expired messages whose sender has not been notified. */
export async function findSendersToNotify(limit: number): Promise<MessageRow[]> {
  return MessageModel.find({ untold: true }).limit(limit).lean<MessageRow[]>();
}

export async function countWaitingMessages(): Promise<number> {
  return MessageModel.countDocuments({ state: 'waiting' });
}

export interface MessageSearch {
  /** Facilities; absent: all, and messages without one. */
  facilities?: string[];
  state?: MessageRow['state'];
  name?: string;
  correlationKey?: string;
  sender?: string;
  /** Position where the previous page ended. */
  after?: number;
  limit: number;
}

/** Newest first. */
export async function listMessages(search: MessageSearch): Promise<MessageRow[]> {
  const { facilities, state, name, correlationKey, sender, after, limit } = search;
  const filter = {
    ...(facilities && { facility: { $in: facilities } }),
    ...(state && { state }),
    ...(name !== undefined && { name }),
    ...(correlationKey !== undefined && { correlationKey }),
    ...(sender !== undefined && { 'sender.instance': sender }),
    ...(after !== undefined && { order: { $lt: after } }),
  };
  return MessageModel.find(filter as QueryFilter<MessageRow>)
    .sort({ order: -1 })
    .limit(limit)
    .lean<MessageRow[]>();
}
