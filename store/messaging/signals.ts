/**
 * BPMN signals that were thrown: each is stored with its time before it is broadcast, and kept for as long as the row
 * of an instance that waited then may be late (store/messaging/delivery.ts). An interrupted broadcast is resumed from
 * here.
 */
import mongoose from 'mongoose';
import { databaseTime } from '../db/database-time.ts';
import { anyJson, insertOnce, rowSchema } from '../db/schema.ts';
import type { Lineage } from '../runtime/rows.ts';

export interface SignalRow {
  _id: string;
  name: string;
  variables: Record<string, unknown>;
  /** Facility of the instances it starts. */
  facility?: string;
  /** Only instances of these facilities receive it; absent: all. */
  reach?: string[];
  /** `lineage`: of the instance that threw it. */
  sender: { instance?: string; staff?: string; lineage?: Lineage };
  /** Time of the throw: waits that existed then receive it. */
  at: string;
  state: 'broadcasting' | 'done';
  /** End of the lease on the broadcast, in database time; from then on it counts as interrupted. */
  dueAt: string;
  /** Fencing number of the lease, in milliseconds of database time: higher than that of all earlier holders. */
  fence: number;
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
  fence: Number,
  delivered: Number,
  began: anyJson,
  forgetAt: Date,
});
schema.index({ name: 1, at: 1 });
schema.index({ state: 1, dueAt: 1 });
schema.index({ forgetAt: 1 }, { expireAfterSeconds: 0 });

export const SignalModel = mongoose.model<SignalRow>('signals', schema, 'signals');

const keptDays = 7;
/** Lease on a broadcast: longer than one delivery may take (store/messaging/delivery.ts). */
const broadcastMs = 30_000;

export type NewSignal = Pick<SignalRow, '_id' | 'name' | 'variables' | 'facility' | 'reach' | 'sender' | 'at'>;

/**
 * Inserts it, once per id.
 * @param ownMs lease of the writer to broadcast it, in milliseconds, unless renewed; then the worker does
 * @returns the stored row, and whether this call holds its lease
 */
export async function insertSignal(signal: NewSignal, ownMs = broadcastMs): Promise<SignalRow & { mine: boolean }> {
  const { _id, at, ...more } = signal;
  const now = await databaseTime();
  const row: SignalRow = {
    _id,
    ...more,
    at,
    state: 'broadcasting',
    dueAt: later(now, ownMs),
    fence: now.getTime(),
    forgetAt: new Date(Date.parse(at) + keptDays * 86_400_000),
  };
  if (await insertOnce(SignalModel, row)) return { ...row, mine: true };
  const taken = await claim({ _id }, now);
  if (taken) return { ...taken, mine: true };
  return { ...((await SignalModel.findById(_id).lean<SignalRow>()) ?? row), mine: false };
}

type Claimed = Pick<SignalRow, '_id' | 'fence'>;

const heldAs = ({ _id, fence }: Claimed) => ({ _id, fence, state: 'broadcasting' as const });

/** Renews the lease. @returns false when it is lost to another holder */
export async function renewBroadcast(claimed: Claimed): Promise<boolean> {
  const dueAt = later(await databaseTime(), broadcastMs);
  return (await SignalModel.updateOne(heldAs(claimed), { $set: { dueAt } })).matchedCount === 1;
}

/** @returns false when the lease is lost to another holder, who records the result */
export async function recordBroadcast(claimed: Claimed, delivered: number, began: string[]): Promise<boolean> {
  const told = await SignalModel.updateOne(heldAs(claimed), { $set: { state: 'done', delivered, began } });
  return told.matchedCount === 1;
}

/** Claims an interrupted broadcast, for the maximum duration of one. */
export async function claimInterruptedBroadcast(): Promise<SignalRow | null> {
  return claim({}, await databaseTime());
}

async function claim(which: { _id?: string }, now: Date): Promise<SignalRow | null> {
  return SignalModel.findOneAndUpdate(
    { ...which, state: 'broadcasting', dueAt: { $lte: later(now, 0) } },
    [{ $set: { dueAt: later(now, broadcastMs), fence: { $max: [now.getTime(), { $add: ['$fence', 1] }] } } }],
    { sort: { dueAt: 1 }, returnDocument: 'after', updatePipeline: true },
  ).lean<SignalRow>();
}

/** Signals of these names thrown at or after a time, in order. */
export async function findSignalsSince(names: string[], at: string): Promise<SignalRow[]> {
  return SignalModel.find({ name: { $in: names }, at: { $gte: at } })
    .sort({ at: 1, _id: 1 })
    .lean<SignalRow[]>();
}

const later = (now: Date, ms: number): string => new Date(now.getTime() + ms).toISOString();
