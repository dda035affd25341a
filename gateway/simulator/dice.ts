/** Chance that can be repeated: the same seed and the same words give the same number. */
import { createHash } from 'node:crypto';

/** @returns 0 or more and less than 1 */
export function roll(seed: number, ...words: (string | number)[]): number {
  const digest = createHash('sha256')
    .update(JSON.stringify([seed, ...words]))
    .digest();
  return digest.readUInt32BE(0) / 2 ** 32;
}
