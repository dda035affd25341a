/** The journal of each instance (read model): one document per burst of steps, identified by the number of its first line. */
import mongoose from 'mongoose';
import { anyJson, isDuplicateKey, rowSchema } from '../db/schema.ts';
import { newerInserts, withoutUndefined } from './row-writing.ts';
import type { JournalRow } from './rows.ts';

/** `_id` = `<instance id>#<from>`. */
interface JournalBurst {
  _id: string;
  instance: string;
  /** Sequence number of the projection (store/runtime/projection.ts). */
  seq: number;
  /** Numbers of its first and last line. */
  from: number;
  to: number;
  lines: JournalRow[];
}

const schema = rowSchema<JournalBurst>({ instance: String, seq: Number, from: Number, to: Number, lines: anyJson });
schema.index({ instance: 1, from: 1 });

export const JournalModel = mongoose.model<JournalBurst>('journal', schema, 'journal');

/** Where lines exist already, newer ones are kept and older ones replaced. */
const insertNewer = newerInserts(JournalModel);

/**
 * Writes the lines of a burst. A repeated step starts at the same line, so its burst replaces the discarded one. Lines
 * written by the discarded step beyond it remain until the instance reports the number of its last line.
 * @param last number of the last line: later ones were discarded
 */
export async function writeJournal(instance: string, seq: number, lines: JournalRow[], last?: number): Promise<void> {
  const byNumber = new Map(lines.map((line) => [line.n, withoutUndefined(line)]));
  const sorted = [...byNumber.values()].sort((a, b) => a.n - b.n);
  const [first] = sorted;
  const to = sorted.at(-1)?.n ?? 0;
  if (first) await insertNewer({ _id: `${instance}#${first.n}`, instance, seq, from: first.n, to, lines: sorted });
  if (last !== undefined)
    await JournalModel.deleteMany({ instance, from: { $gt: Math.max(last, to) }, seq: { $lt: seq } });
}

/** @param afterN lines after this number, in order */
export async function listJournal(instance: string, afterN: number, limit: number): Promise<JournalRow[]> {
  // Bursts overlap only after a discarded step; otherwise this is one page.
  for (let bursts = limit; ; bursts *= 2) {
    const found = await JournalModel.find({ instance, to: { $gt: afterN } })
      .sort({ from: 1 })
      .limit(bursts)
      .lean<JournalBurst[]>();
    const lines = linesOf(found).filter((line) => line.n > afterN);
    if (lines.length >= limit || found.length < bursts) return lines.slice(0, limit);
  }
}

/** Each line once, in order; of two with the same number the one with the higher sequence number. */
function linesOf(bursts: JournalBurst[]): JournalRow[] {
  const lines = new Map<number, JournalRow>();
  for (const burst of [...bursts].sort((a, b) => a.seq - b.seq))
    for (const line of burst.lines) lines.set(line.n, line);
  return [...lines.values()].sort((a, b) => a.n - b.n);
}

/** Lines of these kinds, in order, at most the newest `limit`. */
export async function findJournalOfKinds(
  instance: string,
  kinds: readonly string[],
  limit: number,
): Promise<JournalRow[]> {
  const found = await JournalModel.find({ instance, 'lines.kind': { $in: [...kinds] } })
    .sort({ from: -1 })
    .limit(limit)
    .lean<JournalBurst[]>();
  return linesOf(found)
    .filter((line) => kinds.includes(line.kind))
    .slice(-limit);
}

/** Number of the last line of an instance; 0 without one. */
export async function lastJournalLine(instance: string): Promise<number> {
  const last = await JournalModel.findOne({ instance }, { to: 1 }).sort({ from: -1 }).lean<{ to: number }>();
  return last?.to ?? 0;
}

/** Whether an instance has received a message, according to its journal, which is written before an instance ends. */
export async function hasTakenMessage(instance: string, message: string): Promise<boolean> {
  const taken = { $elemMatch: { kind: 'event-fired', 'data.message': message } };
  return (await JournalModel.exists({ instance, lines: taken } as never)) !== null;
}

/**
 * Appends a line about an instance that has ended, once per `id` in its data.
 * @param seq lines with a lower sequence number do not replace it; absent: the number of the last line
 */
export async function addLineAfterEnd(
  instance: string,
  line: Pick<JournalRow, 'at' | 'kind' | 'element' | 'elementName'> & { data: { id: string; [more: string]: unknown } },
  seq = 0,
): Promise<void> {
  const same = { $elemMatch: { kind: line.kind, 'data.id': line.data.id } };
  for (;;) {
    if (await JournalModel.exists({ instance, lines: same } as never)) return;
    const last = await JournalModel.findOne({ instance }, { to: 1, seq: 1 })
      .sort({ from: -1 })
      .lean<{ to: number; seq: number }>();
    const n = (last?.to ?? 0) + 1;
    const burst = {
      _id: `${instance}#${n}`,
      instance,
      seq: Math.max(last?.seq ?? 0, seq),
      from: n,
      to: n,
      lines: [{ n, ...line }],
    };
    try {
      await JournalModel.collection.insertOne(burst as never);
      return;
    } catch (error) {
      // A concurrent writer used this number.
      if (!isDuplicateKey(error)) throw error;
    }
  }
}
