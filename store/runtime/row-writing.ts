/** Writes rows guarded by sequence number (late and repeated writes have no effect) and by owner: a row keeps its facility and instance. */
import mongoose from 'mongoose';
import { grouped } from '../db/grouped.ts';

export type Row = { _id: string; seq: number; facility: string; instance?: string };
/** The native driver's collection: rows are typed by the runtime, and casting them again would cost more than writing. */
export type Collection = mongoose.Collection<Row>;

/** Condition of an older row of the same instance. */
export const olderRow = ({ _id, seq, facility, instance }: Row) => ({
  _id,
  seq: { $lte: seq },
  facility,
  ...(instance !== undefined && { instance }),
});

/**
 * Replaces each older row.
 * @returns ids of rows of another instance or facility, which are kept
 */
export async function replaceNewer(collection: Collection, rows: Row[]): Promise<string[]> {
  if (rows.length === 0) return [];
  const replace = (row: Row, upsert: boolean) => {
    const { _id: _, ...replacement } = withoutUndefined(row);
    return { replaceOne: { filter: olderRow(row), replacement: replacement as Row, upsert } };
  };
  const refused = await collection
    .bulkWrite(
      newestOfEach(rows).map((row) => replace(row, true)),
      { ordered: false },
    )
    .then(() => [], duplicatesOf);
  // The row exists: newer (nothing to do) or just inserted by another writer (the newer one must win).
  const again = refused.map((index) => newestOfEach(rows)[index]).filter((row) => row !== undefined);
  if (again.length === 0) return [];
  await collection.bulkWrite(
    again.map((row) => replace(row, false)),
    { ordered: false },
  );
  return foreignAmong(collection, again);
}

/** Those of the rows whose id belongs to another instance or facility. */
export async function foreignAmong(collection: Collection, rows: Row[]): Promise<string[]> {
  const own = new Map(rows.map((row) => [row._id, row]));
  const found = await collection
    .find({ _id: { $in: [...own.keys()] } }, { projection: { facility: 1, instance: 1 } })
    .toArray();
  return found.filter((one) => isForeign(one, own.get(one._id))).map((one) => one._id);
}

const isForeign = (stands: Partial<Row>, row: Row | undefined): boolean =>
  stands.facility !== row?.facility || (stands.instance !== undefined && stands.instance !== row?.instance);

/**
 * Sets the fields of a row within a larger document, and removes those the row no longer has.
 * @param optional fields that may be absent
 * @returns false when the document belongs to another instance or facility, and is kept
 */
export async function updateNewer<R extends Row>(
  collection: Collection,
  row: R,
  optional: readonly (keyof R & string)[],
): Promise<boolean> {
  const { _id, ...set } = withoutUndefined(row);
  const gone = optional.filter((field) => row[field] === undefined);
  const update = {
    $set: set,
    ...(gone.length > 0 && { $unset: Object.fromEntries(gone.map((field) => [field, ''])) }),
  };
  // The document may be older than its instance.
  const filter = { _id, seq: { $lte: row.seq }, facility: row.facility, instance: { $in: [row.instance, null] } };
  try {
    await collection.updateOne(filter as never, update as never, { upsert: true });
    return true;
  } catch (error) {
    duplicatesOf(error);
    await collection.updateOne(filter as never, update as never);
    return (await foreignAmong(collection, [row])).length === 0;
  }
}

/**
 * Inserts documents that usually do not exist yet. Concurrent inserts share one command.
 * @returns inserts one document; whether it was new: an existing one is kept
 */
export function groupedInserts<D extends { _id: string }>(model: mongoose.Model<D>): (document: D) => Promise<boolean> {
  const collection = model.collection as unknown as mongoose.Collection<{ _id: string }>;
  return grouped(async (documents: D[]): Promise<boolean[]> => {
    const known: number[] = await collection
      .insertMany(documents as { _id: string }[], { ordered: false })
      .then(() => [], duplicatesOf);
    return documents.map((_, index) => !known.includes(index));
  });
}

/**
 * Inserts documents that usually do not exist yet; an older one is replaced.
 * @returns writes one document; resolves when it is written or a newer one exists
 */
export function newerInserts<D extends { _id: string; seq: number }>(
  model: mongoose.Model<D>,
): (document: D) => Promise<void> {
  const collection = model.collection as unknown as mongoose.Collection<{ _id: string; seq: number }>;
  const isNew = groupedInserts(model);
  return async (document) => {
    if (await isNew(document)) return;
    const { _id, ...replacement } = document;
    await collection.replaceOne({ _id, seq: { $lte: document.seq } }, replacement);
  };
}

function newestOfEach(rows: Row[]): Row[] {
  const newest = new Map<string, Row>();
  for (const row of rows)
    if ((newest.get(row._id)?.seq ?? Number.NEGATIVE_INFINITY) <= row.seq) newest.set(row._id, row);
  return [...newest.values()];
}

/** Indexes of operations with an existing id; other failures are rethrown. */
export function duplicatesOf(error: unknown): number[] {
  if (error instanceof mongoose.mongo.MongoBulkWriteError) {
    const errors = [error.writeErrors].flat();
    // A lost connection is reported as a bulk error too, without write errors.
    if (errors.length > 0 && errors.every((one) => one.code === 11000)) return errors.map((one) => one.index);
  } else if (error instanceof mongoose.mongo.MongoServerError && error.code === 11000) return [0];
  throw error;
}

export function withoutUndefined<T extends object>(row: T): T {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined)) as T;
}
