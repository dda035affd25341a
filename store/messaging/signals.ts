/**
 * BPMN signals that were thrown: each is stored with its time before it is broadcast, and kept for as long as the row
 * of an instance that waited then may be late (store/messaging/delivery.ts). An interrupted broadcast is resumed from
 * here.
 */
import mongoose from 'mongoose';
import { databaseTime } from '../db/database-time.ts';
import { anyJson, rowSchema } from '../db/schema.ts';

export interface SignalRow {
  _id: string;
  name: string;
  variables: Record<string, unknown>;
  /** Facility of the instances it starts. */
  facility?: string;
  /** Only instances of these facilities receive it; absent: all. */
  reach?: string[];
  sender: { instance?: string; staff?: string };
  /** Time of the throw: waits that existed then receive it. */
  at: string;
  state: 'broadcasting' | 'done';
  /** When an interrupted broadcast may be resumed, in database time. */
  dueAt: string;
  /** Number of instances that received it, and ids of instances it started. */
  delivered?: number;
  began?: string[];
  forgetAt: Date;
}

const schema = rowSchema<SignalRow>({
  name: String,
  variables: anyJson,
  facility: String,
  reach: anyJson,
  sender: anyJson,
  at: String,
  state: String,
  dueAt: String,
  delivered: Number,
  began: anyJson,
  forgetAt: Date,
});
schema.index({ name: 1, at: 1 });
schema.index({ state: 1, dueAt: 1 });
schema.index({ forgetAt: 1 }, { expireAfterSeconds: 0 });

export const SignalModel = mongoose.model<SignalRow>('signals', schema, 'signals');

const keptDays = 7;
/** A broadcast not finished by then was interrupted. */
const broadcastMs = 60_000;

export type NewSignal = Pick<SignalRow, '_id' | 'name' | 'variables' | 'facility' | 'reach' | 'sender' | 'at'>;

/**
 * Writes it, once per id.
 * @param ownMs time for the writer to broadcast it, in milliseconds; then the worker does
 * @returns the stored row
 */
export async function insertSignal(signal: NewSignal, ownMs = broadcastMs): Promise<SignalRow> {
  const { _id, at, ...more } = signal;
  const row = {
    ...more,
    at,
    state: 'broadcasting' as const,
    dueAt: later(await databaseTime(), ownMs),
    forgetAt: new Date(Date.parse(at) + keptDays * 86_400_000),
  };
  const found = await SignalModel.findOneAndUpdate(
    { _id },
    { $setOnInsert: row },
    { upsert: true, returnDocument: 'after' },
  ).lean<SignalRow>();
  return found ?? { _id, ...row };
}

export async function recordBroadcast(id: string, delivered: number, began: string[]): Promise<void> {
  await SignalModel.updateOne({ _id: id }, { $set: { state: 'done', delivered, began } });
}

/** Claims an interrupted broadcast, for the maximum duration of one. */
export async function claimInterruptedBroadcast(): Promise<SignalRow | null> {
  const now = await databaseTime();
  return SignalModel.findOneAndUpdate(
    { state: 'broadcasting', dueAt: { $lte: later(now, 0) } },
    { $set: { dueAt: later(now, broadcastMs) } },
    { sort: { dueAt: 1 }, returnDocument: 'after' },
  ).lean<SignalRow>();
}

/** Signals of these names thrown at or after a time, in order. */
export async function findSignalsSince(names: string[], at: string): Promise<SignalRow[]> {
  return SignalModel.find({ name: { $in: names }, at: { $gte: at } })
    .sort({ at: 1, _id: 1 })
    .lean<SignalRow[]>();
}

const later = (now: Date, ms: number): string => new Date(now.getTime() + ms).toISOString();
