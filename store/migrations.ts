/** Migrations of many instances: what was asked for, and one row per instance, so that a batch can be taken up again where it stopped. */
import mongoose from 'mongoose';
import { InstanceModel } from './instances.ts';
import { anyJson, rowSchema } from './schema.ts';

export type MigrationItemOutcome = 'pending' | 'possible' | 'migrated' | 'already' | 'refused' | 'ended';

export interface MigrationRow {
  /** Digest of who asked, what for and the idempotency key. */
  _id: string;
  process: string;
  fromVersion: number;
  toVersion: number;
  dryRun: boolean;
  total: number;
  startedAt: string;
  startedBy: string;
}

export interface MigrationItemRow {
  /** `<migration>#<instance>`. */
  _id: string;
  migration: string;
  instance: string;
  outcome: MigrationItemOutcome;
  /** Refusal code. */
  code?: string;
  /** Lines of the engine's report, as JSON text: element ids may hold dots. */
  report?: string;
}

const schema = rowSchema<MigrationRow>({
  process: String,
  fromVersion: Number,
  toVersion: Number,
  dryRun: Boolean,
  total: Number,
  startedAt: String,
  startedBy: String,
});
schema.index({ startedAt: -1 });
export const MigrationModel = mongoose.model<MigrationRow>('migrations', schema, 'migrations');

const itemSchema = rowSchema<MigrationItemRow>({
  migration: String,
  instance: String,
  outcome: String,
  code: String,
  report: anyJson,
});
itemSchema.index({ migration: 1, outcome: 1, instance: 1 });
itemSchema.index({ migration: 1, instance: 1 });
export const MigrationItemModel = mongoose.model<MigrationItemRow>('migrationItems', itemSchema, 'migrationItems');

export interface MigrationTargets {
  process: string;
  fromVersion: number;
  facilities?: string[];
  stage?: string;
  ids?: string[];
}

/** Running instances of a version, by id. */
export async function findMigrationTargets(search: MigrationTargets, limit: number): Promise<string[]> {
  const rows = await InstanceModel.find(
    {
      process: search.process,
      status: 'active',
      'definition.version': search.fromVersion,
      ...(search.facilities && { facility: { $in: search.facilities } }),
      ...(search.stage && { stage: search.stage }),
      ...(search.ids && { _id: { $in: search.ids } }),
    },
    { _id: 1 },
  )
    .sort({ _id: 1 })
    .limit(limit)
    .lean<{ _id: string }[]>();
  return rows.map((row) => row._id);
}

export async function findMigration(id: string): Promise<MigrationRow | null> {
  return MigrationModel.findById(id).lean<MigrationRow>();
}

/** Notes what is to be done. A repeat changes nothing: the instances are those of the first time. The batch's own row comes last. */
export async function openMigration(migration: MigrationRow, instances: string[]): Promise<void> {
  const items = instances.map((instance) => ({
    updateOne: {
      filter: { _id: `${migration._id}#${instance}` },
      update: { $setOnInsert: { migration: migration._id, instance, outcome: 'pending' as const } },
      upsert: true,
    },
  }));
  if (items.length > 0) await MigrationItemModel.bulkWrite(items, { ordered: false });
  const { _id, ...fields } = migration;
  await MigrationModel.updateOne({ _id }, { $setOnInsert: fields }, { upsert: true });
}

export async function pendingMigrationItems(migration: string, limit: number): Promise<string[]> {
  const rows = await MigrationItemModel.find({ migration, outcome: 'pending' }, { instance: 1 })
    .sort({ instance: 1 })
    .limit(limit)
    .lean<{ instance: string }[]>();
  return rows.map((row) => row.instance);
}

export async function saveMigrationItem(item: Omit<MigrationItemRow, '_id'>): Promise<void> {
  const { migration, instance, ...fields } = item;
  await MigrationItemModel.updateOne({ _id: `${migration}#${instance}` }, { $set: fields });
}

/** By instance. @param after the last instance of the page before */
export async function listMigrationItems(
  migration: string,
  after: string | undefined,
  limit: number,
): Promise<MigrationItemRow[]> {
  return MigrationItemModel.find({ migration, ...(after !== undefined && { instance: { $gt: after } }) })
    .sort({ instance: 1 })
    .limit(limit)
    .lean<MigrationItemRow[]>();
}

export async function countMigrationItems(migration: string): Promise<Partial<Record<MigrationItemOutcome, number>>> {
  const groups = await MigrationItemModel.aggregate<{ _id: MigrationItemOutcome; n: number }>([
    { $match: { migration } },
    { $group: { _id: '$outcome', n: { $sum: 1 } } },
  ]);
  return Object.fromEntries(groups.map(({ _id, n }) => [_id, n]));
}
