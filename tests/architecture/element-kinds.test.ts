import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { supportedKinds } from '../../engine/index.ts';

const root = join(import.meta.dirname, '../..');
const fileOf = (kind: string): string => kind.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

describe('every element kind of the registry', () => {
  test.each(supportedKinds)('%s has a file that says what it does', (kind) => {
    expect(existsSync(join(root, 'engine/elements', `${fileOf(kind)}.ts`))).toBe(true);
  });

  test.each(supportedKinds)('%s has a file of tests', (kind) => {
    expect(existsSync(join(root, 'tests/engine/elements', `${fileOf(kind)}.test.ts`))).toBe(true);
  });
});

test('no file of tests is of a kind that does not exist', () => {
  const files = supportedKinds.map((kind) => `${fileOf(kind)}.test.ts`);
  expect(readdirSync(join(root, 'tests/engine/elements')).filter((file) => !files.includes(file))).toEqual([]);
});
