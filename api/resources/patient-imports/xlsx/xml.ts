/** Tags and texts of an XML file one after the other, as far as workbooks need them: names without prefix, no document types. */
import { tooMuch, XlsxError } from './xlsx-error.ts';

export type XmlPart =
  | { open: string; attributes: Record<string, string>; isEmpty: boolean }
  | { close: string }
  | { text: string };

/** What may still be read of a workbook: its tags, texts and references, all of its files together. */
export interface XmlBudget {
  left: number;
}

/** Several times what the largest import has. */
export const mostXmlParts = 600_000;
/** Characters of a tag or a text: the longest a cell may have, each written as a reference. */
const mostCharacters = 200_000;

/** @throws XlsxError for what is no XML, and beyond the budget */
export function* xmlParts(xml: string, budget: XmlBudget): Generator<XmlPart> {
  let at = 0;
  while (at < xml.length) {
    spend(budget);
    const next = xml.indexOf('<', at);
    const until = next === -1 ? xml.length : next;
    if (until > at) yield { text: decoded(within(xml, at, until), budget) };
    if (next === -1) return;
    if (xml.startsWith('<!--', next)) at = after(xml, '-->', next);
    else if (xml.startsWith('<![CDATA[', next)) {
      at = after(xml, ']]>', next);
      yield { text: xml.slice(next + 9, at - 3) };
    } else if (xml.startsWith('<?', next)) at = after(xml, '?>', next);
    else if (xml.startsWith('<!', next)) throw unreadable();
    else {
      at = after(xml, '>', next);
      yield tagOf(within(xml, next + 1, at - 1), budget);
    }
  }
}

function within(xml: string, from: number, until: number): string {
  if (until - from > mostCharacters) throw tooMuch();
  return xml.slice(from, until);
}

function spend(budget: XmlBudget): void {
  if (budget.left <= 0) throw tooMuch();
  budget.left -= 1;
}

function after(xml: string, mark: string, from: number): number {
  const found = xml.indexOf(mark, from);
  if (found === -1) throw unreadable();
  return found + mark.length;
}

function tagOf(inside: string, budget: XmlBudget): XmlPart {
  if (inside.startsWith('/')) return { close: localName(inside.slice(1).trim()) };
  const isEmpty = inside.endsWith('/');
  const body = isEmpty ? inside.slice(0, -1) : inside;
  const attributes: Record<string, string> = {};
  for (const [, name = '', double, single] of body.matchAll(/\s([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)) {
    spend(budget);
    attributes[name] = decoded(double ?? single ?? '', budget);
  }
  return { open: localName(body.split(/\s/, 1)[0] ?? ''), attributes, isEmpty };
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

const entities: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

const decoded = (text: string, budget: XmlBudget): string =>
  text.replace(/&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|(\w{2,4}));/g, (whole, hex, decimal, name) => {
    spend(budget);
    if (name !== undefined) return entities[name] ?? whole;
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });

const unreadable = (): XlsxError =>
  new XlsxError('Excel 文件的内容无法读取。', 'The content of the Excel file cannot be read.');
