/** What the lists with columns are asked alike, as the store is asked it: columns and texts, and the page in its order. */
import type { Sort } from '../../../store/db/sorted-pages.ts';
import type { ColumnFilter, ListPage } from '../../../store/runtime/column-search.ts';
import { decodeSortedCursor } from '../../http/cursor.ts';
import { type ColumnParameters, columnSearch, sortBy, textSearches } from './column-query.ts';

/** @throws ProblemError 400 for a column that the process does not have, or a value that its type does not take */
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
 * @param order of a list that nobody sorts, and the fields that every row has
 * @returns with one row more than the page holds: whether there is a next one
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
