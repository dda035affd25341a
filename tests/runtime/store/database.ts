/** A database of its own for a test file, gone afterwards. */
import { randomUUID } from 'node:crypto';
import mongoose from 'mongoose';
import { afterAll, beforeAll, inject } from 'vitest';
import { connectStore, disconnectStore } from '../../../store/db/connection.ts';

export function ownDatabaseUri(): string {
  const uri = new URL(inject('mongodbUri'));
  uri.pathname = `/t${randomUUID().replaceAll('-', '').slice(0, 12)}`;
  return uri.toString();
}

export function useOwnDatabase(): void {
  beforeAll(async () => {
    await connectStore(ownDatabaseUri());
  });
  afterAll(async () => {
    await mongoose.connection.db?.dropDatabase();
    await disconnectStore();
  });
}
