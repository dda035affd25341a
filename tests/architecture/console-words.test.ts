/** The catalogue of the console holds no word that no page uses; that both languages have the same is checked beside it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { zh } from '../../web/src/words/zh/index.ts';

const folder = join(import.meta.dirname, '../../web/src');

test('every word of the console is used by a page', () => {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (name) => /\.tsx?$/.test(name) && !name.startsWith('words'),
  );
  const sources = files.map((name) => readFileSync(join(folder, name), 'utf8')).join('\n');
  // Where the end of a key is a value of data: t(`status.${status}`).
  const beginnings = [...sources.matchAll(/t\(`([\w.]+)\$\{/g)].map(([, beginning = '']) => beginning);
  const isUsed = (key: string) => sources.includes(`'${key}'`) || beginnings.some((one) => key.startsWith(one));
  expect(Object.keys(zh).filter((key) => !isUsed(key))).toEqual([]);
});
