/**
 * Columns as index keys: `<column>=<value>`, encoded so that they sort as the values do. One list of strings per row,
 * and one index on it, serves filters by any column of any process (store/runtime/column-search.ts).
 */
import type { ColumnType, ProcessColumn } from '../model/plan.ts';
import { isPlainDate } from '../time/date.ts';
import { localDateTime } from '../time/zone.ts';
import type { ColumnValue } from './column-values.ts';

/** Of the columns that can be searched. @param zone IANA name: an instant is found by its date there */
export function columnKeys(
  columns: readonly ProcessColumn[],
  values: Readonly<Record<string, ColumnValue>>,
  zone: string,
): string[] {
  return columns.flatMap(({ id, type, searchable }) => {
    const value = values[id];
    return searchable && value !== undefined ? [columnKey(id, type, value, zone)] : [];
  });
}

/** Texts are found in whatever case. */
export function columnKey(id: string, type: ColumnType, value: ColumnValue, zone = 'UTC'): string {
  return `${id}=${sortable(type, value, zone)}`;
}

/** Half open: from a key on, and below another. */
export interface KeyRange {
  from: string;
  below: string;
}

/** Values from one to another, both included; of a date, the whole day. */
export function columnRange(id: string, type: ColumnType, from?: ColumnValue, to?: ColumnValue): KeyRange {
  return {
    from: from === undefined ? `${id}=` : columnKey(id, type, from),
    below: to === undefined ? afterAll(id) : `${columnKey(id, type, to)}~`,
  };
}

/** Texts, or ids, that begin so. */
export function columnPrefix(id: string, type: 'text' | 'choice' | 'person', beginning: string): KeyRange {
  const from = columnKey(id, type, beginning);
  return { from, below: `${from}\u{10ffff}` };
}

/** '>' is the character after '='. */
const afterAll = (id: string): string => `${id}>`;

function sortable(type: ColumnType, value: ColumnValue, zone: string): string {
  if (typeof value === 'number') return sortableNumber(value);
  if (type === 'text') return value.toLowerCase();
  return type === 'date' && !isPlainDate(value) ? localDateTime(value, zone) : value;
}

/** The bits of a double, of a negative one inverted: as hexadecimal text they sort as the numbers do. */
function sortableNumber(value: number): string {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value + 0);
  const bits = view.getBigUint64(0);
  const ordered = bits >> 63n ? ~bits & 0xffffffffffffffffn : bits | 0x8000000000000000n;
  return ordered.toString(16).padStart(16, '0');
}
