/** Opaque cursors: where a page ended, as base64url JSON. Sorted by a time and an id, so that pages stay stable while rows come in. */
import { z } from 'zod';
import { invalid } from './problem.ts';

const place = z.tuple([z.string(), z.string()]);

export interface Place {
  at: string;
  id: string;
}

export function encodeCursor({ at, id }: Place): string {
  return Buffer.from(JSON.stringify([at, id])).toString('base64url');
}

/** @throws ProblemError 400 for what is not a cursor of ours */
export function decodeCursor(cursor: string): Place {
  try {
    const [at, id] = place.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
    return { at, id };
  } catch {
    const message = 'This is not a cursor. Take "nextCursor" of the page before as it is.';
    throw invalid([{ path: 'query.cursor', code: 'bad_cursor', message }]);
  }
}

/**
 * One row more than the page holds was read: whether there is a next page.
 * @param placeOf where a row stands in the order of the list
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
