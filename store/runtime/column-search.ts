/** Search of rows by columns of their process: strings in `columnKeys`, which one index per collection holds for all processes. */
import type { QueryFilter } from 'mongoose';
import type { PageEnd, Sort } from '../db/sorted-pages.ts';

/** From a key, inclusive, to another, exclusive. */
export interface KeyRange {
  from: string;
  below: string;
}

export interface ColumnSearch {
  /** A row matches one key of each list. */
  oneOf: string[][];
  /** A row has a key in each range. */
  within: KeyRange[];
}

export interface TextSearch {
  process: string;
  /** Rows of this process with a key in one of these ranges match too. */
  within: KeyRange[];
}

/** Query parameters shared by all lists with columns: filter. */
export interface ColumnFilter {
  process?: string | undefined;
  /** Search text: prefix of a business key, or a match of `texts`. */
  q?: string | undefined;
  texts?: TextSearch[] | undefined;
  columns?: ColumnSearch | undefined;
}

/** Order and position. */
export interface ListPage {
  sort?: Sort;
  /** Position where the previous page ended. */
  after?: PageEnd;
  limit: number;
}

type HasKeys = { columnKeys?: string[] };

export function columnFilters<Row extends HasKeys>({ oneOf, within }: ColumnSearch): QueryFilter<Row>[] {
  const keys = oneOf.map(([first, ...more]) => ({
    columnKeys: more.length === 0 ? first : { $in: [first, ...more] },
  }));
  return [...keys, ...within.map(hasKeyIn)] as QueryFilter<Row>[];
}

export function textFilters<Row extends HasKeys>(texts: TextSearch[]): QueryFilter<Row>[] {
  return texts.flatMap(({ process, within }) =>
    within.map((range) => ({ process, ...hasKeyIn(range) })),
  ) as QueryFilter<Row>[];
}

const hasKeyIn = ({ from, below }: KeyRange) => ({ columnKeys: { $elemMatch: { $gte: from, $lt: below } } });
