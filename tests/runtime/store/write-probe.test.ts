import mongoose from 'mongoose';
import { afterEach, expect, test, vi } from 'vitest';
import { probeStore } from '../../../store/db/write-probe.ts';
import { useOwnDatabase } from './database.ts';

useOwnDatabase();
afterEach(() => vi.restoreAllMocks());

const later = () => vi.spyOn(performance, 'now').mockReturnValue(performance.now() + 60_000);

test('a database that takes writes is ready; it is not written to at each question', async () => {
  await probeStore();
  const before = await mongoose.connection.db?.collection('probes').findOne();
  await probeStore();
  expect(await mongoose.connection.db?.collection('probes').findOne()).toEqual(before);
});

test('a database with a full disk is not ready, though it answers', async () => {
  later();
  const full = new mongoose.mongo.MongoServerError({ code: 14031, message: 'out of disk space' });
  vi.spyOn(mongoose.mongo.Collection.prototype, 'updateOne').mockRejectedValue(full);
  await expect(probeStore()).rejects.toBe(full);
});
