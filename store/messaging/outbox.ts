/** Messages to people on their way out: written once by a process, taken and sent by the worker's gateway. */
import mongoose from 'mongoose';
import { encodeKey } from '../../engine/model/keys.ts';
import { anyJson, rowSchema } from '../db/schema.ts';

export interface OutboxMessage {
  /** `<instance>#<key>#<touch>`, the last two encoded (engine/model/keys.ts). */
  _id: string;
  instance: string;
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
  attempts: number;
  createdAt: string;
  /** When it may be tried (again). */
  dueAt: string;
  /** While it is being sent: who else may try after. */
  leaseUntil?: string;
  sentAt?: string;
  receipt?: string;
  error?: string;
  /** Since when subject, body and data are gone (store/retention.ts). */
  textsRemovedAt?: string;
}

export type NewMessage = Omit<
  OutboxMessage,
  '_id' | 'status' | 'attempts' | 'dueAt' | 'leaseUntil' | 'sentAt' | 'receipt' | 'error' | 'textsRemovedAt'
> & { dueAt?: string };

const schema = rowSchema<OutboxMessage>({
  instance: String,
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
  createdAt: String,
  dueAt: String,
  leaseUntil: String,
  sentAt: String,
  receipt: String,
  error: String,
  textsRemovedAt: String,
});
schema.index({ status: 1, dueAt: 1 });
schema.index({ status: 1, leaseUntil: 1 });
schema.index({ instance: 1, createdAt: 1 });

export const OutboxModel = mongoose.model<OutboxMessage>('outbox', schema, 'outbox');

/** @returns false when this instance, key and touch was written before: nothing changes then */
export async function enqueueMessage(message: NewMessage): Promise<boolean> {
  const _id = `${message.instance}#${encodeKey(message.key)}#${encodeKey(message.touch)}`;
  const fresh = { dueAt: message.createdAt, ...message, status: 'waiting' as const, attempts: 0 };
  const result = await OutboxModel.updateOne({ _id }, { $setOnInsert: fresh }, { upsert: true });
  return result.upsertedCount === 1;
}

/**
 * Takes the next message to send, for as long as the lease; one whose sender died is taken again after it.
 * @param now ISO 8601
 * @param leaseMs how long the sender has
 */
export async function claimDue(now: string, leaseMs = 60_000): Promise<OutboxMessage | null> {
  const leaseUntil = new Date(Date.parse(now) + leaseMs).toISOString();
  const take = { $set: { status: 'sending' as const, leaseUntil }, $inc: { attempts: 1 } };
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

export async function markSent(id: string, sentAt: string, receipt: string): Promise<void> {
  await OutboxModel.updateOne(
    { _id: id },
    { $set: { status: 'sent', sentAt, receipt }, $unset: { leaseUntil: '', error: '' } },
  );
}

/** @param retryAt when to try again; absent: given up */
export async function markFailed(id: string, error: string, retryAt?: string): Promise<void> {
  await OutboxModel.updateOne(
    { _id: id, status: 'sending' },
    {
      $set: retryAt ? { status: 'waiting', dueAt: retryAt, error } : { status: 'failed', error },
      $unset: { leaseUntil: '' },
    },
  );
}

export async function listMessagesOf(instance: string): Promise<OutboxMessage[]> {
  return OutboxModel.find({ instance }).sort({ createdAt: 1, _id: 1 }).lean<OutboxMessage[]>();
}
