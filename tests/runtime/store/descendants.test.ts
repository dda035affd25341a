/** A root is followed by so many instances a day and no more. */
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { admitDescendants, countHeld, isLineageFull } from '../../../store/runtime/descendants.ts';
import { useOwnDatabase } from './database.ts';

useOwnDatabase();

const aRoot = (): string => `order/${randomUUID()}`;

test('as many are admitted as the limit leaves, and refused ones are not counted', async () => {
  const root = aRoot();
  expect(await admitDescendants(root, 3, 5)).toBe(3);
  expect(await admitDescendants(root, 4, 5)).toBe(2);
  expect(await admitDescendants(root, 1, 5)).toBe(0);
  expect(await admitDescendants(root, 4, 6)).toBe(1);
});

test('each root has a count of its own', async () => {
  expect(await admitDescendants(aRoot(), 5, 5)).toBe(5);
  expect(await admitDescendants(aRoot(), 5, 5)).toBe(5);
});

test('of many at once no more are admitted than the limit', async () => {
  const root = aRoot();
  const admitted = await Promise.all(Array.from({ length: 30 }, () => admitDescendants(root, 1, 10)));
  expect(admitted.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(10);
  expect(await admitDescendants(root, 30, 30)).toBeGreaterThanOrEqual(20);
});

test('a lineage is full when the limit is reached and a hundred instances show it, until the limit is raised', async () => {
  const root = aRoot();
  await admitDescendants(root, 5, 5);
  expect(await isLineageFull(root, 5)).toBe(false);
  for (let n = 0; n < 100; n++) await countHeld(root);
  expect(await isLineageFull(root, 5)).toBe(true);
  expect(await isLineageFull(root, 6)).toBe(false);
  expect(await isLineageFull(aRoot(), 5)).toBe(false);
});
