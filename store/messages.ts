/**
 * BPMN messages that were published: each is written before anybody is looked for, waits until its time to live is over, and keeps what
 * became of it. Together with the outbox the only rows of processes that cannot be made again from the workflows: a message that waits
 * here is nowhere else.
 */
import mongoose, { type QueryFilter } from 'mongoose';
import { anyJson, isDuplicateKey, rowSchema } from './schema.ts';

export interface MessageRow {
  _id: string;
  name: string;
  correlationKey?: string;
  variables: Record<string, unknown>;
  /** Of what it says: the same id with other content is another message under a name that is taken. */
  digest: string;
  /** Of the sender; where a process begins that it starts. */
  facility?: string;
  /** Only instances of these facilities may take it; absent: any. */
  reach?: string[];
  sender: { instance?: string; element?: string; staff?: string };
  publishedAt: string;
  /** Grows with each message published: which of two is the older one. */
  order: number;
  /** When its time to live is over. */
  until: string;
  state: 'waiting' | 'taken' | 'expired' | 'withdrawn';
  /** How often somebody was looked for. */
  attempts: number;
  /** When somebody is looked for again, without any occasion. */
  dueAt: string;
  /** It was held out to this instance, and the answer is not written yet. */
  offer?: MessageOffer;
  /** Workflow id. */
  taker?: string;
  /** Where it was taken. */
  element?: string;
  /** Whether it began its taker. */
  began?: boolean;
  settledAt?: string;
  /** The sender is still to be told that it has expired. */
  untold?: boolean;
  withdrawn?: { by: string; reason: string };
  /** When the row goes (a settled one only). */
  forgetAt?: Date;
}

export interface MessageOffer {
  instance: string;
  element: string;
  /** The instance is begun by it. */
  begins?: { process: string; version: number; businessKey: string };
}

const schema = rowSchema<MessageRow>({
  name: String,
  correlationKey: String,
  variables: anyJson,
  digest: String,
  facility: String,
  reach: anyJson,
  sender: anyJson,
  publishedAt: String,
  order: Number,
  until: String,
  state: String,
  attempts: Number,
  dueAt: String,
  offer: anyJson,
  taker: String,
  element: String,
  began: Boolean,
  settledAt: String,
  untold: Boolean,
  withdrawn: anyJson,
  forgetAt: Date,
});
schema.index({ state: 1, name: 1, correlationKey: 1, order: 1 });
schema.index({ state: 1, correlationKey: 1 });
schema.index({ state: 1, dueAt: 1 });
schema.index({ untold: 1 }, { sparse: true });
schema.index({ state: 1, order: -1 });
schema.index({ forgetAt: 1 }, { expireAfterSeconds: 0 });

export const MessageModel = mongoose.model<MessageRow>('messages', schema, 'messages');

/** How long it is remembered what became of a message, and so for how long its id is taken. */
const rememberedDays = 7;
const forgetAfter = (at: string): Date => new Date(Date.parse(at) + rememberedDays * 86_400_000);

export type NewMessage = Pick<
  MessageRow,
  '_id' | 'name' | 'correlationKey' | 'variables' | 'digest' | 'facility' | 'reach' | 'sender' | 'publishedAt' | 'until'
>;

let lastOrder = 0;
/** Microseconds, and never the same twice in one program. */
function nextOrder(publishedAt: string): number {
  lastOrder = Math.max(lastOrder + 1, Date.parse(publishedAt) * 1000);
  return lastOrder;
}

/** Writes it, once per id. @returns the row as it stands; one written before is not changed */
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

/** Messages of one name and key that wait, the oldest first. Without a key: those without one. */
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

/** The pairs of name and key under which messages wait for one of these subscriptions, those with the oldest message first. */
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

/** Names and keys under which messages wait that begin a process one at a time, for when an instance of it has ended. */
export async function findWaitingToBegin(ended: {
  businessKey: string;
}): Promise<{ name: string; correlationKey?: string }[]> {
  const rows = await MessageModel.find(
    { state: 'waiting', correlationKey: ended.businessKey },
    { name: 1, correlationKey: 1 },
  ).lean<{ name: string; correlationKey: string }[]>();
  return [...new Map(rows.map(({ name, correlationKey }) => [name, { name, correlationKey }])).values()];
}

/** There is an occasion: somebody is looked for now, whoever does it, and soon again. */
export async function wakeMessages(channels: { name: string; correlationKey?: string }[]): Promise<void> {
  const dueAt = new Date().toISOString();
  for (const { name, correlationKey } of channels)
    await MessageModel.updateMany(
      { state: 'waiting', name, correlationKey: correlationKey ?? null } as QueryFilter<MessageRow>,
      { $set: { dueAt }, $min: { attempts: 1 } },
    );
}

/**
 * Before it is held out to an instance: whoever goes on after a crash asks that one first.
 * @returns false when it waits no longer (an operator took it back)
 */
export async function noteOffer(id: string, offer: MessageOffer): Promise<boolean> {
  const { matchedCount } = await MessageModel.updateOne({ _id: id, state: 'waiting' }, { $set: { offer } });
  return matchedCount === 1;
}

export async function noteTaken(id: string, taken: { taker: string; element: string; began: boolean }): Promise<void> {
  await settle(id, 'taken', taken);
}

/** Nobody took it yet. @param dueAt when to look again; absent: its time is over */
export async function noteNobody(id: string, dueAt: string | undefined): Promise<void> {
  if (dueAt === undefined) await settle(id, 'expired', {}, true);
  else
    await MessageModel.updateOne(
      { _id: id, state: 'waiting' },
      { $set: { dueAt }, $inc: { attempts: 1 }, $unset: { offer: '' } },
    );
}

/** Who is being asked did not answer: it stays with that instance, which is asked again then. */
export async function noteUnanswered(id: string, dueAt: string): Promise<void> {
  await MessageModel.updateOne({ _id: id, state: 'waiting' }, { $set: { dueAt }, $inc: { attempts: 1 } });
}

async function settle(
  id: string,
  state: 'taken' | 'expired',
  more: Partial<MessageRow>,
  untold = false,
): Promise<void> {
  const settledAt = new Date().toISOString();
  await MessageModel.updateOne(
    { _id: id, state: 'waiting' },
    {
      $set: { state, settledAt, forgetAt: forgetAfter(settledAt), ...more, ...(untold && { untold }) },
      $unset: { offer: '' },
    },
  );
}

/** An operator takes it back. Not while it is held out to an instance. @returns false when it does not wait (any more) */
export async function withdrawMessage(id: string, by: string, reason: string): Promise<boolean> {
  const settledAt = new Date().toISOString();
  const found = await MessageModel.findOneAndUpdate(
    { _id: id, state: 'waiting', offer: { $exists: false } },
    { $set: { state: 'withdrawn', settledAt, withdrawn: { by, reason }, forgetAt: forgetAfter(settledAt) } },
  ).lean<MessageRow>();
  return found !== null;
}

/** One that nobody took and that had no time to live leaves nothing: its sender has the answer, and may send it again. */
export async function dropMessage(id: string): Promise<void> {
  await MessageModel.deleteOne({ _id: id, state: 'expired' });
}

/** Those for whom somebody is to be looked for again, or whose time is over. */
export async function findDueMessages(now: string, limit: number): Promise<MessageRow[]> {
  return MessageModel.find({ state: 'waiting', dueAt: { $lte: now } })
    .sort({ dueAt: 1 })
    .limit(limit)
    .lean<MessageRow[]>();
}

/** Expired ones whose sender does not know yet. */
export async function findUntold(limit: number): Promise<MessageRow[]> {
  return MessageModel.find({ untold: true }).limit(limit).lean<MessageRow[]>();
}

export async function noteTold(id: string): Promise<void> {
  await MessageModel.updateOne({ _id: id }, { $unset: { untold: '' } });
}

export async function countWaitingMessages(): Promise<number> {
  return MessageModel.countDocuments({ state: 'waiting' });
}

export interface MessageSearch {
  /** Facilities to look in; absent: all, also messages without one. */
  facilities?: string[];
  state?: MessageRow['state'];
  name?: string;
  correlationKey?: string;
  sender?: string;
  /** Where the page before ended. */
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
