/** Pages of a list sorted by one field, then by id: several narrow queries merged into one list, resumed where a page ended. */
import type { Model, QueryFilter } from 'mongoose';

export interface Sort {
  /** A field of strings or numbers, possibly nested: `columns.amountCents`. */
  field: string;
  descending: boolean;
  /** Rows may lack the field. */
  optional?: boolean;
}

export type SortValue = string | number | null;

/** Position where the previous page ended. */
export interface PageEnd {
  value: SortValue;
  id: string;
}

export function mongoSort({ field, descending }: Sort): Record<string, 1 | -1> {
  const direction = descending ? -1 : 1;
  return { [field]: direction, _id: direction };
}

export function sortValue(row: object, field: string): SortValue {
  const value = field
    .split('.')
    .reduce<unknown>((at, name) => (at as Record<string, unknown> | undefined)?.[name], row);
  return typeof value === 'string' || typeof value === 'number' ? value : null;
}

/** Rows without the field come first, or last in descending order, as in the database's own order. */
export function afterFilter<Row>({ field, descending, optional }: Sort, { value, id }: PageEnd): QueryFilter<Row> {
  const later = descending ? '$lt' : '$gt';
  if (!optional)
    // The index in this order is entered right there.
    return {
      [field]: { [`${later}e`]: value },
      $nor: [{ [field]: value, _id: { [descending ? '$gte' : '$lte']: id } }],
    } as QueryFilter<Row>;
  const others: object[] = value === null ? [] : [{ [field]: { [later]: value } }];
  if (value === null && !descending) others.push({ [field]: { $ne: null } });
  if (value !== null && descending) others.push({ [field]: null });
  return { $or: [...others, { [field]: value, _id: { [later]: id } }] } as QueryFilter<Row>;
}

/** The first rows that match any of these filters: one query per filter, merged, as no index serves an `or`. */
export async function findInAny<Row extends { _id: string }>(
  model: Model<Row>,
  filters: QueryFilter<Row>[],
  projection: Record<string, 0>,
  sort: Sort,
  limit: number,
): Promise<Row[]> {
  const pages = await Promise.all(
    filters.map((filter) => model.find(filter, projection).sort(mongoSort(sort)).limit(limit).lean<Row[]>()),
  );
  return mergedPages(pages, sort, limit);
}

/** Deduplicated, in order. */
function mergedPages<Row extends { _id: string }>(pages: Row[][], sort: Sort, limit: number): Row[] {
  const rows = new Map(pages.flat().map((row) => [row._id, row]));
  const direction = sort.descending ? -1 : 1;
  const order = (a: Row, b: Row) =>
    compare(sortValue(a, sort.field), sortValue(b, sort.field)) || compare(a._id, b._id);
  return [...rows.values()].sort((a, b) => direction * order(a, b)).slice(0, limit);
}

/** BSON order: missing, numbers, strings. */
function compare(a: SortValue, b: SortValue): number {
  if (typeof a === typeof b && a !== null && b !== null) return a < b ? -1 : a > b ? 1 : 0;
  return rank(a) - rank(b);
}

const rank = (value: SortValue): number => (value === null ? 0 : typeof value === 'number' ? 1 : 2);
