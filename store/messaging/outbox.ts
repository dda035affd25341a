/**
 * Outgoing letters to people: written once by a process, claimed and handed to a gateway by the worker
 * (outbox-claims.ts), with their outcomes (outbox-outcomes.ts).
 */
import { createHash } from 'node:crypto';
import mongoose from 'mongoose';
import { encodeKey } from '../../engine/model/keys.ts';
import { anyJson, rowSchema } from '../db/schema.ts';

/** In order of precedence. */
export const lanes = ['urgent', 'service', 'marketing'] as const;
export type Lane = (typeof lanes)[number];

/** Audience, which determines the gateway. */
export type Audience = 'patient' | 'staff';

/**
 * `queued`: waiting, or to be retried. `sending`: claimed. `unknown`: handed over without a response. `sent`: accepted
 * by the gateway. `delivered`: confirmed by a receipt. `failed`: given up. `suppressed`: must not be sent to this
 * person. `expired`: too late.
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
  /** Id passed to carriers. */
  mark?: string;
  instance: string;
  /** Start of this run of the instance, as wait keys restart with it. */
  startedAt?: string;
  key: string;
  /** Distinguishes several messages of one wait, for instance a role id. */
  touch: string;
  facility: string;
  audience: Audience;
  lane: Lane;
  /** A role id, a staff id, or `patient`. */
  to: string;
  /** Record number of a patient. */
  patient?: string;
  channel: string;
  template?: string;
  subject: string;
  body: string;
  data?: Record<string, unknown>;
  status: LetterStatus;
  /** Code of the reason why it failed, is suppressed or waits. */
  reason?: string;
  /** Number of refusals by the gateway. */
  attempts: number;
  /** Number of consecutive outages, which do not count as attempts. */
  outages?: number;
  /** While unknown: number of queries without a result. */
  asked?: number;
  /** Number of resends because of an unknown outcome. */
  repeats?: number;
  createdAt: string;
  /** Time of the next attempt or query. */
  dueAt: string;
  /** Expiry. */
  notAfter?: string;
  /** How far the process's time is ahead of real time, in milliseconds; negative: behind. Windows and days are in process time. */
  aheadMs?: number;
  /** Claim and its expiry, in database time. */
  claim?: string;
  leaseUntil?: string;
  /** Fencing number: writes of earlier claims are rejected. */
  fence?: number;
  /** When it was handed to the gateway; before that it certainly has not been sent. */
  handedAt?: string;
  gateway?: string;
  /** Number of messages an SMS carrier counts it as. */
  segments?: number;
  /** Phone number it went to, in digits; replies are matched by it. */
  address?: string;
  sentAt?: string;
  /** The carrier's id. */
  providerId?: string;
  deliveredAt?: string;
  /** Night of the last query for a missing receipt (reconciliations.ts). */
  reconciledOn?: string;
  /** Last response of the gateway. */
  error?: string;
  /** When it failed, expired or was suppressed. */
  endedAt?: string;
  /** When subject, body and data were removed (store/retention.ts). */
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
  /** Absent: by how much the time of its creation is ahead. */
  aheadMs?: number;
  /** Earliest time; absent: now. Real time, even with accelerated process time. */
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
  segments: Number,
  address: String,
  sentAt: String,
  providerId: String,
  deliveredAt: String,
  reconciledOn: String,
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
schema.index({ audience: 1, gateway: 1, status: 1, sentAt: 1 });
schema.index({ audience: 1, gateway: 1, dueAt: 1 }, { partialFilterExpression: { status: 'unknown' } });
schema.index({ instance: 1, createdAt: 1 });
schema.index({ claim: 1 }, { sparse: true });
schema.index({ mark: 1 }, { sparse: true });
schema.index({ providerId: 1 }, { sparse: true });
schema.index({ address: 1, handedAt: -1 }, { sparse: true });

export const OutboxModel = mongoose.model<OutboxMessage>('outbox', schema, 'outbox');

/** Carriers limit ids to 32 letters and digits. */
export const letterMark = (id: string): string => createHash('sha256').update(id).digest('hex').slice(0, 32);

/** Smaller differences are clock skew, not accelerated process time. */
const noticeableMs = 60_000;

const hourMs = 3_600_000;
/** Default time to live of a letter to a patient. */
const neededMs = { urgent: 72 * hourMs, service: 72 * hourMs, marketing: 24 * hourMs } as const;

/** @returns false when it was written before; nothing changes */
export async function enqueueMessage(message: NewMessage): Promise<boolean> {
  const { aheadMs: givenAheadMs, ...letter } = message;
  const { instance, startedAt, key, touch, to, createdAt } = letter;
  const life = startedAt === undefined ? instance : `${instance}@${startedAt}`;
  const _id = `${life}#${encodeKey(key)}#${encodeKey(touch)}`;
  const now = Date.now();
  const aheadMs = givenAheadMs ?? Math.max(0, Date.parse(createdAt) - now);
  const { lane = 'service', dueAt = new Date(now).toISOString() } = letter;
  const audience = to === 'patient' ? 'patient' : 'staff';
  const fresh: Omit<OutboxMessage, '_id'> = {
    mark: letterMark(_id),
    ...(audience === 'patient' && { notAfter: new Date(Date.parse(dueAt) + neededMs[lane]).toISOString() }),
    ...letter,
    audience,
    lane,
    dueAt,
    ...(Math.abs(aheadMs) > noticeableMs && { aheadMs }),
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
