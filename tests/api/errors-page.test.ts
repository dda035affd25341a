/** Every code of a problem leads to a description. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { problemTitles, problemType } from '../../api/http/problem-codes.ts';
import { en } from '../../engine/messages/en.ts';
import { errorsPage } from '../../tools/errors-page.ts';

it('docs/errors.md is up to date (npx tsx tools/errors-page.ts)', () => {
  expect(readFileSync(new URL('../../docs/errors.md', import.meta.url), 'utf8')).toBe(errorsPage());
});

it('the page has a heading for the anchor of each code', () => {
  const page = errorsPage();
  for (const code of [...Object.keys(problemTitles), ...Object.keys(en.refusals), ...Object.keys(en.incidents)]) {
    const [, anchor] = problemType(code).split('#');
    expect(page).toContain(`\n### ${anchor}\n`);
  }
});
