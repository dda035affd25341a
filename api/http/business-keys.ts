/** Business keys that requests bring: any text, as long as the id of the instance has room for it (engine/model/keys.ts). */
import { longestKeyIfExceeded } from '../../engine/model/keys.ts';
import type { FieldError } from './problem.ts';
import { z } from './zod.ts';

/** Kept as it is: other letters, spaces at the ends among them, are another key. */
export const givenBusinessKey = z.string().min(1).max(200);

/** @returns the problem of a field whose text becomes a business key of the process and is too long for that */
export function keyTooLong(process: string, businessKey: string, path: string): FieldError | undefined {
  const longest = longestKeyIfExceeded(process, businessKey);
  if (longest === undefined) return undefined;
  const counted =
    'a letter A to Z, a digit, _ and - counts 1, a Chinese character or any other sign of ASCII 3, all others 6 to 12';
  return { path, code: 'too_long', message: `A business key of ${process} has ${longest} bytes at most: ${counted}.` };
}
