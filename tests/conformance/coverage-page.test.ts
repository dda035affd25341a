/** docs/elements.md says what is true. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { coveragePage, proofs } from '../../tools/coverage-page.ts';

const root = new URL('../../', import.meta.url);
const mustPass = JSON.parse(readFileSync(new URL('./must-pass.json', import.meta.url), 'utf8')) as string[];

describe('the page of elements', () => {
  it('is the one that the registry gives (npx tsx tools/coverage-page.ts writes it)', () => {
    expect(readFileSync(new URL('docs/elements.md', root), 'utf8')).toBe(coveragePage());
  });

  it('names a case that must pass, or tests that are there, for all that executes', () => {
    const missing = proofs().filter((proof) =>
      'case' in proof ? !mustPass.includes(proof.case) : !existsSync(new URL(proof.test, root)),
    );
    expect(missing).toEqual([]);
  });
});
