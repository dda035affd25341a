/** No catalogue holds a word that no page uses, or one that only the studio uses; that both languages have the same is checked beside it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { expect, test } from 'vitest';
import { studioCatalogues } from '../../web/src/words/studio-catalogue.ts';
import { zh } from '../../web/src/words/zh/index.ts';

const folder = join(import.meta.dirname, '../../web/src');
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
  (name) => /\.tsx?$/.test(name) && !name.startsWith(`words${sep}`),
);
const inStudio = (name: string) => name.startsWith(`studio${sep}`);

function unusedIn(names: string[], catalogue: object): string[] {
  const sources = names.map((name) => readFileSync(join(folder, name), 'utf8')).join('\n');
  // Where the end of a key is a value of data: t(`status.${status}`).
  const beginnings = [...sources.matchAll(/t\(`([\w.]+)\$\{/g)].map(([, beginning = '']) => beginning);
  const isUsed = (key: string) => sources.includes(`'${key}'`) || beginnings.some((one) => key.startsWith(one));
  return Object.keys(catalogue).filter((key) => !isUsed(key));
}

test('every word of the console is used outside of the studio', () => {
  expect(
    unusedIn(
      files.filter((name) => !inStudio(name)),
      zh,
    ),
  ).toEqual([]);
});

test('every word of the studio is used in the studio', () => {
  expect(unusedIn(files.filter(inStudio), studioCatalogues.zh)).toEqual([]);
});
