/** The database's clock, shared by all programs. */
import mongoose from 'mongoose';

export async function databaseTime(): Promise<Date> {
  const database = mongoose.connection.db;
  if (!database) throw new mongoose.mongo.MongoNotConnectedError('The database is not connected yet.');
  const { localTime } = await database.command({ hello: 1 });
  return localTime instanceof Date ? localTime : new Date(String(localTime));
}
