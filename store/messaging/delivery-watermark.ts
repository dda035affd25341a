/**
 * Up to which wait of an instance was looked for messages and signals that came before its row. Written after the look, so that whoever
 * does it again after a crash looks again; without it every start of a worker would tell long waits of old signals anew.
 */
import mongoose from 'mongoose';
import { rowSchema } from '../db/schema.ts';

interface LookedRow {
  /** Workflow id. */
  _id: string;
  /** Of this life of the id: keys of waits begin anew with each. */
  startedAt: string;
  /** Keys of waits count upwards. */
  upTo: number;
}

const schema = rowSchema<LookedRow>({ startedAt: String, upTo: Number });

export const LookedModel = mongoose.model<LookedRow>('looked', schema, 'looked');

/** @returns -1 when nothing was looked for yet */
export async function findLooked(instance: string, startedAt: string): Promise<number> {
  const row = await LookedModel.findById(instance).lean<LookedRow>();
  return row?.startedAt === startedAt ? row.upTo : -1;
}

export async function saveLooked(instance: string, startedAt: string, upTo: number): Promise<void> {
  await LookedModel.updateOne({ _id: instance }, { $set: { startedAt, upTo } }, { upsert: true });
}

export async function forgetLooked(instance: string): Promise<void> {
  await LookedModel.deleteOne({ _id: instance });
}
