/** CSV parser (RFC 4180): rows of cells, with the line number where each row begins. */

interface CsvRow {
  line: number;
  cells: string[];
}

/** @throws CsvError for an unterminated quoted cell, or text after the closing quote */
export function parseCsv(text: string): CsvRow[] {
  const rows: CsvRow[] = [];
  const source = text.replace(/^\uFEFF/, '');
  let at = 0;
  let line = 1;
  while (at < source.length) {
    const row: CsvRow = { line, cells: [] };
    for (let more = true; more; ) {
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
  constructor(line: number, message: string) {
    super(message);
    this.line = line;
  }
}

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
        throw new CsvError(line, 'Unexpected text after a quoted cell; double a quotation mark within the text.');
      return { value, end };
    }
  }
  throw new CsvError(line, 'A quoted cell has no closing quotation mark.');
}
