/** Results of conditional start events by request, so that a repeated request starts the same instances and no others. */
import mongoose from 'mongoose';
import { anyJson, isDuplicateKey, rowSchema } from '../db/schema.ts';

export interface ConditionAnswer {
  process: string;
  version: number;
  element: string;
  elementName: string;
}

export interface ConditionCheckRow {
  /** Digest of the person, the request and the idempotency key. */
  _id: string;
  at: string;
  by: string;
  facility: string;
  held: (ConditionAnswer & { businessKey: string })[];
  notHeld: (ConditionAnswer & { missing?: string })[];
  failed: (ConditionAnswer & { code: string; message: string })[];
}

const schema = rowSchema<ConditionCheckRow>({
  at: String,
  by: String,
  facility: String,
  held: anyJson,
  notHeld: anyJson,
  failed: anyJson,
});
schema.index({ at: -1 });
export const ConditionCheckModel = mongoose.model<ConditionCheckRow>('conditionChecks', schema, 'conditionChecks');

export async function findConditionCheck(id: string): Promise<ConditionCheckRow | null> {
  return ConditionCheckModel.findById(id).lean<ConditionCheckRow>();
}

/** @returns the result stored first under this id */
export async function saveConditionCheck(check: ConditionCheckRow): Promise<ConditionCheckRow> {
  try {
    await ConditionCheckModel.create(check);
    return check;
  } catch (error) {
    const first = isDuplicateKey(error) ? await findConditionCheck(check._id) : null;
    if (!first) throw error;
    return first;
  }
}
