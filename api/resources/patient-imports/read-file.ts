/** Parses an import file into events, or a list of all invalid cells. Nothing is written. */
import { instantOf } from '../../../engine/time/zone.ts';
import { type EventBody, eventBody } from '../hospital-events/schemas.ts';
import { type Column, eventsOfRow, type ImportKind, importColumns, type Values } from './columns.ts';
import { CsvError, parseCsv } from './csv.ts';
import { cellText, type TableRow } from './table.ts';
import { readWorkbook } from './xlsx/workbook.ts';
import { XlsxError } from './xlsx/xlsx-error.ts';

export interface CellError {
  /** Line of the file, 1-based. */
  line: number;
  /** Column heading; absent: the whole row. */
  column?: string;
  zh: string;
  en: string;
}

export interface ReadRow {
  line: number;
  number: string;
  events: EventBody[];
}

export const mostRows = 2000;

export interface ReadFile {
  rows: ReadRow[];
  errors: CellError[];
}

/** @param content comma-separated values, or the bytes of an Excel workbook */
export async function readImport(
  kind: ImportKind,
  content: string | Buffer,
  facility: { _id: string; zone: string },
): Promise<ReadFile> {
  const columns = importColumns[kind];
  const table = await tableOf(content);
  if ('error' in table) return { rows: [], errors: [table.error] };
  const { body } = table;
  const heading = { line: table.heading.line, cells: table.heading.cells.map((cell) => cellText(cell, 'other')) };
  const errors = headingErrors(heading.cells, columns, heading.line);
  if (body.length > mostRows)
    errors.push({
      line: heading.line,
      zh: `一次最多导入 ${mostRows} 行，请分批导入。`,
      en: `An import may have at most ${mostRows} rows: split the file.`,
    });
  if (errors.length > 0) return { rows: [], errors };
  const rows: ReadRow[] = [];
  const seen = new Map<string, number>();
  const patientOf = new Map<string, { patient: string; line: number }>();
  for (const { line, cells } of body) {
    const { values, wrong } = valuesOf(heading.cells, cells, columns, line);
    const number = String(values['number'] ?? '');
    const before = seen.get(number);
    if (before !== undefined)
      wrong.push({
        line,
        column: columns[0]?.heading ?? '',
        zh: `编号 ${number} 与第 ${before} 行重复。`,
        en: `The number ${number} is used in line ${before} already.`,
      });
    else if (number !== '') seen.set(number, line);
    const { episode, patient } = values;
    if (typeof episode === 'string' && typeof patient === 'string') {
      const first = patientOf.get(episode) ?? { patient, line };
      patientOf.set(episode, first);
      if (first.patient !== patient) wrong.push(episodeOfOther(columns, episode, first.line, line));
    }
    if (wrong.length > 0) errors.push(...wrong);
    else {
      const drafts = eventsOfRow(kind, values, facility._id, (local) => instantOf(local, facility.zone));
      const checked = drafts.map((draft) => eventBody.safeParse(draft));
      const events = checked.flatMap(({ data }) => (data ? [data] : []));
      const refused = checked.flatMap(({ error }) => error?.issues ?? []);
      for (const { path } of refused) errors.push(refusedField(columns, String(path.at(-1) ?? ''), line));
      if (refused.length === 0) rows.push({ line, number, events });
    }
  }
  return { rows, errors };
}

async function tableOf(
  content: string | Buffer,
): Promise<{ heading: TableRow; body: TableRow[] } | { error: CellError }> {
  try {
    const [heading, ...body] = typeof content === 'string' ? parseCsv(content) : await readWorkbook(content);
    if (heading) return { heading, body };
    return { error: { line: 1, zh: '文件为空。', en: 'The file is empty.' } };
  } catch (error) {
    if (error instanceof XlsxError) return { error: { line: 1, zh: error.zh, en: error.message } };
    if (!(error instanceof CsvError)) throw error;
    return { error: { line: error.line, zh: error.zh, en: error.message } };
  }
}

function headingErrors(headings: string[], columns: Column[], line: number): CellError[] {
  const known = new Set(columns.map((one) => one.heading));
  const missing = columns.filter((one) => one.required && !headings.includes(one.heading));
  const unknown = headings.filter((heading, at) => !known.has(heading) || headings.indexOf(heading) !== at);
  return [
    ...missing.map(({ heading }) => ({
      line,
      column: heading,
      zh: `缺少“${heading}”列。`,
      en: `The column ${heading} is missing.`,
    })),
    ...unknown.map((heading) => ({
      line,
      column: heading,
      zh: `不认识“${heading}”列，或该列重复。可用的列：${[...known].join('、')}。`,
      en: `The column ${heading} is unknown or occurs twice. Columns: ${[...known].join(', ')}.`,
    })),
  ];
}

function valuesOf(headings: string[], cells: TableRow['cells'], columns: Column[], line: number) {
  const values: Values = {};
  const wrong: CellError[] = [];
  for (const column of columns) {
    const cell = cellText(cells[headings.indexOf(column.heading)] ?? '', column.holds ?? 'other');
    const value = cell === '' ? undefined : column.read(cell);
    if (value !== undefined) values[column.field] = value;
    else if (cell !== '' || column.required) wrong.push(wrongCell(column, line));
  }
  if (cells.length > headings.length)
    wrong.push({ line, zh: '该行的单元格多于表头。', en: 'The row has more cells than there are columns.' });
  return { values, wrong };
}

const wrongCell = ({ heading, zh, en }: Column, line: number): CellError => ({
  line,
  column: heading,
  zh: `应为：${zh}。`,
  en: `Expected: ${en}.`,
});

function episodeOfOther(columns: Column[], episode: string, before: number, line: number): CellError {
  const heading = columns.find((one) => one.field === 'episode')?.heading;
  return {
    line,
    ...(heading !== undefined && { column: heading }),
    zh: `疗程 ${episode} 在第 ${before} 行属于另一位患者，请核对病案号。`,
    en: `The episode ${episode} belongs to another patient in line ${before}: check the number of the record.`,
  };
}

/** Errors of the event schema, mapped to the column of their value. */
function refusedField(columns: Column[], field: string, line: number): CellError {
  const column = columns.find((one) => one.field === field) ?? columns[0];
  return {
    line,
    ...(column && { column: column.heading }),
    zh: '内容的格式不对，或过长。',
    en: 'The value has a wrong format or is too long.',
  };
}
