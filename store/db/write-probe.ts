/**
 * Whether the database takes writes: one that answers reads may have a full disk or no majority, and then nothing goes on either. A small
 * document is written, at most once in some seconds however often this is asked.
 */
import mongoose from 'mongoose';

const everyMs = 5000;
const withinMs = 2000;

let last: { at: number; done: Promise<void> } | undefined;

/** Throws when the database does not answer, or does not keep what it is given. */
export function probeStore(): Promise<void> {
  const now = performance.now();
  if (!last || now - last.at > everyMs) last = { at: now, done: write() };
  return last.done;
}

async function write(): Promise<void> {
  const database = mongoose.connection.db;
  if (!database) {
    last = undefined;
    throw new Error('There is no connection to the database yet.');
  }
  await database
    .collection<{ _id: string; at: Date }>('probes')
    .updateOne(
      { _id: 'readiness' },
      { $set: { at: new Date() } },
      { upsert: true, writeConcern: { w: 'majority', journal: true, wtimeoutMS: withinMs } },
    );
}
