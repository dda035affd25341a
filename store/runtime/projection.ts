/**
 * Writes the rows a burst of steps changed. The sequence guards every row: a late one does nothing, a repeat changes nothing. Of two rows
 * with the same number the one written last stays. Rows are written before Temporal has taken the step they tell of: one that it does not
 * take (the worker died, a timer fired while the instance ended) is done again and may come out differently. That is seen by the number
 * that stood there before; whoever wrote then hands over all that is true.
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
 * Safe to repeat, in any order and from several places at once. A row that the database refuses for what it holds keeps no other from being
 * written; it is written without its free values where that is possible (reduced below).
 * @param refused told of each such row; absent: the refusal is thrown
 * @returns `other` when something else stood there than what `expectedSeqs` knows: all rows are wanted then (`resync`); `newer` when newer
 *   rows stay; `foreign` when rows of another facility or instance stand under these ids, which stay as they are
 */
export async function writeProjection(
  rows: Projection,
  refused?: (row: RefusedRow) => void,
): Promise<'other' | 'newer' | 'foreign' | undefined> {
  const { instance, journal, processRow } = rows;
  const collection = TaskModel.collection as unknown as Collection;
  const attempt = attempts(refused);
  await writePassages(rows);
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
  ]);
  if (tasks.length > 0 || isOwn === false || stood === 'foreign') return 'foreign';
  if (stood === undefined) {
    // Tasks and rows of its process are guarded by their own numbers, which new ones do not have.
    await closeIfEndedOutside(instance._id);
    return 'newer';
  }
  if (stood === 'refused') return undefined;
  return rows.expectedSeqs !== undefined && isUnexpected(rows.expectedSeqs, stood) ? 'other' : undefined;
}

export interface RefusedRow {
  kind: 'instance' | 'task' | 'journal' | 'process';
  id: string;
  /** What the database said. */
  cause: string;
}

type Attempt = <T>(
  row: Omit<RefusedRow, 'cause'>,
  write: () => Promise<T>,
  reduced?: () => Promise<T>,
) => Promise<T | 'refused'>;

/** Writes a row; one that is refused in its reduced form, if there is one and it is taken. */
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

/** @returns ids under which a row of another instance or facility stands */
async function writeTasks(collection: Collection, tasks: TaskRow[], attempt: Attempt): Promise<string[]> {
  try {
    return await replaceNewer(collection, tasks.map(storedTask));
  } catch (error) {
    if (!isRefusedWrite(error)) throw error;
  }
  // Each by itself, to find those it is about.
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

/** @param stood number of the row that was replaced; null when there was none */
function isUnexpected({ seqs, first = false }: ExpectedSeqs, stood: number | null): boolean {
  if (first && (stood ?? 0) <= Math.min(...seqs)) return false;
  return stood === null || !seqs.includes(stood);
}

/** An older row, and none of this very run that says that it was ended from outside. */
const notOver = (row: InstanceRow) => ({
  ...olderRow(row),
  ...(row.run !== undefined && { endedOutside: { $ne: row.run } }),
});

/** @returns number of the row that was replaced; null when there was none, undefined when a newer one stays */
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
