/**
 * Text search: a row stores the prefixes it is found by (made in activities/runtime/search-keys.ts), in one index.
 * People are stored by id, so that their names are kept in one place only.
 */
import type { QueryFilter } from 'mongoose';

/** Normalised for comparison: lower case, full-width forms folded. */
export const comparable = (text: string): string => text.normalize('NFKC').toLowerCase();

export const personSearchKey = (staff: string): string => `@${staff}`;

/** One word as typed. */
export interface SearchedWord {
  /** Prefixes of keys. */
  beginning: string;
  /** Staff ids of people it may name. */
  people: string[];
}

type HasSearchKeys = { searchKeys?: string[] };

/** A row matches when it has all the words. */
export function wordFilters<Row extends HasSearchKeys>(words: SearchedWord[]): QueryFilter<Row>[] {
  return words.map(({ beginning, people }) => {
    const begins = { searchKeys: { $elemMatch: { $gte: beginning, $lt: `${beginning}\u{10ffff}` } } };
    if (people.length === 0) return begins;
    return { $or: [begins, { searchKeys: { $in: people.map(personSearchKey) } }] };
  }) as QueryFilter<Row>[];
}
