/** The first sheet of an Excel workbook (ISO/IEC 29500) as rows of cells: texts as they are shown, numbers as numbers. */
import { mostColumns, mostRowsRead, type TableRow } from '../table.ts';
import { openArchive } from './archive.ts';
import { XlsxError } from './xlsx-error.ts';
import { mostXmlParts, readXml, type XmlBudget } from './xml.ts';

/** @throws XlsxError */
export async function readWorkbook(bytes: Buffer): Promise<TableRow[]> {
  const file = await openArchive(bytes);
  const budget = { left: mostXmlParts };
  const workbook = await file('xl/workbook.xml');
  const relations = await file('xl/_rels/workbook.xml.rels');
  if (workbook === undefined || relations === undefined) throw noWorkbook();
  const { sheet, from1904 } = firstSheet(workbook, budget);
  const xml = await file(targetOf(relations, sheet, budget));
  if (xml === undefined) throw noWorkbook();
  const shared = await file('xl/sharedStrings.xml');
  return rowsOf(xml, { texts: shared === undefined ? [] : textsOf(shared, budget), from1904 }, budget);
}

function firstSheet(workbook: string, budget: XmlBudget): { sheet: string; from1904: boolean } {
  let from1904 = false;
  let sheet: string | undefined;
  readXml(workbook, budget, {
    open(name, attribute) {
      if (name === 'workbookPr') from1904 = ['1', 'true'].includes(attribute('date1904') ?? '');
      if (name === 'sheet') sheet = attribute('id');
      return sheet === undefined;
    },
  });
  if (sheet === undefined) throw noWorkbook();
  return { sheet, from1904 };
}

function targetOf(relations: string, id: string, budget: XmlBudget): string {
  let target: string | undefined;
  readXml(relations, budget, {
    open(name, attribute) {
      if (name === 'Relationship' && attribute('Id') === id) target = attribute('Target');
      return target === undefined;
    },
  });
  if (target === undefined) throw noWorkbook();
  return target.startsWith('/') ? target.slice(1) : `xl/${target}`;
}

/** Texts that cells refer to by their place. Readings of characters (`rPh`) are no part of a text. */
function textsOf(xml: string, budget: XmlBudget): string[] {
  const texts: string[] = [];
  let [text, isText, isReading] = ['', false, false];
  readXml(xml, budget, {
    open(name) {
      if (name === 'si') text = '';
      if (name === 't') isText = true;
      if (name === 'rPh') isReading = true;
    },
    text(part) {
      if (isText && !isReading) text += part;
    },
    close(name) {
      if (name === 't') isText = false;
      if (name === 'rPh') isReading = false;
      if (name === 'si') texts.push(text);
    },
  });
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
  readXml(xml, budget, {
    open(name, attribute) {
      isValue = name === 'v' || name === 't';
      if (name === 'row') {
        row = { line: Number(attribute('r') ?? row.line + 1), cells: [] };
        column = -1;
      }
      if (name !== 'c') return;
      const reference = attribute('r');
      column = reference === undefined ? column + 1 : columnOf(reference);
      if (column >= mostColumns) throw tooWide();
      [type, value] = [attribute('t') ?? 'n', ''];
    },
    text(part) {
      if (isValue) value += part;
    },
    close(name) {
      if (name === 'v' || name === 't') isValue = false;
      if (name === 'c') {
        const cell = cellOf(type, value, shared);
        // A cell may only have a colour or a border.
        if (cell !== '') row.cells[column] = cell;
      }
      if (name !== 'row') return;
      const cells = Array.from(row.cells, (cell) => cell ?? '');
      if (cells.length > 0) rows.push({ ...row, cells });
      return rows.length < mostRowsRead;
    },
  });
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
