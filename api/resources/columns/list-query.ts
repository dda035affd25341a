/** Shared query parameters of lists with columns, as store queries: columns, texts, order and page. */
import type { Sort } from '../../../store/db/sorted-pages.ts';
import type { ColumnFilter, ListPage } from '../../../store/runtime/column-search.ts';
import { decodeSortedCursor } from '../../http/cursor.ts';
import { type ColumnParameters, columnSearch, sortBy, textSearches } from './column-query.ts';

/** @throws ProblemError 400 for an unknown column, or a value that does not fit its type */
export async function columnFilterOf({
  process,
  q,
  columns: parameters = {},
}: {
  process?: string | undefined;
  q?: string | undefined;
  columns?: ColumnParameters | undefined;
}): Promise<ColumnFilter> {
  const columns = await columnSearch(process, parameters);
  return {
    ...(process !== undefined && { process }),
    ...(columns && { columns }),
    ...(q !== undefined && { q, texts: await textSearches(q, process) }),
  };
}

/**
 * @param order default order, and the fields that every row has
 * @returns one row more than the page size, which tells whether there is a next page
 * @throws ProblemError 400
 */
export async function listPageOf(
  query: { process?: string | undefined; sort?: string | undefined; cursor?: string | undefined; limit: number },
  order: { by: string; required: readonly string[] },
): Promise<ListPage & { sort: Sort }> {
  const { process, cursor, limit } = query;
  const sort = await sortBy(query.sort ?? order.by, process, order.required);
  return { sort, ...(cursor !== undefined && { after: decodeSortedCursor(cursor, sort) }), limit: limit + 1 };
}
