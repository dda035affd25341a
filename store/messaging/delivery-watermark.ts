/**
 * Up to which wait of an instance was looked for messages and signals that came before its row. Written after the look, so that whoever
 * does it again after a crash looks again; without it every start of a worker would tell long waits of old signals anew.
 */
import mongoose from 'mongoose';
import { rowSchema } from '../db/schema.ts';

interface DeliveryWatermarkRow {
  /** Workflow id. */
  _id: string;
  /** Of this life of the id: keys of waits begin anew with each. */
  startedAt: string;
  /** Keys of waits count upwards. */
  upTo: number;
  at: Date;
}

/**
 * Without it the instance is looked at once more, as after a start of the worker: messages that wait for it are handed over, signals that
 * are still kept (a week) it knows by their ids. So it may go before the instance does.
 */
const keptSeconds = 30 * 86_400;

const schema = rowSchema<DeliveryWatermarkRow>({ startedAt: String, upTo: Number, at: Date });
schema.index({ at: 1 }, { expireAfterSeconds: keptSeconds });

export const DeliveryWatermarkModel = mongoose.model<DeliveryWatermarkRow>(
  'deliveryWatermarks',
  schema,
  'deliveryWatermarks',
);

/** @returns -1 when nothing was looked for yet */
export async function findDeliveryWatermark(instance: string, startedAt: string): Promise<number> {
  const row = await DeliveryWatermarkModel.findById(instance).lean<DeliveryWatermarkRow>();
  return row?.startedAt === startedAt ? row.upTo : -1;
}

export async function saveDeliveryWatermark(instance: string, startedAt: string, upTo: number): Promise<void> {
  await DeliveryWatermarkModel.updateOne(
    { _id: instance },
    { $set: { startedAt, upTo, at: new Date() } },
    { upsert: true },
  );
}

export async function removeDeliveryWatermark(instance: string): Promise<void> {
  await DeliveryWatermarkModel.deleteOne({ _id: instance });
}
