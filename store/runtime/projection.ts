/**
 * Writes the rows a burst of steps changed. The sequence guards every row: a late one does nothing, a repeat changes nothing. Of two rows
 * with the same number the one written last stays. Rows are written before Temporal has taken the step they tell of: one that it does not
 * take (the worker died, a timer fired while the instance ended) is done again and may come out differently. That is seen by the number
 * that stood there before; whoever wrote then hands over all that is true.
 */
import type mongoose from 'mongoose';
import { storeOf } from '../processes/index.ts';
import { InstanceModel, storedInstance } from './instances.ts';
import { writeJournal } from './journal.ts';
import {
  type Collection,
  duplicatesOf,
  foreignAmong,
  olderRow,
  type Row,
  replaceNewer,
  withoutUndefined,
} from './row-writing.ts';
import type { ExpectedSeqs, InstanceRow, Projection, Resync, TaskRow } from './rows.ts';
import { storedTask, TaskModel } from './tasks.ts';

/**
 * Safe to repeat, in any order and from several places at once.
 * @returns `other` when something else stood there than what `expectedSeqs` knows: all rows are wanted then (`resync`); `newer` when newer
 *   rows stay; `foreign` when rows of another facility or instance stand under these ids, which stay as they are
 */
export async function writeProjection(rows: Projection): Promise<'other' | 'newer' | 'foreign' | undefined> {
  const [stood, , tasks, , isOwn] = await Promise.all([
    replaceInstance(rows.instance),
    (rows.journal.length > 0 || rows.resync) &&
      writeJournal(rows.instance._id, rows.instance.seq, rows.journal, rows.resync?.lines),
    replaceNewer(TaskModel.collection as unknown as Collection, rows.tasks.map(storedTask)),
    rows.resync && removeDiscardedTasks(rows.instance._id, rows.tasks, rows.resync),
    rows.processRow && storeOf(rows.instance.process)?.write?.(rows.processRow),
  ]);
  if (tasks.length > 0 || isOwn === false || stood === 'foreign') return 'foreign';
  if (stood === undefined) return 'newer';
  return rows.expectedSeqs !== undefined && isUnexpected(rows.expectedSeqs, stood) ? 'other' : undefined;
}

/** @param stood number of the row that was replaced; null when there was none */
function isUnexpected({ seqs, first = false }: ExpectedSeqs, stood: number | null): boolean {
  if (first && (stood ?? 0) <= Math.min(...seqs)) return false;
  return stood === null || !seqs.includes(stood);
}

/** @returns number of the row that was replaced; null when there was none, undefined when a newer one stays */
async function replaceInstance(row: InstanceRow): Promise<number | null | undefined | 'foreign'> {
  const { _id: _, ...replacement } = withoutUndefined(storedInstance(row));
  const collection = InstanceModel.collection as unknown as Collection;
  const replace = (upsert: boolean) =>
    collection.findOneAndReplace(olderRow(row), replacement as unknown as Row, {
      upsert,
      returnDocument: 'before',
      projection: { seq: 1 },
    });
  try {
    return (await replace(true))?.seq ?? null;
  } catch (error) {
    duplicatesOf(error);
    // It was there: newer (then nothing is to be done) or just inserted by another writer (then the newer one must win).
    const stood = (await replace(false))?.seq;
    return stood === undefined && (await foreignAmong(collection, [row])).length > 0 ? 'foreign' : stood;
  }
}

/** Tasks that only a step opened which came out differently when it was done again. */
async function removeDiscardedTasks(instance: string, tasks: TaskRow[], resync: Resync): Promise<void> {
  const known = [...tasks.map((row) => row._id), ...resync.keep];
  await (TaskModel.collection as unknown as mongoose.Collection<TaskRow>).deleteMany({
    instance,
    seq: { $gt: resync.after, $lt: resync.before },
    _id: { $nin: known },
  });
}
