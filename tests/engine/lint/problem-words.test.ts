/** Every problem that a check of a diagram reports is worded in Chinese, too. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ourRules } from '../../../engine/lint/plugin.ts';
import { inChinese, problemsInChinese } from '../../../engine/lint/problem-words.ts';
import { recommended } from '../../../engine/lint/recommended.ts';

const root = join(import.meta.dirname, '../../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const folders = [
  'engine/compile',
  'engine/lint',
  'engine/dmn',
  'engine/analysis',
  'engine/feel',
  'api/resources/definitions',
];
const sources = folders.flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.includes('chinese'))
    .map((name) => read(join(folder, name))),
);

/** As the compiler's report takes them: after what it stands at. */
const reported = /\b(?:error|warning)\(\s*[\w.()?]+,\s*'([a-z][a-z-]+)'/g;
const codes = new Set([
  ...ourRules.map(({ code }) => code),
  ...Object.keys(recommended),
  ...[...read('docs/constraints.md').matchAll(/\| `([a-z-]+)` \| (?:refuses|warns)/g)].map(([, code = '']) => code),
  ...sources.flatMap((source) => [...source.matchAll(reported)].map(([, code = '']) => code)),
]);

test('no code lacks its words', () => {
  expect(codes.size).toBeGreaterThan(200);
  expect([...codes].filter((code) => !Object.hasOwn(problemsInChinese, code))).toEqual([]);
});

test('there are no words for codes that no longer exist', () => {
  const all = sources.join('\n');
  expect(Object.keys(problemsInChinese).filter((code) => !new RegExp(`['\\s{]${code}['\\s:]`).test(all))).toEqual([]);
});

test('words say what is wrong, and what to do', () => {
  expect(inChinese({ code: 'unreachable', message: 'Nothing leads here.' })).toEqual({
    message: '从开始走不到这里。',
    hint: '从走得到的元素连过来，或删除。',
  });
  expect(inChinese({ code: 'of-somebody-else', message: 'Odd.', hint: 'Mend it.' })).toEqual({
    message: 'Odd.',
    hint: 'Mend it.',
  });
});
