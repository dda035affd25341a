import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { long, rankOf } from '../support/longest-first.ts';

const root = resolve(import.meta.dirname, '../..');

test('the files that begin first are there, and come before all others', () => {
  expect(long.filter((name) => !existsSync(resolve(root, name)))).toEqual([]);
  expect(long.map((name) => rankOf(resolve(root, name)))).toEqual(long.map((_, place) => place));
  expect(rankOf(resolve(root, 'tests/scripts/longest-first.test.ts'))).toBe(long.length);
});
