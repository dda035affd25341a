/** Writing rows guarded by their sequence: a late one does nothing, a repeat changes nothing. */
import mongoose from 'mongoose';

export type Row = { _id: string; seq: number };
/** The driver's own collection: rows come typed from the runtime, and casting them again costs the worker more than writing. */
export type Collection = mongoose.Collection<Row>;

/** Puts each row in the place of an older one. */
export async function replaceNewer(collection: Collection, rows: Row[]): Promise<void> {
  if (rows.length === 0) return;
  const replace = (row: Row, upsert: boolean) => {
    const { _id, ...replacement } = withoutUndefined(row);
    return { replaceOne: { filter: { _id, seq: { $lte: row.seq } }, replacement: replacement as Row, upsert } };
  };
  const refused = await collection
    .bulkWrite(
      newestOfEach(rows).map((row) => replace(row, true)),
      { ordered: false },
    )
    .then(() => [], duplicatesOf);
  // The row was there: newer (then nothing is to be done) or just inserted by another writer (then the newer one must win).
  const again = refused.map((index) => newestOfEach(rows)[index]).filter((row) => row !== undefined);
  if (again.length > 0)
    await collection.bulkWrite(
      again.map((row) => replace(row, false)),
      { ordered: false },
    );
}

/**
 * Sets the fields of a row in a document that holds more than these, and removes those the row no longer has.
 * @param optional fields that may be absent
 */
export async function updateNewer<R extends Row>(
  collection: Collection,
  row: R,
  optional: readonly (keyof R & string)[],
): Promise<void> {
  const { _id, ...set } = withoutUndefined(row);
  const gone = optional.filter((field) => row[field] === undefined);
  const update = {
    $set: set,
    ...(gone.length > 0 && { $unset: Object.fromEntries(gone.map((field) => [field, ''])) }),
  };
  const filter = { _id, seq: { $lte: row.seq } };
  await collection.updateOne(filter, update as never, { upsert: true }).catch(async (error: unknown) => {
    duplicatesOf(error);
    await collection.updateOne(filter, update as never);
  });
}

function newestOfEach(rows: Row[]): Row[] {
  const newest = new Map<string, Row>();
  for (const row of rows)
    if ((newest.get(row._id)?.seq ?? Number.NEGATIVE_INFINITY) <= row.seq) newest.set(row._id, row);
  return [...newest.values()];
}

/** The positions of the operations that met an existing id; any other failure is thrown on. */
export function duplicatesOf(error: unknown): number[] {
  if (error instanceof mongoose.mongo.MongoBulkWriteError) {
    const errors = [error.writeErrors].flat();
    // A lost connection comes as a bulk error too, with no write errors in it.
    if (errors.length > 0 && errors.every((one) => one.code === 11000)) return errors.map((one) => one.index);
  } else if (error instanceof mongoose.mongo.MongoServerError && error.code === 11000) return [0];
  throw error;
}

export function withoutUndefined<T extends object>(row: T): T {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined)) as T;
}
