import { expect, test } from 'vitest';
import { en as consoleEnglish } from '../src/words/en/index.ts';
import { translator } from '../src/words/index.ts';
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
  // Names, the other language, and what is only signs.
  const foreign = ['common.about', 'language.other', 'common.none', 'case.openTemporal', 'instances.column'];
  const han = /\p{Script=Han}/u;
  for (const [key, text] of Object.entries(zh)) if (!foreign.includes(key)) expect(text, key).toMatch(han);
  for (const [key, text] of Object.entries(en)) if (!foreign.includes(key)) expect(text, key).not.toMatch(han);
});

test('every plural is of a value that its text is given', () => {
  for (const [key, text] of Object.entries(en))
    for (const [, name] of text.matchAll(/\{(\w+):[^{}]*\|[^{}]*\}/g)) expect(holes(text), key).toContain(name);
});

test('a word after a number is in the singular or the plural', () => {
  const t = translator<typeof consoleChinese>(consoleEnglish);
  expect(t('bulk.meant', { n: 1 })).toBe('1 instance');
  expect(t('bulk.meant', { n: 0 })).toBe('0 instances');
  expect(t('bulk.meant', { n: '1,200' })).toBe('1,200 instances');
  expect(t('patients.written', { n: 12, parked: 1 })).toBe(
    '12 rows imported. 1 refers to an unknown patient and is on hold.',
  );
});
