/** Business keys in requests: any text whose encoding fits into the instance id (engine/model/keys.ts). */
import { longestKeyIfExceeded } from '../../engine/model/keys.ts';
import type { FieldError } from './problem.ts';
import { z } from './zod.ts';

/** Not trimmed or normalised: different characters, including outer spaces, make a different key. */
export const givenBusinessKey = z.string().min(1).max(200);

/** @returns the problem of a field whose value, as a business key of the process, is too long */
export function keyTooLong(process: string, businessKey: string, path: string): FieldError | undefined {
  const longest = longestKeyIfExceeded(process, businessKey);
  if (longest === undefined) return undefined;
  const counted =
    'a letter A to Z, a digit, _ and - counts 1, a Chinese character or any other sign of ASCII 3, all others 6 to 12';
  return {
    path,
    code: 'too_long',
    message: `A business key of ${process} may have at most ${longest} bytes: ${counted}.`,
  };
}
