/**
 * The highest wait of an instance for which earlier messages and signals have been looked up. Written after the
 * look-up, so that a crash repeats it; without it every worker start would deliver old signals to long waits again.
 */
import mongoose from 'mongoose';
import { rowSchema } from '../db/schema.ts';

interface DeliveryWatermarkRow {
  /** Workflow id. */
  _id: string;
  /** Start of this run of the workflow id, as wait keys restart with it. */
  startedAt: string;
  /** Wait keys are increasing numbers. */
  upTo: number;
  at: Date;
}

/**
 * Without it the instance is looked up once more, as after a worker start: waiting messages are delivered, and signals
 * kept (a week) are recognised by id. So it may be removed before the instance.
 */
const keptSeconds = 30 * 86_400;

const schema = rowSchema<DeliveryWatermarkRow>({ startedAt: String, upTo: Number, at: Date });
schema.index({ at: 1 }, { expireAfterSeconds: keptSeconds });

export const DeliveryWatermarkModel = mongoose.model<DeliveryWatermarkRow>(
  'deliveryWatermarks',
  schema,
  'deliveryWatermarks',
);

/** @returns -1 when nothing was looked up yet */
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
