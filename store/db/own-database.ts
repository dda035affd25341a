/**
 * The mark of a database that a local start has made itself: an id that stands in the database and on the machine that made it. Only there
 * are invented people put in, and only there may processes run faster than time. A copy of the database elsewhere is not such a one.
 */
import mongoose from 'mongoose';
import { insertOnce, rowSchema } from './schema.ts';

interface DatabaseMark {
  _id: string;
  /** As the machine that made it knows it. */
  madeBy: string;
  at: string;
}

export const DatabaseMarkModel = mongoose.model<DatabaseMark>(
  'databaseMark',
  rowSchema<DatabaseMark>({ madeBy: String, at: String }),
  'databaseMark',
);

const only = 'mark';

/** @param id as this machine knows the database it made; absent: it made none */
export async function isOwnDatabase(id: string | undefined): Promise<boolean> {
  if (id === undefined) return false;
  return (await DatabaseMarkModel.exists({ _id: only, madeBy: id })) !== null;
}

/** Whether any local start has made it: there are invented people in it. */
export async function isMadeLocally(): Promise<boolean> {
  return (await DatabaseMarkModel.exists({ _id: only })) !== null;
}

/** Marks a database in which nothing is yet. @returns whether it is one's own now */
export async function claimDatabase(id: string): Promise<boolean> {
  if (await isOwnDatabase(id)) return true;
  if (!(await isEmpty())) return false;
  const mark = { _id: only, madeBy: id, at: new Date().toISOString() };
  return (await insertOnce(DatabaseMarkModel, mark)) || isOwnDatabase(id);
}

/** What a database in use has in any case; worker and API may write other things as soon as they start. */
const telling = ['staff', 'definitions', 'instances', 'journal', 'audit'];

async function isEmpty(): Promise<boolean> {
  const database = mongoose.connection.db;
  if (!database) throw new mongoose.mongo.MongoNotConnectedError('There is no connection to the database yet.');
  const found = await Promise.all(telling.map((name) => database.collection(name).findOne({})));
  return found.every((document) => document === null);
}
