/**
 * Marks a database created by a local start: an id stored both in the database and on the machine. Only such a database
 * may hold invented people and run processes faster than real time; a copy elsewhere does not qualify.
 */
import mongoose from 'mongoose';
import { insertOnce, rowSchema } from './schema.ts';

interface DatabaseMark {
  _id: string;
  /** The id stored on the machine. */
  madeBy: string;
  at: string;
}

export const DatabaseMarkModel = mongoose.model<DatabaseMark>(
  'databaseMark',
  rowSchema<DatabaseMark>({ madeBy: String, at: String }),
  'databaseMark',
);

const only = 'mark';

/** @param id of the database created by this machine; absent: it has created none */
export async function isOwnDatabase(id: string | undefined): Promise<boolean> {
  if (id === undefined) return false;
  return (await DatabaseMarkModel.exists({ _id: only, madeBy: id })) !== null;
}

/** Whether any local start has created it, so that it holds invented people. */
export async function isMadeLocally(): Promise<boolean> {
  return (await DatabaseMarkModel.exists({ _id: only })) !== null;
}

/**
 * Marks an empty database.
 * @returns whether it is now marked as this machine's own
 */
export async function claimDatabase(id: string): Promise<boolean> {
  if (await isOwnDatabase(id)) return true;
  if (!(await isEmpty())) return false;
  const mark = { _id: only, madeBy: id, at: new Date().toISOString() };
  return (await insertOnce(DatabaseMarkModel, mark)) || isOwnDatabase(id);
}

/** Every database in use has one of these; worker and API may write other collections as soon as they start. */
const telling = ['staff', 'definitions', 'instances', 'journal', 'audit'];

async function isEmpty(): Promise<boolean> {
  const database = mongoose.connection.db;
  if (!database) throw new mongoose.mongo.MongoNotConnectedError('The database is not connected yet.');
  const found = await Promise.all(telling.map((name) => database.collection(name).findOne({})));
  return found.every((document) => document === null);
}
