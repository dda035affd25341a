/**
 * Text search: a row carries the beginnings it is found by (activities/runtime/search-keys.ts makes them), and one index answers what
 * somebody has typed. People stand there by their ids, so that their names are kept in one place only.
 */
import type { QueryFilter } from 'mongoose';

/** As texts are compared: without case, full-width forms as the usual ones. */
export const comparable = (text: string): string => text.normalize('NFKC').toLowerCase();

export const personSearchKey = (staff: string): string => `@${staff}`;

/** One word as typed. */
export interface SearchedWord {
  /** What a key begins with. */
  beginning: string;
  /** Staff ids of whom it may name. */
  people: string[];
}

type HasSearchKeys = { searchKeys?: string[] };

/** A row is found that has all the words. */
export function wordFilters<Row extends HasSearchKeys>(words: SearchedWord[]): QueryFilter<Row>[] {
  return words.map(({ beginning, people }) => {
    const begins = { searchKeys: { $elemMatch: { $gte: beginning, $lt: `${beginning}\u{10ffff}` } } };
    if (people.length === 0) return begins;
    return { $or: [begins, { searchKeys: { $in: people.map(personSearchKey) } }] };
  }) as QueryFilter<Row>[];
}
