/** Labels of the console that the docs name, `*English* (中文)` or `*中文*`, are those that it shows. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { en } from '../../web/src/words/en/index.ts';
import { studioCatalogues } from '../../web/src/words/studio-catalogue.ts';
import { zh } from '../../web/src/words/zh/index.ts';

const root = join(import.meta.dirname, '../..');
const chinese: Record<string, string> = { ...zh, ...studioCatalogues.zh };
const english: Record<string, string> = { ...en, ...studioCatalogues.en };
const shown = new Set(Object.values(chinese));
const pairs = new Set(Object.entries(chinese).map(([key, text]) => `${english[key]} (${text})`));

// The domain page quotes the rules of hospitals in the same form.
const files = ['README.md', ...readdirSync(join(root, 'docs')).map((name) => `docs/${name}`)].filter(
  (name) => name.endsWith('.md') && name !== 'docs/domain.md',
);

test('a label of the console is as the console shows it', () => {
  const found: string[] = [];
  const unknown = files.flatMap((name) => {
    const text = readFileSync(join(root, name), 'utf8');
    const labels = [...text.matchAll(/(?<!\*)\*(\p{Script=Han}[^*\n]*)\*(?!\*)/gu)].map(([, label = '']) => label);
    const both = [...text.matchAll(/(?<!\*)\*([^*\n]+)\* \((\p{Script=Han}+)\)/gu)].map(
      ([, first, second]) => `${first} (${second})`,
    );
    found.push(...labels, ...both);
    return [...labels.filter((one) => !shown.has(one)), ...both.filter((one) => !pairs.has(one))].map(
      (one) => `${name}: ${one}`,
    );
  });
  expect(unknown).toEqual([]);
  expect(found.length).toBeGreaterThan(10);
});
