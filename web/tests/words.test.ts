import { expect, test } from 'vitest';
import { en as consoleEnglish } from '../src/words/en/index.ts';
import { studioCatalogues } from '../src/words/studio-catalogue.ts';
import { zh as consoleChinese } from '../src/words/zh/index.ts';

const zh = { ...consoleChinese, ...studioCatalogues.zh };
const en = { ...consoleEnglish, ...studioCatalogues.en };

const holes = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

test('both languages have the same words with the same values in them', () => {
  const shapeOf = (catalogue: Record<string, string>) =>
    Object.fromEntries(Object.entries(catalogue).map(([key, text]) => [key, holes(text)]));
  expect(shapeOf(en)).toEqual(shapeOf(zh));
});

test('Chinese words are Chinese, English ones are not', () => {
  const foreign = ['common.about', 'language.other', 'common.none', 'case.openTemporal'];
  const han = /\p{Script=Han}/u;
  for (const [key, text] of Object.entries(zh)) if (!foreign.includes(key)) expect(text, key).toMatch(han);
  for (const [key, text] of Object.entries(en)) if (!foreign.includes(key)) expect(text, key).not.toMatch(han);
});
