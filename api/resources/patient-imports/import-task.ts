/** What the thread that reads import files is asked and answers. */
import type { EventBody } from '../hospital-events/schemas.ts';
import type { ImportKind } from './columns.ts';
import { type CellError, type ReadRow, readImport } from './read-file.ts';

export interface ImportTask {
  kind: ImportKind;
  format: 'csv' | 'xlsx';
  /** Text, or the bytes of a workbook in Base64. */
  content: string;
  facility: { _id: string; zone: string };
}

/** Events as JSON, parsed row by row: to copy all of them from the thread at once would hold up other requests. */
export interface PackedRow extends Omit<ReadRow, 'events'> {
  events: string;
}

export const unpackedEvents = ({ events }: PackedRow): EventBody[] => JSON.parse(events);

export interface ImportResult {
  rows: PackedRow[];
  /** The first `shownErrors`. */
  errors: CellError[];
  errorCount: number;
}

export const shownErrors = 200;

export async function carryOut({ kind, format, content, facility }: ImportTask): Promise<ImportResult> {
  const file = format === 'xlsx' ? Buffer.from(content, 'base64') : content;
  const { rows, errors } = await readImport(kind, file, facility);
  const packed = rows.map(({ events, ...row }) => ({ ...row, events: JSON.stringify(events) }));
  return { rows: packed, errors: errors.slice(0, shownErrors), errorCount: errors.length };
}
