/** What happened in each instance, in order (read model). */
import mongoose from 'mongoose';
import { anyJson, isDuplicateKey, rowSchema } from '../db/schema.ts';
import type { JournalRow } from './rows.ts';

const schema = rowSchema<JournalRow>({
  instance: String,
  n: Number,
  at: String,
  kind: String,
  element: String,
  elementName: String,
  key: String,
  by: anyJson,
  data: anyJson,
});
schema.index({ instance: 1, n: 1 });
schema.index({ instance: 1, kind: 1, key: 1, n: 1 });

export const JournalModel = mongoose.model<JournalRow>('journal', schema, 'journal');

/** Not the number of the writing (store/runtime/projection.ts). */
const told = { seq: 0 } as const;

/** @param afterN lines after this number, in order */
export async function listJournal(instance: string, afterN: number, limit: number): Promise<JournalRow[]> {
  return JournalModel.find({ instance, n: { $gt: afterN } }, told)
    .sort({ n: 1 })
    .limit(limit)
    .lean<JournalRow[]>();
}

/** The lines of these kinds, in order, at most `limit` of the newest. */
export async function findJournalOfKinds(
  instance: string,
  kinds: readonly string[],
  limit: number,
): Promise<JournalRow[]> {
  const rows = await JournalModel.find({ instance, kind: { $in: [...kinds] } }, told)
    .sort({ n: -1 })
    .limit(limit)
    .lean<JournalRow[]>();
  return rows.reverse();
}

/** Whether an instance took a message, as its journal tells: it is written before an instance ends. */
export async function tookMessage(instance: string, message: string): Promise<boolean> {
  const line = await JournalModel.exists({ instance, kind: 'event-fired', 'data.message': message });
  return line !== null;
}

/** A line about an instance that has ended, and so cannot write it itself. Once per `id` in its data. */
export async function addLineAfterEnd(
  instance: string,
  line: Pick<JournalRow, 'at' | 'kind' | 'element' | 'elementName'> & { data: { id: string; [more: string]: unknown } },
): Promise<void> {
  const kind = { instance, kind: line.kind, 'data.id': line.data.id };
  for (;;) {
    if (await JournalModel.exists(kind)) return;
    const last = await JournalModel.findOne({ instance }, { n: 1, seq: 1 })
      .sort({ n: -1 })
      .lean<{ n: number; seq?: number }>();
    const n = (last?.n ?? 0) + 1;
    try {
      await JournalModel.collection.insertOne({
        _id: `${instance}#${n}`,
        instance,
        n,
        ...line,
        seq: last?.seq ?? 0,
      } as never);
      return;
    } catch (error) {
      // Somebody else wrote a line with this number.
      if (!isDuplicateKey(error)) throw error;
    }
  }
}
