/** Once the store is connected, each collection has the indexes that its schema declares. */
import { join, resolve } from 'node:path';
import mongoose from 'mongoose';
import { beforeAll, expect, test } from 'vitest';
import { sourceFiles } from '../../architecture/imports.ts';
import { useOwnDatabase } from './database.ts';

const root = resolve(import.meta.dirname, '../../..');
const storeFiles = sourceFiles(root).filter((path) => path.startsWith('store/'));

useOwnDatabase();
beforeAll(async () => {
  for (const path of storeFiles) await import(join(root, path));
});

test('makes the indexes of every model in store/', async () => {
  const models = Object.values(mongoose.models).filter((model) => model.schema.indexes().length > 0);
  expect(models.length).toBeGreaterThan(20);
  const missing = await Promise.all(
    models.map(async (model) => [model.modelName, (await model.diffIndexes()).toCreate]),
  );
  expect(missing.filter(([, toCreate]) => toCreate?.length !== 0)).toEqual([]);
});
