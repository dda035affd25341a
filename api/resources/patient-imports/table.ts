/** Rows of cells as a file holds them, whatever its format. */

/** Of a workbook, where days and times are numbers too: days since 1900, or since 1904. */
export interface NumberCell {
  number: number;
  from1904: boolean;
}

export interface TableRow {
  /** From 1. */
  line: number;
  cells: (string | NumberCell)[];
}

export const mostColumns = 200;
/** More than are imported: what is beyond is not looked at. */
export const mostRowsRead = 5000;

const dayMs = 86_400_000;
/** The day 0 of workbooks: their 29 February 1900, which there was not, is passed over. */
const dayZero = Date.UTC(1899, 11, 30);
const from1904Ms = Date.UTC(1904, 0, 1);

/** As a column of that kind writes it: `2026-11-04`, `2026-11-04 15:30`, `1980.5`. */
export function cellText(cell: string | NumberCell, holds: 'day' | 'time' | 'other'): string {
  if (typeof cell === 'string') return cell;
  const { number, from1904 } = cell;
  if (!Number.isFinite(number)) return 'NaN';
  if (holds === 'other') return plainNumber(number);
  const at = new Date((from1904 ? from1904Ms : dayZero) + Math.round((number * dayMs) / 60_000) * 60_000);
  // Years of four digits only: anything else is no day that somebody has meant.
  if (number < 1 || number > 2_958_465) return plainNumber(number);
  const text = at.toISOString();
  if (holds === 'time') return `${text.slice(0, 10)} ${text.slice(11, 16)}`;
  return Number.isInteger(number) ? text.slice(0, 10) : plainNumber(number);
}

/** Numbers of records and telephones are written as numbers by many: without exponent. */
const plainNumber = (number: number): string => (Number.isInteger(number) ? BigInt(number).toString() : String(number));
