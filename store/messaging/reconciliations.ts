/**
 * The nightly reconciliation: letters that were sent and of which no receipt came are asked for, each once a night by whichever worker takes
 * it first. A row for each night and audience counts what was found.
 */
import mongoose from 'mongoose';
import { databaseTime } from '../db/database-time.ts';
import { anyJson, insertOnce, rowSchema } from '../db/schema.ts';
import { type Audience, type OutboxMessage, OutboxModel } from './outbox.ts';
import { applyReceipt } from './receipts.ts';

/**
 * `delivered`, `failed`: its receipt was lost, and counts now. `missing`: the gateway has none of this id. `open`: it has not arrived yet.
 * `unknown`: the gateway does not say.
 */
export const findings = ['delivered', 'failed', 'missing', 'open', 'unknown'] as const;
export type Finding = (typeof findings)[number];

export interface Reconciliation {
  /** `<audience>#<night>` */
  _id: string;
  audience: Audience;
  /** Its local day, for instance 2026-11-30. */
  night: string;
  begunAt: string;
  finishedAt?: string;
  /** Letters asked for, by facility and what was found. */
  counts: Record<string, Partial<Record<Finding, number>>>;
}

const schema = rowSchema<Reconciliation>({
  audience: String,
  night: String,
  begunAt: String,
  finishedAt: String,
  counts: anyJson,
});
schema.index({ audience: 1, night: -1 });

export const ReconciliationModel = mongoose.model<Reconciliation>('reconciliations', schema, 'reconciliations');

export interface Night {
  audience: Audience;
  night: string;
}

const idOf = ({ audience, night }: Night): string => `${audience}#${night}`;

/** @returns whether this night is still to be done */
export async function beginReconciliation(night: Night): Promise<boolean> {
  const begunAt = (await databaseTime()).toISOString();
  const _id = idOf(night);
  if (await insertOnce(ReconciliationModel, { _id, ...night, begunAt, counts: {} })) return true;
  return (await ReconciliationModel.exists({ _id, finishedAt: { $exists: false } })) !== null;
}

export async function finishReconciliation(night: Night): Promise<void> {
  const finishedAt = (await databaseTime()).toISOString();
  await ReconciliationModel.updateOne({ _id: idOf(night), finishedAt: { $exists: false } }, { $set: { finishedAt } });
}

/** Receipts mostly come within minutes; after three nights without one nobody asks any more. */
const hourMs = 3_600_000;
const oldestMs = 72 * hourMs;

/**
 * A letter that is to be asked for tonight; nobody else gets it.
 * @param gateway name of the one asked: another knows nothing of what this one was handed
 */
export async function claimWithoutReceipt({ audience, night }: Night, gateway: string): Promise<OutboxMessage | null> {
  const now = (await databaseTime()).getTime();
  const sentAt = { $gt: new Date(now - oldestMs).toISOString(), $lt: new Date(now - hourMs).toISOString() };
  return OutboxModel.findOneAndUpdate(
    { audience, gateway, status: 'sent', sentAt, reconciledOn: { $ne: night } },
    { $set: { reconciledOn: night } },
    { sort: { sentAt: 1 } },
  ).lean<OutboxMessage>();
}

/** Writes what was found: a receipt that was lost counts as if it came now, and what the gateway never had is for people. */
export async function recordFinding(
  night: Night,
  letter: Pick<OutboxMessage, '_id' | 'mark' | 'facility'>,
  finding: Finding,
  code?: string,
): Promise<void> {
  const { _id, mark, facility } = letter;
  const receipt = { ...(mark !== undefined && { mark }), ...(code !== undefined && { code }) };
  if (finding === 'delivered' || finding === 'failed')
    await applyReceipt({ ...receipt, delivered: finding === 'delivered' });
  if (finding === 'missing') {
    const endedAt = (await databaseTime()).toISOString();
    await OutboxModel.updateOne(
      { _id, status: 'sent' },
      { $set: { status: 'failed', reason: 'not-found', error: 'missing', endedAt } },
    );
  }
  await ReconciliationModel.updateOne({ _id: idOf(night) }, { $inc: { [`counts.${facility}.${finding}`]: 1 } });
}

export async function lastReconciliation(audience: Audience): Promise<Reconciliation | null> {
  return ReconciliationModel.findOne({ audience }).sort({ night: -1 }).lean<Reconciliation>();
}
