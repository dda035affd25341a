/** The collection of published BPMN messages: what a row holds, and how it is found. */
import mongoose from 'mongoose';
import { anyJson, rowSchema } from '../db/schema.ts';

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
  /** Number of delivery attempts. */
  attempts: number;
  /** Time of the next delivery attempt, unless a new subscription triggers one earlier. */
  dueAt: string;
  /** Of who wrote its fate last (message-channels.ts): one that held the channel before writes it no more. */
  fence?: number;
  /** It was held out to this instance, and the answer is not written yet. */
  offer?: MessageOffer;
  /** Workflow id. */
  taker?: string;
  /** Where it was taken. */
  element?: string;
  /** Whether it began its taker. */
  began?: boolean;
  settledAt?: string;
  /** The sender has not yet been notified that the message expired. */
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
