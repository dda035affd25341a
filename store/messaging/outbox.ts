/**
 * Letters to people on their way out: written once by a process, taken and sent by the worker's gateway. An outage of the gateway uses up
 * no tries of a letter; one that was refused too often is given up, which people see, and send again.
 */
import mongoose, { type QueryFilter } from 'mongoose';
import { encodeKey } from '../../engine/model/keys.ts';
import { databaseTime } from '../db/database-time.ts';
import { anyJson, rowSchema } from '../db/schema.ts';

export interface OutboxMessage {
  /** `<instance>@<startedAt>#<key>#<touch>`, the last two encoded (engine/model/keys.ts). */
  _id: string;
  instance: string;
  /** Of this life of the instance: keys of waits count anew in each. */
  startedAt?: string;
  key: string;
  /** Tells several messages of one wait apart, for instance a role id. */
  touch: string;
  facility: string;
  /** A role id, a staff id, or `patient`. */
  to: string;
  channel: string;
  template?: string;
  subject: string;
  body: string;
  data?: Record<string, unknown>;
  status: 'waiting' | 'sending' | 'sent' | 'failed';
  /** How often the gateway refused it. */
  attempts: number;
  /** How often in a row it met an outage; that uses up no attempts. */
  outages?: number;
  createdAt: string;
  /** When it may be tried (again). */
  dueAt: string;
  /** While it is being sent: who else may try after, by the clock of the database. */
  leaseUntil?: string;
  /** Counts those who took it: what an earlier one says of it later is not written. */
  fence?: number;
  sentAt?: string;
  receipt?: string;
  error?: string;
  /** Since when subject, body and data are gone (store/retention.ts). */
  textsRemovedAt?: string;
  failedAt?: string;
  resent?: { by: string; at: string };
}

export type NewMessage = Pick<
  OutboxMessage,
  | 'instance'
  | 'startedAt'
  | 'key'
  | 'touch'
  | 'facility'
  | 'to'
  | 'channel'
  | 'template'
  | 'subject'
  | 'body'
  | 'data'
  | 'createdAt'
> & { dueAt?: string };

const schema = rowSchema<OutboxMessage>({
  instance: String,
  startedAt: String,
  key: String,
  touch: String,
  facility: String,
  to: String,
  channel: String,
  template: String,
  subject: String,
  body: String,
  data: anyJson,
  status: String,
  attempts: Number,
  outages: Number,
  createdAt: String,
  dueAt: String,
  leaseUntil: String,
  fence: Number,
  sentAt: String,
  receipt: String,
  error: String,
  textsRemovedAt: String,
  failedAt: String,
  resent: anyJson,
});
schema.index({ status: 1, dueAt: 1 });
schema.index({ status: 1, leaseUntil: 1 });
schema.index({ status: 1, createdAt: -1, _id: -1 });
schema.index({ instance: 1, createdAt: 1 });

export const OutboxModel = mongoose.model<OutboxMessage>('outbox', schema, 'outbox');

/** @returns false when this instance, key and touch was written before: nothing changes then */
export async function enqueueMessage(message: NewMessage): Promise<boolean> {
  const { instance, startedAt, key, touch } = message;
  const life = startedAt === undefined ? instance : `${instance}@${startedAt}`;
  const _id = `${life}#${encodeKey(key)}#${encodeKey(touch)}`;
  const fresh = { dueAt: message.createdAt, ...message, status: 'waiting' as const, attempts: 0 };
  const result = await OutboxModel.updateOne({ _id }, { $setOnInsert: fresh }, { upsert: true });
  return result.upsertedCount === 1;
}

/** Of a letter that is being sent: who holds it. */
export type Claim = Pick<OutboxMessage, '_id' | 'fence'>;

/**
 * Takes the next letter to send, for as long as the lease; one whose sender died is taken again after it.
 * @param leaseMs how long the sender has; longer than the gateway has for a letter
 */
export async function claimDue(leaseMs = 120_000): Promise<OutboxMessage | null> {
  const time = await databaseTime();
  const now = time.toISOString();
  const leaseUntil = new Date(time.getTime() + leaseMs).toISOString();
  const take = { $set: { status: 'sending' as const, leaseUntil }, $inc: { fence: 1 } };
  const fresh = await OutboxModel.findOneAndUpdate({ status: 'waiting', dueAt: { $lte: now } }, take, {
    sort: { dueAt: 1 },
    returnDocument: 'after',
  }).lean<OutboxMessage>();
  if (fresh) return fresh;
  return OutboxModel.findOneAndUpdate({ status: 'sending', leaseUntil: { $lt: now } }, take, {
    sort: { leaseUntil: 1 },
    returnDocument: 'after',
  }).lean<OutboxMessage>();
}

const held = ({ _id, fence }: Claim): QueryFilter<OutboxMessage> => ({
  _id,
  status: 'sending',
  ...(fence !== undefined && { fence }),
});

/** @returns false when another sender has taken it meanwhile */
export async function markSent(claim: Claim, receipt: string): Promise<boolean> {
  const sentAt = (await databaseTime()).toISOString();
  const { matchedCount } = await OutboxModel.updateOne(held(claim), {
    $set: { status: 'sent', sentAt, receipt },
    $unset: { leaseUntil: '', error: '', outages: '' },
  });
  return matchedCount === 1;
}

/** The gateway was away: it is tried again, and no attempt is used up. */
export async function markUnreached(claim: Claim, error: string, retryInMs: number): Promise<void> {
  const dueAt = new Date((await databaseTime()).getTime() + retryInMs).toISOString();
  await OutboxModel.updateOne(held(claim), {
    $set: { status: 'waiting', dueAt, error },
    $inc: { outages: 1 },
    $unset: { leaseUntil: '' },
  });
}

/** The gateway refused this letter. @param retryInMs absent: given up */
export async function markRefused(claim: Claim, error: string, retryInMs: number | undefined): Promise<void> {
  const now = await databaseTime();
  const next =
    retryInMs === undefined
      ? { status: 'failed' as const, failedAt: now.toISOString() }
      : { status: 'waiting' as const, dueAt: new Date(now.getTime() + retryInMs).toISOString() };
  await OutboxModel.updateOne(held(claim), {
    $set: { ...next, error },
    $inc: { attempts: 1 },
    $unset: { leaseUntil: '', outages: '' },
  });
}

/** Somebody has a letter that was given up sent again, with all its attempts. @returns false when it was not given up, or its text is gone */
export async function resendLetter(id: string, by: string): Promise<boolean> {
  const at = (await databaseTime()).toISOString();
  const { matchedCount } = await OutboxModel.updateOne(
    { _id: id, status: 'failed', textsRemovedAt: { $exists: false } },
    { $set: { status: 'waiting', attempts: 0, dueAt: at, resent: { by, at } }, $unset: { failedAt: '' } },
  );
  return matchedCount === 1;
}

export async function findLetter(id: string): Promise<OutboxMessage | null> {
  return OutboxModel.findById(id).lean<OutboxMessage>();
}

export interface LetterSearch {
  /** Facilities to look in; absent: all. */
  facilities?: string[];
  status?: OutboxMessage['status'];
  instance?: string;
  /** Where the page before ended. */
  after?: { at: string; id: string };
  limit: number;
}

/** Newest first. */
export async function listLetters({
  facilities,
  status,
  instance,
  after,
  limit,
}: LetterSearch): Promise<OutboxMessage[]> {
  const filter = {
    ...(facilities && { facility: { $in: facilities } }),
    ...(status && { status }),
    ...(instance !== undefined && { instance }),
    ...(after && {
      $or: [{ createdAt: { $lt: after.at } }, { createdAt: after.at, _id: { $lt: after.id } }],
    }),
  };
  return OutboxModel.find(filter as QueryFilter<OutboxMessage>)
    .sort({ createdAt: -1, _id: -1 })
    .limit(limit)
    .lean<OutboxMessage[]>();
}

export async function countLetters(status: OutboxMessage['status']): Promise<number> {
  return OutboxModel.countDocuments({ status });
}

export async function listMessagesOf(instance: string): Promise<OutboxMessage[]> {
  return OutboxModel.find({ instance }).sort({ createdAt: 1, _id: 1 }).lean<OutboxMessage[]>();
}
