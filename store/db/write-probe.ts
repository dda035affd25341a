/**
 * Whether the database accepts writes: reads may still succeed with a full disk or without a majority. Writes a small
 * document, at most once every few seconds.
 */
import mongoose from 'mongoose';

const everyMs = 5000;
const withinMs = 2000;

let last: { at: number; done: Promise<void> } | undefined;

/** @throws when the database does not answer, or does not store the document */
export function probeStore(): Promise<void> {
  const now = performance.now();
  if (!last || now - last.at > everyMs) last = { at: now, done: write() };
  return last.done;
}

async function write(): Promise<void> {
  const database = mongoose.connection.db;
  if (!database) {
    last = undefined;
    throw new Error('The database is not connected yet.');
  }
  await database
    .collection<{ _id: string; at: Date }>('probes')
    .updateOne(
      { _id: 'readiness' },
      { $set: { at: new Date() } },
      { upsert: true, writeConcern: { w: 'majority', journal: true, wtimeoutMS: withinMs } },
    );
}
