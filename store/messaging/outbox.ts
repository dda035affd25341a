/**
 * Letters to people on their way out: written once by a process, claimed and handed to a gateway by the worker (outbox-claims.ts), and what
 * became of each (outbox-outcomes.ts).
 */
import { createHash } from 'node:crypto';
import mongoose from 'mongoose';
import { encodeKey } from '../../engine/model/keys.ts';
import { anyJson, rowSchema } from '../db/schema.ts';

/** In the order in which they go first. */
export const lanes = ['urgent', 'service', 'marketing'] as const;
export type Lane = (typeof lanes)[number];

/** Who gets it, and so which gateway carries it. */
export type Audience = 'patient' | 'staff';

/**
 * `queued`: waits, or is to be tried again. `sending`: somebody holds it. `unknown`: handed over, and no answer came. `sent`: the gateway has
 * taken it. `delivered`: a receipt says so. `failed`: given up. `suppressed`: it may not go to this person. `expired`: its time is over.
 */
export const letterStatuses = [
  'queued',
  'sending',
  'unknown',
  'sent',
  'delivered',
  'failed',
  'suppressed',
  'expired',
] as const;
export type LetterStatus = (typeof letterStatuses)[number];

export interface OutboxMessage {
  /** `<instance>@<startedAt>#<key>#<touch>`, the last two encoded (engine/model/keys.ts). */
  _id: string;
  /** What carriers know it by. */
  mark?: string;
  instance: string;
  /** Of this life of the instance: keys of waits count anew in each. */
  startedAt?: string;
  key: string;
  /** Tells several messages of one wait apart, for instance a role id. */
  touch: string;
  facility: string;
  audience: Audience;
  lane: Lane;
  /** A role id, a staff id, or `patient`. */
  to: string;
  /** Number of the record, where it goes to a patient. */
  patient?: string;
  channel: string;
  template?: string;
  subject: string;
  body: string;
  data?: Record<string, unknown>;
  status: LetterStatus;
  /** Code of why it failed, is suppressed or waits. */
  reason?: string;
  /** How often the gateway refused it. */
  attempts: number;
  /** How often in a row it met an outage; that uses up no attempts. */
  outages?: number;
  /** While unknown: how often it was asked for in vain. */
  asked?: number;
  /** How often it was sent again because nobody knew of it. */
  repeats?: number;
  createdAt: string;
  /** When it may be tried (again), or is asked for (again). */
  dueAt: string;
  /** After it nobody needs it any more. */
  notAfter?: string;
  /** Of an instance whose process time runs ahead: by so many milliseconds. Windows and days are those of its time. */
  aheadMs?: number;
  /** Whose it is while it is being sent, and until when, by the clock of the database. */
  claim?: string;
  leaseUntil?: string;
  /** Counts those who took it: what an earlier one says of it later is not written. */
  fence?: number;
  /** When it was given to the gateway; before that it certainly is not out. */
  handedAt?: string;
  gateway?: string;
  /** Telephone number it went to, in digits: replies are known by it. */
  address?: string;
  sentAt?: string;
  /** Of whoever carries it. */
  providerId?: string;
  deliveredAt?: string;
  /** What the gateway said last. */
  error?: string;
  /** When it failed, expired or was suppressed. */
  endedAt?: string;
  /** Since when subject, body and data are gone (store/retention.ts). */
  textsRemovedAt?: string;
  resent?: { by: string; at: string };
  givenUp?: { by: string; at: string; reason: string };
}

export type NewMessage = Pick<
  OutboxMessage,
  | 'instance'
  | 'startedAt'
  | 'key'
  | 'touch'
  | 'facility'
  | 'to'
  | 'patient'
  | 'channel'
  | 'template'
  | 'subject'
  | 'body'
  | 'data'
  | 'createdAt'
  | 'notAfter'
> & {
  lane?: Lane;
  /** Earliest; absent: now. Real time, also when process time runs ahead. */
  dueAt?: string;
};

const schema = rowSchema<OutboxMessage>({
  mark: String,
  instance: String,
  startedAt: String,
  key: String,
  touch: String,
  facility: String,
  audience: String,
  lane: String,
  to: String,
  patient: String,
  channel: String,
  template: String,
  subject: String,
  body: String,
  data: anyJson,
  status: String,
  reason: String,
  attempts: Number,
  outages: Number,
  asked: Number,
  repeats: Number,
  createdAt: String,
  dueAt: String,
  notAfter: String,
  aheadMs: Number,
  claim: String,
  leaseUntil: String,
  fence: Number,
  handedAt: String,
  gateway: String,
  address: String,
  sentAt: String,
  providerId: String,
  deliveredAt: String,
  error: String,
  endedAt: String,
  textsRemovedAt: String,
  resent: anyJson,
  givenUp: anyJson,
});
schema.index({ audience: 1, status: 1, lane: 1, facility: 1, dueAt: 1 });
schema.index({ status: 1, leaseUntil: 1 });
schema.index({ status: 1, dueAt: 1 });
schema.index({ status: 1, createdAt: -1, _id: -1 });
schema.index({ instance: 1, createdAt: 1 });
schema.index({ claim: 1 }, { sparse: true });
schema.index({ mark: 1 }, { sparse: true });
schema.index({ providerId: 1 }, { sparse: true });
schema.index({ address: 1, handedAt: -1 }, { sparse: true });

export const OutboxModel = mongoose.model<OutboxMessage>('outbox', schema, 'outbox');

/** Of a letter, in 32 letters and digits: carriers take no longer ids. */
export const letterMark = (id: string): string => createHash('sha256').update(id).digest('hex').slice(0, 32);

/** Clocks differ by a little: less is no process time that runs ahead. */
const noticeableMs = 60_000;

const hourMs = 3_600_000;
/** So long a patient needs it, where the letter does not say. */
const neededMs = { urgent: 72 * hourMs, service: 72 * hourMs, marketing: 24 * hourMs } as const;

/** @returns false when this instance, key and touch was written before: nothing changes then */
export async function enqueueMessage(message: NewMessage): Promise<boolean> {
  const { instance, startedAt, key, touch, to, createdAt } = message;
  const life = startedAt === undefined ? instance : `${instance}@${startedAt}`;
  const _id = `${life}#${encodeKey(key)}#${encodeKey(touch)}`;
  const now = Date.now();
  const aheadMs = Date.parse(createdAt) - now;
  const { lane = 'service', dueAt = new Date(now).toISOString() } = message;
  const audience = to === 'patient' ? 'patient' : 'staff';
  const fresh: Omit<OutboxMessage, '_id'> = {
    mark: letterMark(_id),
    ...(audience === 'patient' && { notAfter: new Date(Date.parse(dueAt) + neededMs[lane]).toISOString() }),
    ...message,
    audience,
    lane,
    dueAt,
    ...(aheadMs > noticeableMs && { aheadMs }),
    status: 'queued',
    attempts: 0,
  };
  const result = await OutboxModel.updateOne({ _id }, { $setOnInsert: fresh }, { upsert: true });
  return result.upsertedCount === 1;
}

export async function findLetter(id: string): Promise<OutboxMessage | null> {
  return OutboxModel.findById(id).lean<OutboxMessage>();
}

export async function listMessagesOf(instance: string): Promise<OutboxMessage[]> {
  return OutboxModel.find({ instance }).sort({ createdAt: 1, _id: 1 }).lean<OutboxMessage[]>();
}
