/** docs/forms.md is made from the compiler's table of components. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { formComponents } from '../../engine/compile/form-components.ts';
import { formsPage } from '../../tools/forms-page.ts';

const page = readFileSync(new URL('../../docs/forms.md', import.meta.url), 'utf8');

describe('docs/forms.md', () => {
  it('is up to date (npx tsx tools/forms-page.ts writes it)', () => {
    expect(page).toBe(formsPage());
  });

  it.each(Object.keys(formComponents))('says what becomes of %s', (component) => {
    expect(page).toMatch(new RegExp(`^\\| \`${component}\` \\| (executed|shown|refused) \\|`, 'm'));
  });
});
