import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { sha256 } from '../../workflows/runtime/sha256.ts';

test.each([0, 3, 55, 56, 63, 64, 119, 120, 1000])('the digest of %i letters is that of other programs', (length) => {
  for (const letter of ['a', '客', '😀']) {
    const text = letter.repeat(length);
    expect(sha256(text)).toBe(createHash('sha256').update(text).digest('hex'));
  }
});
