/** CSV parser (RFC 4180): rows of cells, with the line number where each row begins. */

import { mostColumns, mostRowsRead } from './table.ts';

interface CsvRow {
  line: number;
  cells: string[];
}

/** @throws CsvError for an unterminated quoted cell, text after the closing quote, or too many cells in a row */
export function parseCsv(text: string): CsvRow[] {
  const rows: CsvRow[] = [];
  const source = text.replace(/^\uFEFF/, '');
  let at = 0;
  let line = 1;
  while (at < source.length && rows.length < mostRowsRead) {
    const row: CsvRow = { line, cells: [] };
    for (let more = true; more; ) {
      if (row.cells.length >= mostColumns) throw tooWide(line);
      const cell = source[at] === '"' ? quoted(source, at, line) : plain(source, at);
      row.cells.push(cell.value.trim());
      line += cell.value.split('\n').length - 1;
      at = cell.end;
      more = source[at] === ',';
      if (more) at += 1;
    }
    if (source[at] === '\r') at += 1;
    if (source[at] === '\n') at += 1;
    line += 1;
    if (row.cells.some((cell) => cell !== '')) rows.push(row);
  }
  return rows;
}

export class CsvError extends Error {
  readonly line: number;
  readonly zh: string;
  constructor(line: number, zh: string, en: string) {
    super(en);
    this.line = line;
    this.zh = zh;
  }
}

const tooWide = (line: number): CsvError =>
  new CsvError(line, `该行超过 ${mostColumns} 列。`, `The row has more than ${mostColumns} columns.`);
const unclosed = (line: number, en: string): CsvError => new CsvError(line, '引号未正确闭合。', en);

function plain(source: string, from: number): { value: string; end: number } {
  const end = source.slice(from).search(/[,\r\n]/);
  const until = end === -1 ? source.length : from + end;
  return { value: source.slice(from, until), end: until };
}

function quoted(source: string, from: number, line: number): { value: string; end: number } {
  let value = '';
  for (let at = from + 1; at < source.length; at += 1) {
    if (source[at] !== '"') value += source[at];
    else if (source[at + 1] === '"') {
      value += '"';
      at += 1;
    } else {
      const end = at + 1;
      if (end < source.length && !/[,\r\n]/.test(source.charAt(end)))
        throw unclosed(line, 'Unexpected text after a quoted cell; double a quotation mark within the text.');
      return { value, end };
    }
  }
  throw unclosed(line, 'A quoted cell has no closing quotation mark.');
}
