/** Finding rows by the columns of their process: by the texts in `columnKeys`, which one index of each collection holds for all processes. */
import type { QueryFilter } from 'mongoose';
import type { PageEnd, Sort } from '../db/sorted-pages.ts';

/** From a key on, and below another. */
export interface KeyRange {
  from: string;
  below: string;
}

export interface ColumnSearch {
  /** Of each list, a row has one of the keys. */
  oneOf: string[][];
  /** In each range, a row has a key. */
  within: KeyRange[];
}

export interface TextSearch {
  process: string;
  /** The rows of this process that have a key in one of these are found too. */
  within: KeyRange[];
}

/** What all lists with columns are asked alike: which rows. */
export interface ColumnFilter {
  process?: string | undefined;
  /** What somebody typed: the beginning of a business key; rows found by `texts` count too. */
  q?: string | undefined;
  texts?: TextSearch[] | undefined;
  columns?: ColumnSearch | undefined;
}

/** And in which order, from where on. */
export interface ListPage {
  sort?: Sort;
  /** Where the page before ended. */
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
