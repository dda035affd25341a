/**
 * Writes the rows changed by a burst of steps, guarded by a sequence number: late and repeated writes have no effect;
 * of two rows with the same number the last write wins. Rows are written before Temporal has committed the step. A step
 * that is not committed (the worker died, or a timer fired while the instance ended) is repeated, possibly with another
 * result. This is detected by the previous number in the row, and answered with a complete set of rows.
 */
import type mongoose from 'mongoose';
import { isRefusedWrite } from '../db/refused-write.ts';
import { storeOf } from '../processes/index.ts';
import { writePassages } from './element-passages.ts';
import { InstanceModel, storedInstance } from './instances.ts';
import { writeJournal } from './journal.ts';
import { closeIfEndedOutside } from './previous-run.ts';
import {
  type Collection,
  duplicatesOf,
  foreignAmong,
  olderRow,
  type Row,
  replaceNewer,
  withoutUndefined,
} from './row-writing.ts';
import type { ExpectedSeqs, InstanceRow, JournalRow, Projection, Resync, TaskRow } from './rows.ts';
import { storedTask, TaskModel } from './tasks.ts';

/**
 * Idempotent, in any order and from several places at once. A row that the database refuses because of its content does
 * not affect the others, and is written without its free-form values if possible (reduced below).
 * @param refused called for each such row; absent: the refusal is thrown
 * @returns `other` when a row had another number than `expectedSeqs` allows, so that all rows are needed (`resync`);
 * `newer` when newer rows exist; `foreign` when rows of another facility or instance have these ids, which are kept
 */
export async function writeProjection(
  rows: Projection,
  refused?: (row: RefusedRow) => void,
): Promise<'other' | 'newer' | 'foreign' | undefined> {
  const { instance, journal, processRow } = rows;
  const collection = TaskModel.collection as unknown as Collection;
  const attempt = attempts(refused);
  const [stood, , tasks, , isOwn] = await Promise.all([
    attempt(
      { kind: 'instance', id: instance._id },
      () => replaceInstance(instance),
      () => replaceInstance(withoutColumns(instance)),
    ),
    (journal.length > 0 || rows.resync) &&
      attempt(
        { kind: 'journal', id: instance._id },
        () => writeJournal(instance._id, instance.seq, journal, rows.resync?.lines),
        () => writeJournal(instance._id, instance.seq, journal.map(withoutData), rows.resync?.lines),
      ),
    writeTasks(collection, rows.tasks, attempt),
    rows.resync && removeDiscardedTasks(rows.instance._id, rows.tasks, rows.resync),
    processRow &&
      attempt({ kind: 'process', id: processRow._id }, async () => storeOf(instance.process)?.write?.(processRow)),
    writePassages(rows),
  ]);
  if (tasks.length > 0 || isOwn === false || stood === 'foreign') return 'foreign';
  if (stood === undefined) {
    // Tasks and process rows are guarded by their own numbers, which new ones do not have.
    await closeIfEndedOutside(instance._id);
    return 'newer';
  }
  if (stood === 'refused') return undefined;
  return rows.expectedSeqs !== undefined && isUnexpected(rows.expectedSeqs, stood) ? 'other' : undefined;
}

export interface RefusedRow {
  kind: 'instance' | 'task' | 'journal' | 'process';
  id: string;
  /** The database's message. */
  cause: string;
}

type Attempt = <T>(
  row: Omit<RefusedRow, 'cause'>,
  write: () => Promise<T>,
  reduced?: () => Promise<T>,
) => Promise<T | 'refused'>;

/** Writes a row; a refused one in its reduced form, if it has one. */
function attempts(refused: ((row: RefusedRow) => void) | undefined): Attempt {
  return async (row, write, reduced) => {
    try {
      return await write();
    } catch (error) {
      if (!refused || !isRefusedWrite(error)) throw error;
      refused({ ...row, cause: error instanceof Error ? error.message : String(error) });
    }
    try {
      return reduced ? await reduced() : 'refused';
    } catch (error) {
      if (!isRefusedWrite(error)) throw error;
      return 'refused';
    }
  };
}

const withoutColumns = <R extends InstanceRow | TaskRow>({ columns: _, columnKeys: __, ...row }: R): R => row as R;
const withoutData = ({ data, ...line }: JournalRow): JournalRow =>
  data === undefined ? line : { ...line, data: { unwritten: true } };

/** @returns ids that belong to a row of another instance or facility */
async function writeTasks(collection: Collection, tasks: TaskRow[], attempt: Attempt): Promise<string[]> {
  try {
    return await replaceNewer(collection, tasks.map(storedTask));
  } catch (error) {
    if (!isRefusedWrite(error)) throw error;
  }
  // One by one, to find those refused.
  const foreign: string[] = [];
  for (const row of tasks) {
    const write = (one: TaskRow) => replaceNewer(collection, [storedTask(one)]);
    const found = await attempt(
      { kind: 'task', id: row._id },
      () => write(row),
      () => write(withoutColumns(row)),
    );
    if (found !== 'refused') foreign.push(...found);
  }
  return foreign;
}

/** @param stood number of the replaced row; null when there was none */
function isUnexpected({ seqs, first = false }: ExpectedSeqs, stood: number | null): boolean {
  if (first && (stood ?? 0) <= Math.min(...seqs)) return false;
  return stood === null || !seqs.includes(stood);
}

/** An older row that does not record the external termination of this very run. */
const notOver = (row: InstanceRow) => ({
  ...olderRow(row),
  ...(row.run !== undefined && { endedOutside: { $ne: row.run } }),
});

/** @returns number of the replaced row; null when there was none, undefined when a newer one exists */
async function replaceInstance(row: InstanceRow): Promise<number | null | undefined | 'foreign'> {
  const { _id: _, ...replacement } = withoutUndefined(storedInstance(row));
  const collection = InstanceModel.collection as unknown as Collection;
  const replace = (upsert: boolean) =>
    collection.findOneAndReplace(notOver(row), replacement as unknown as Row, {
      upsert,
      returnDocument: 'before',
      projection: { seq: 1 },
    });
  try {
    return (await replace(true))?.seq ?? null;
  } catch (error) {
    duplicatesOf(error);
    // The row exists: newer (nothing to do) or just inserted by another writer (the newer one must win).
    const stood = (await replace(false))?.seq;
    return stood === undefined && (await foreignAmong(collection, [row])).length > 0 ? 'foreign' : stood;
  }
}

/** Tasks opened only by a discarded attempt of a step. */
async function removeDiscardedTasks(instance: string, tasks: TaskRow[], resync: Resync): Promise<void> {
  const known = [...tasks.map((row) => row._id), ...resync.keep];
  await (TaskModel.collection as unknown as mongoose.Collection<TaskRow>).deleteMany({
    instance,
    seq: { $gt: resync.after, $lt: resync.before },
    _id: { $nin: known },
  });
}
