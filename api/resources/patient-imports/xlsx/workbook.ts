/** The first sheet of an Excel workbook (ISO/IEC 29500) as rows of cells: texts as they are shown, numbers as numbers. */
import { mostColumns, mostRowsRead, type TableRow } from '../table.ts';
import { XlsxError } from './xlsx-error.ts';
import { mostXmlParts, type XmlBudget, xmlParts } from './xml.ts';
import { openZip } from './zip.ts';

/** @throws XlsxError */
export function readWorkbook(archive: Buffer): TableRow[] {
  const file = openZip(archive);
  const budget = { left: mostXmlParts };
  const workbook = file('xl/workbook.xml');
  if (workbook === undefined) throw noWorkbook();
  const { sheet, from1904 } = firstSheet(workbook, budget);
  const xml = file(targetOf(file('xl/_rels/workbook.xml.rels') ?? '', sheet, budget));
  if (xml === undefined) throw noWorkbook();
  return rowsOf(xml, { texts: textsOf(file('xl/sharedStrings.xml') ?? '', budget), from1904 }, budget);
}

function firstSheet(workbook: string, budget: XmlBudget): { sheet: string; from1904: boolean } {
  let from1904 = false;
  for (const part of xmlParts(workbook, budget)) {
    if (!('open' in part)) continue;
    const { open, attributes } = part;
    if (open === 'workbookPr') from1904 = ['1', 'true'].includes(attributes['date1904'] ?? '');
    const relation = Object.entries(attributes).find(([name]) => name.endsWith(':id'))?.[1];
    if (open === 'sheet' && relation !== undefined) return { sheet: relation, from1904 };
  }
  throw noWorkbook();
}

function targetOf(relations: string, id: string, budget: XmlBudget): string {
  for (const part of xmlParts(relations, budget))
    if ('open' in part && part.attributes['Id'] === id) {
      const target = part.attributes['Target'] ?? '';
      return target.startsWith('/') ? target.slice(1) : `xl/${target}`;
    }
  throw noWorkbook();
}

/** Texts that cells refer to by their place. Readings of characters (`rPh`) are no part of a text. */
function textsOf(xml: string, budget: XmlBudget): string[] {
  const texts: string[] = [];
  let [text, isText, isReading] = ['', false, false];
  for (const part of xmlParts(xml, budget)) {
    if ('text' in part) text += isText && !isReading ? part.text : '';
    else if ('open' in part) {
      if (part.open === 'si') text = '';
      if (part.open === 't') isText = !part.isEmpty;
      if (part.open === 'rPh') isReading = !part.isEmpty;
      if (part.open === 'si' && part.isEmpty) texts.push('');
    } else if (part.close === 't') isText = false;
    else if (part.close === 'rPh') isReading = false;
    else if (part.close === 'si') texts.push(text);
  }
  return texts;
}

interface Shared {
  texts: string[];
  from1904: boolean;
}

function rowsOf(xml: string, shared: Shared, budget: XmlBudget): TableRow[] {
  const rows: TableRow[] = [];
  let row: TableRow = { line: 0, cells: [] };
  let [column, type, value, isValue] = [-1, 'n', '', false];
  for (const part of xmlParts(xml, budget)) {
    if ('text' in part) value += isValue ? part.text : '';
    else if ('open' in part) {
      const { open, attributes, isEmpty } = part;
      if (open === 'row') {
        row = { line: Number(attributes['r'] ?? row.line + 1), cells: [] };
        column = -1;
      }
      if (open === 'c') {
        column = attributes['r'] === undefined ? column + 1 : columnOf(attributes['r']);
        if (column >= mostColumns) throw tooWide();
        [type, value] = [attributes['t'] ?? 'n', ''];
      }
      isValue = (open === 'v' || open === 't') && !isEmpty;
    } else if (part.close === 'v' || part.close === 't') isValue = false;
    else if (part.close === 'c') {
      const cell = cellOf(type, value, shared);
      // A cell may only have a colour or a border.
      if (cell !== '') row.cells[column] = cell;
    } else if (part.close === 'row') {
      const cells = Array.from(row.cells, (cell) => cell ?? '');
      if (cells.length > 0) rows.push({ ...row, cells });
      if (rows.length >= mostRowsRead) return rows;
    }
  }
  return rows;
}

function cellOf(type: string, value: string, { texts, from1904 }: Shared): TableRow['cells'][number] {
  switch (type) {
    case 's':
      return (texts[Number(value)] ?? '').trim();
    case 'b':
      return value === '1' ? '是' : '否';
    case 'n':
      return value === '' ? '' : { number: Number(value), from1904 };
    default:
      return value.trim();
  }
}

/** `AB12` is column 27. */
function columnOf(reference: string): number {
  const letters = /^[A-Z]{1,3}/.exec(reference)?.[0] ?? '';
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

const noWorkbook = (): XlsxError => new XlsxError('文件里没有工作表。', 'There is no sheet in the file.');
const tooWide = (): XlsxError =>
  new XlsxError(`工作表超过 ${mostColumns} 列。`, `The sheet has more than ${mostColumns} columns.`);
