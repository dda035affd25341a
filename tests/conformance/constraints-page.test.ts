/** docs/constraints.md says what the rules say. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { constraintsPage } from '../../tools/constraints-page.ts';

it('the page of constraints is the one that the rules give (npx tsx tools/constraints-page.ts writes it)', () => {
  const written = readFileSync(new URL('../../docs/constraints.md', import.meta.url), 'utf8');
  expect(written).toBe(constraintsPage());
  expect(written).not.toContain('`` |');
});
