/** Whether one name is most probably a misspelling of another. */
import { lettersApart } from '../feel/nearest-name.ts';

const shortest = 5;
/** In a word of a name so long two letters may differ: `categorie`, `category`. */
const long = 7;

/** The words of a name: `amountCents` has two. */
const wordsOf = (name: string): string[] => name.split(/(?=\p{Lu})|_/u);

/** Letters in another case, one too many, missing, other or swapped with its neighbour; in a long word two. */
export function isSlip(read: string, written: string): boolean {
  if (read === written || Math.min(read.length, written.length) < shortest) return false;
  if (read.toLowerCase() === written.toLowerCase()) return true;
  // `order` and `orders`, `plan1` and `plan2` are names of their own.
  if (/s$/.test(read) !== /s$/.test(written) || /\d/.test(read + written)) return false;
  if (Math.abs(read.length - written.length) > 2) return false;
  const apart = lettersApart(read, written);
  return apart === 1 || (apart === 2 && differInOneLongWord(read, written));
}

function differInOneLongWord(a: string, b: string): boolean {
  const [ours, theirs] = [wordsOf(a), wordsOf(b)];
  if (ours.length !== theirs.length) return false;
  const other = ours.flatMap((word, index) => (word === theirs[index] ? [] : [[word, theirs[index] ?? '']]));
  const [pair] = other;
  // Words that begin otherwise mean something else: `paidCents`, `planCents`.
  return other.length === 1 && pair !== undefined && pair.every((word) => word.length >= long) && beginAlike(pair);
}

const beginAlike = ([a = '', b = '']: string[]): boolean => a.slice(0, 4) === b.slice(0, 4);
