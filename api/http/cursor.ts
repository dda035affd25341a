/** Opaque cursors: the position where a page ended, as base64url JSON. Lists sort by time and id, so pages stay stable under inserts. */
import { z } from 'zod';
import { type PageEnd, type Sort, sortValue } from '../../store/db/sorted-pages.ts';
import { invalid } from './problem.ts';

const place = z.tuple([z.string(), z.string()]);

export interface Place {
  at: string;
  id: string;
}

export function encodeCursor({ at, id }: Place): string {
  return encoded([at, id]);
}

/** @throws ProblemError 400 for an invalid cursor */
export function decodeCursor(cursor: string): Place {
  const found = place.safeParse(parsed(cursor));
  if (found.success) return { at: found.data[0], id: found.data[1] };
  throw badCursor(notOurs);
}

const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

function parsed(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}

const notOurs = 'This is not a cursor. Use "nextCursor" of the previous page unchanged.';
const badCursor = (message: string) => invalid([{ path: 'query.cursor', code: 'bad_cursor', message }]);

const pageEnd = z.tuple([z.string(), z.union([z.string(), z.number(), z.null()]), z.string()]);

const orderOf = ({ field, descending }: Sort): string => (descending ? `-${field}` : field);

/** @throws ProblemError 400 for a cursor of another order */
export function decodeSortedCursor(cursor: string, sort: Sort): PageEnd {
  const found = pageEnd.safeParse(parsed(cursor));
  if (found.success && found.data[0] === orderOf(sort)) return { value: found.data[1], id: found.data[2] };
  throw badCursor(
    found.success ? 'This cursor belongs to another sort order: start again with the first page.' : notOurs,
  );
}

/** `pageOf` for a list in a requested order. */
export function sortedPageOf<Row extends { _id: string }>(rows: Row[], limit: number, sort: Sort) {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  if (rows.length <= limit || !last) return { items };
  return { items, nextCursor: encoded([orderOf(sort), sortValue(last, sort.field), last._id]) };
}

/**
 * Builds the page from rows read with one row more than the page size, which tells whether there is a next page.
 * @param placeOf sort position of a row
 */
export function pageOf<Row>(
  rows: Row[],
  limit: number,
  placeOf: (row: Row) => Place,
): { items: Row[]; nextCursor?: string } {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return rows.length > limit && last ? { items, nextCursor: encodeCursor(placeOf(last)) } : { items };
}
