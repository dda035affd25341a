/** Job types of external workers: task queue and timeouts. Built-in types are not stored. */
import mongoose from 'mongoose';
import { anyJson, rowSchema } from '../db/schema.ts';

export interface JobTypeRow {
  /** The type as used in definitions, or `*` for all other types. */
  _id: string;
  taskQueue: string;
  /** Description for people. */
  description: string;
  /** Names of its outputs. */
  outputs?: string[];
  /** It reserves, pays or releases money. */
  movesMoney?: boolean;
  /** Durations are ISO 8601. */
  startToCloseTimeout?: string;
  heartbeatTimeout?: string;
  scheduleToStartTimeout?: string;
  updatedAt: string;
  /** Staff id. */
  updatedBy: string;
}

const schema = rowSchema<JobTypeRow>({
  taskQueue: String,
  description: String,
  outputs: anyJson,
  movesMoney: Boolean,
  startToCloseTimeout: String,
  heartbeatTimeout: String,
  scheduleToStartTimeout: String,
  updatedAt: String,
  updatedBy: String,
});

export const JobTypeModel = mongoose.model<JobTypeRow>('jobTypes', schema, 'jobTypes');

/** @returns whether it is new */
export async function saveJobType(row: JobTypeRow): Promise<boolean> {
  const { upsertedCount } = await JobTypeModel.replaceOne({ _id: row._id }, row, { upsert: true });
  return upsertedCount > 0;
}

export async function listJobTypes(): Promise<JobTypeRow[]> {
  return JobTypeModel.find().sort({ _id: 1 }).lean<JobTypeRow[]>();
}

/** The type's own row, otherwise that of `*`. */
export async function findJobType(type: string): Promise<JobTypeRow | null> {
  const rows = await JobTypeModel.find({ _id: { $in: [type, '*'] } }).lean<JobTypeRow[]>();
  return rows.find((row) => row._id === type) ?? rows[0] ?? null;
}

/** @returns whether it existed */
export async function removeJobType(type: string): Promise<boolean> {
  const { deletedCount } = await JobTypeModel.deleteOne({ _id: type });
  return deletedCount > 0;
}
