/** The decisions of the DMN TCK that must pass: the list only grows, and names all that pass of the files it has. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { publicTest } from '../support/public-test.ts';
import { type CaseResult, runFolder, same } from './dmn-cases.ts';

/** Per test file how many cases it has, and those of them that do not pass. */
type MustPass = Record<string, { cases: number; except?: string[] }>;
const mustPass = JSON.parse(readFileSync(new URL('./dmn-must-pass.json', import.meta.url), 'utf8')) as MustPass;

const fileOf = (name: string): string => name.split('#')[0] ?? '';

function summary(results: CaseResult[]): MustPass {
  const files: MustPass = {};
  for (const { name, passed } of results) {
    const [file = '', id = ''] = name.split('#');
    files[file] ??= { cases: 0 };
    const entry = files[file];
    entry.cases++;
    if (!passed) entry.except = [...(entry.except ?? []), id];
  }
  return files;
}

describe('the DMN TCK', () => {
  publicTest(
    ['dmn'],
    'passes at least as listed in dmn-must-pass.json, and the list names all that passes of its files',
    async (folder) => {
      // The whole kit has more files than are listed: what becomes of those, `npm run conformance:dmn` prints.
      const results = (await runFolder(folder)).filter(({ name }) => fileOf(name) in mustPass);
      const isListed = (name: string): boolean => {
        const [file = '', id = ''] = name.split('#');
        const entry = mustPass[file];
        return entry !== undefined && !entry.except?.includes(id);
      };
      const lost = results.filter(({ name, passed }) => !passed && isListed(name));
      expect(lost.map(({ name, reason }) => `${name}: ${reason}`)).toEqual([]);
      const found = results.filter(({ name, passed }) => passed && !isListed(name));
      expect(
        found.map(({ name }) => name),
        'pass now: add them to dmn-must-pass.json',
      ).toEqual([]);
      expect(summary(results)).toEqual(mustPass);
    },
    120_000,
  );
});

describe('comparing a value with the expected one', () => {
  it('takes numbers as equal up to what a double can tell', () => {
    expect(same(0.1 + 0.2, 0.3)).toBe(true);
    expect(same(0.31, 0.3)).toBe(false);
    expect(same([1, 2], [1])).toBe(false);
  });

  it('does not take a text for a number, nor null for an empty list', () => {
    expect(same('1', 1)).toBe(false);
    expect(same(null, [])).toBe(false);
  });
});
