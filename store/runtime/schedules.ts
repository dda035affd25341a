/** Schedules of timer start events: next and last firing, failures, and who paused or triggered them (read model). */
import mongoose from 'mongoose';
import { anyJson, isDuplicateKey, rowSchema } from '../db/schema.ts';
import type { ScheduleJournalRow, ScheduleProjection, ScheduleRow } from './schedule-rows.ts';

const schema = rowSchema<ScheduleRow>({
  seq: Number,
  process: String,
  version: Number,
  id: String,
  element: String,
  elementName: String,
  facility: String,
  kind: String,
  expression: String,
  value: String,
  zone: String,
  from: String,
  dueAt: String,
  remaining: Number,
  fired: Number,
  owed: anyJson,
  paused: anyJson,
  leftOut: anyJson,
  failure: anyJson,
  last: anyJson,
  updatedAt: String,
});
schema.index({ process: 1, id: 1 });
schema.index({ 'failure.code': 1 });
export const ScheduleModel = mongoose.model<ScheduleRow>('schedules', schema, 'schedules');

const journalSchema = rowSchema<ScheduleJournalRow>({
  process: String,
  n: Number,
  at: String,
  schedule: String,
  kind: String,
  by: String,
  data: anyJson,
});
journalSchema.index({ process: 1, n: 1 });
export const ScheduleJournalModel = mongoose.model<ScheduleJournalRow>(
  'scheduleJournal',
  journalSchema,
  'scheduleJournal',
);

/** Writes all schedules of a definition; obsolete ones are removed. Idempotent; a late write has no effect. */
export async function writeSchedules({ process, seq, rows, journal }: ScheduleProjection): Promise<void> {
  const kept = rows.map((row) => row._id);
  await Promise.all([
    ...rows.map(({ _id, ...fields }) =>
      ScheduleModel.collection
        .updateOne({ _id, seq: { $lte: seq } } as never, { $set: fields }, { upsert: true })
        .catch(unlessNewer),
    ),
    ScheduleModel.collection.deleteMany({ process, seq: { $lt: seq }, _id: { $nin: kept as never[] } }),
    ...journal.map(({ _id, ...fields }) =>
      ScheduleJournalModel.collection.updateOne({ _id } as never, { $set: fields }, { upsert: true }),
    ),
  ]);
}

/** The row exists with a higher number: nothing to do. */
function unlessNewer(error: unknown): void {
  if (!isDuplicateKey(error)) throw error;
}

/** By id; of one definition, or of all. */
export async function listSchedules(process?: string): Promise<ScheduleRow[]> {
  return ScheduleModel.find(process === undefined ? {} : { process })
    .sort({ process: 1, id: 1 })
    .lean<ScheduleRow[]>();
}

export async function findSchedule(process: string, id: string): Promise<ScheduleRow | null> {
  return ScheduleModel.findById(`${process}/${id}`).lean<ScheduleRow>();
}

/** Lines before number `before`, newest first. */
export async function listScheduleJournal(
  process: string,
  before: number | undefined,
  limit: number,
): Promise<ScheduleJournalRow[]> {
  return ScheduleJournalModel.find({ process, ...(before !== undefined && { n: { $lt: before } }) })
    .sort({ n: -1 })
    .limit(limit)
    .lean<ScheduleJournalRow[]>();
}

/** Number of the last line; 0 without one. */
export async function lastScheduleLine(process: string): Promise<number> {
  const [last] = await listScheduleJournal(process, undefined, 1);
  return last?.n ?? 0;
}
