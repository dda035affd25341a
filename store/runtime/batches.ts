/** Batches: the request, and one item per instance, so that an interrupted batch is resumed. */
import mongoose from 'mongoose';
import { anyJson, rowSchema } from '../db/schema.ts';

export type BatchKind = 'migrate' | 'modify' | 'retry' | 'skip' | 'cancel' | 'variables';
/** `watched`: acted on, outcome not known yet. */
export type BatchOutcome =
  | 'pending'
  | 'watched'
  | 'possible'
  | 'done'
  | 'stopped'
  | 'underway'
  | 'already'
  | 'refused'
  | 'ended'
  | 'failed';

export interface BatchRow {
  /** Digest of the person, the request and the idempotency key. */
  _id: string;
  kind: BatchKind;
  /** Absent: all processes, or versions. */
  process?: string;
  version?: number;
  /** Facility of the instances; absent: all. */
  facility?: string;
  /** For a migration. */
  toVersion?: number;
  /** Hash of the plan of that version. */
  toHash?: string;
  /** Options of the migration, instructions of the modification, or parameters of the act, as JSON text: element ids may contain dots. */
  payload: string;
  /** The filter, as JSON text. */
  filter?: string;
  dryRun: boolean;
  total: number;
  startedAt: string;
  startedBy: string;
  /** Role under which it was created. */
  role: string;
  /** Who stopped it, and when. */
  stopped?: { at: string; by: string };
}

export interface BatchItemRow {
  /** `<batch>#<instance>`. */
  _id: string;
  batch: string;
  instance: string;
  outcome: BatchOutcome;
  /** Number of unanswered attempts; instances that answer come first. */
  tries: number;
  /** Refusal code. */
  code?: string;
  /** Report lines, as JSON text. */
  report?: string;
  /** Incidents at the time of the act, as JSON text, so that a repeat acts on the same ones. */
  before?: string;
  /** Of a watched item: when its current state is taken as the outcome. */
  watchedUntil?: string;
}

const schema = rowSchema<BatchRow>({
  kind: String,
  process: String,
  version: Number,
  facility: String,
  toVersion: Number,
  toHash: String,
  payload: String,
  filter: String,
  dryRun: Boolean,
  total: Number,
  startedAt: String,
  startedBy: String,
  role: String,
  stopped: anyJson,
});
schema.index({ startedAt: -1, _id: -1 });
schema.index({ facility: 1, startedAt: -1, _id: -1 });
export const BatchModel = mongoose.model<BatchRow>('batches', schema, 'batches');

const itemSchema = rowSchema<BatchItemRow>({
  batch: String,
  instance: String,
  outcome: String,
  tries: Number,
  code: String,
  report: String,
  before: String,
  watchedUntil: String,
});
itemSchema.index({ batch: 1, outcome: 1, tries: 1, instance: 1 });
itemSchema.index({ batch: 1, instance: 1 });
export const BatchItemModel = mongoose.model<BatchItemRow>('batchItems', itemSchema, 'batchItems');

export async function findBatch(id: string): Promise<BatchRow | null> {
  return BatchModel.findById(id).lean<BatchRow>();
}

/**
 * Newest first.
 * @param facilities only batches over one of these; absent: all
 * @param before position where the previous page ended
 */
export async function listBatches(
  facilities: readonly string[] | undefined,
  before: { at: string; id: string } | undefined,
  limit: number,
): Promise<BatchRow[]> {
  const older = before && {
    $or: [{ startedAt: { $lt: before.at } }, { startedAt: before.at, _id: { $lt: before.id } }],
  };
  return BatchModel.find({ ...(facilities && { facility: { $in: [...facilities] } }), ...older })
    .sort({ startedAt: -1, _id: -1 })
    .limit(limit)
    .lean<BatchRow[]>();
}

/** Creates a batch with its items. A repeat changes nothing: the items are those of the first time. The batch's own row is written last. */
export async function openBatch(batch: BatchRow, instances: string[]): Promise<void> {
  const items = instances.map((instance) => ({
    updateOne: {
      filter: { _id: `${batch._id}#${instance}` },
      update: { $setOnInsert: { batch: batch._id, instance, outcome: 'pending' as const, tries: 0 } },
      upsert: true,
    },
  }));
  if (items.length > 0) await BatchItemModel.bulkWrite(items, { ordered: false });
  const { _id, ...fields } = batch;
  await BatchModel.updateOne({ _id }, { $setOnInsert: fields }, { upsert: true });
}

/** @returns whether this call stopped it */
export async function stopBatch(id: string, stopped: NonNullable<BatchRow['stopped']>): Promise<boolean> {
  const { modifiedCount } = await BatchModel.updateOne({ _id: id, stopped: { $exists: false } }, { $set: { stopped } });
  return modifiedCount === 1;
}

/** @returns whether it was stopped and continues now */
export async function resumeBatch(id: string): Promise<boolean> {
  const { modifiedCount } = await BatchModel.updateOne(
    { _id: id, stopped: { $exists: true } },
    { $unset: { stopped: '' } },
  );
  return modifiedCount === 1;
}

export async function openBatchItems(
  batch: string,
  outcome: 'pending' | 'watched',
  limit: number,
): Promise<BatchItemRow[]> {
  return BatchItemModel.find({ batch, outcome }).sort({ tries: 1, instance: 1 }).limit(limit).lean<BatchItemRow[]>();
}

/** @returns number of unanswered attempts */
export async function countTry(batch: string, instance: string): Promise<number> {
  const row = await BatchItemModel.findOneAndUpdate(
    { _id: `${batch}#${instance}` },
    { $inc: { tries: 1 } },
    { returnDocument: 'after' },
  ).lean<BatchItemRow>();
  return row?.tries ?? 0;
}

export async function saveBatchItem(
  { batch, instance }: Pick<BatchItemRow, 'batch' | 'instance'>,
  fields: BatchItemFields,
) {
  await BatchItemModel.updateOne({ _id: `${batch}#${instance}` }, { $set: fields });
}

export type BatchItemFields = Partial<Omit<BatchItemRow, '_id' | 'batch' | 'instance' | 'tries'>>;

/**
 * By instance.
 * @param after the last instance of the previous page
 */
export async function listBatchItems(
  batch: string,
  outcome: BatchOutcome | undefined,
  after: string | undefined,
  limit: number,
): Promise<BatchItemRow[]> {
  return BatchItemModel.find({
    batch,
    ...(outcome && { outcome }),
    ...(after !== undefined && { instance: { $gt: after } }),
  })
    .sort({ instance: 1 })
    .limit(limit)
    .lean<BatchItemRow[]>();
}

export async function countBatchItems(batches: string[]): Promise<Map<string, Partial<Record<BatchOutcome, number>>>> {
  const groups = await BatchItemModel.aggregate<{ _id: { batch: string; outcome: BatchOutcome }; n: number }>([
    { $match: { batch: { $in: batches } } },
    { $group: { _id: { batch: '$batch', outcome: '$outcome' }, n: { $sum: 1 } } },
  ]);
  const counts = new Map<string, Partial<Record<BatchOutcome, number>>>();
  for (const { _id, n } of groups) counts.set(_id.batch, { ...counts.get(_id.batch), [_id.outcome]: n });
  return counts;
}
