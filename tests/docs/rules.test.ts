/** Each lint rule of ours has a page with two diagrams: the rule reports the first, and nothing of the second. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { lint } from '../../engine/lint/index.ts';
import { ourRules } from '../../engine/lint/plugin.ts';
import { exampleFile, ruleExamples } from '../../tools/lint-rules/examples.ts';
import { rulePages } from '../../tools/lint-rules/pages.ts';

const folder = new URL('../../docs/rules/', import.meta.url);

test('the pages are those that the rules give (npx tsx tools/lint-rules/pages.ts writes them)', async () => {
  const pages = await rulePages();
  expect(readdirSync(folder).sort()).toEqual([...pages.keys()].sort());
  for (const [name, text] of pages) expect(readFileSync(new URL(name, folder), 'utf8'), name).toBe(text);
});

test('there are examples of every rule, and of no other', () => {
  expect(Object.keys(ruleExamples).sort()).toEqual(ourRules.map(({ code }) => code).sort());
});

describe.each(Object.entries(ruleExamples))('%s', (code, { incorrect, correct, roots, options }) => {
  test('is reported of the incorrect example, which can be executed', async () => {
    const { problems, plans } = await lint(exampleFile(incorrect, roots), options);
    expect(problems.map((problem) => problem.code)).toContain(code);
    expect(plans).toHaveLength(1);
  });

  test('is not reported of the correct one, in which nothing else is wrong', async () => {
    const { problems, plans } = await lint(exampleFile(correct, roots), options);
    expect(problems.map((problem) => problem.code)).not.toContain(code);
    expect(plans).toHaveLength(1);
  });
});
