/** The collection of published BPMN messages: fields and indexes. */
import mongoose from 'mongoose';
import type { TimeScale } from '../../engine/time/time-scale.ts';
import { anyJson, rowSchema } from '../db/schema.ts';
import type { Lineage } from '../runtime/rows.ts';

export interface MessageRow {
  _id: string;
  name: string;
  correlationKey?: string;
  variables: Record<string, unknown>;
  /** Digest of the content: the same id with other content is refused. */
  digest: string;
  /** Facility of the sender, and of an instance the message starts. */
  facility?: string;
  /** Only instances of these facilities may receive it; absent: any. */
  reach?: string[];
  /** `lineage`: of the instance that sent it. */
  sender: { instance?: string; element?: string; staff?: string; lineage?: Lineage };
  /** Process time of an instance that it begins; absent: real time. */
  clock?: TimeScale;
  publishedAt: string;
  /** Increasing number that orders messages by age. */
  order: number;
  /** End of its time to live. */
  until: string;
  state: 'waiting' | 'taken' | 'expired' | 'withdrawn';
  /** Number of delivery attempts. */
  attempts: number;
  /** Time of the next delivery attempt, unless a new subscription triggers one earlier. */
  dueAt: string;
  /** Fencing number of the last writer (message-channels.ts); earlier holders of the channel are rejected. */
  fence?: number;
  /** Offered to this instance, without a recorded answer yet. */
  offer?: MessageOffer;
  /** Workflow id. */
  taker?: string;
  /** The receiving element. */
  element?: string;
  /** Whether it started its receiver. */
  began?: boolean;
  settledAt?: string;
  /** The sender has not yet been notified that the message expired. */
  untold?: boolean;
  withdrawn?: { by: string; reason: string };
  /** When the row is removed (settled ones only). */
  forgetAt?: Date;
}

export interface MessageOffer {
  instance: string;
  element: string;
  /** The instance was started by it. */
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
  clock: anyJson,
  publishedAt: String,
  order: Number,
  until: String,
  state: String,
  attempts: Number,
  dueAt: String,
  fence: Number,
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
schema.index({ order: -1 });
schema.index({ 'sender.instance': 1, order: -1 }, { sparse: true });
schema.index({ forgetAt: 1 }, { expireAfterSeconds: 0 });

export const MessageModel = mongoose.model<MessageRow>('messages', schema, 'messages');
