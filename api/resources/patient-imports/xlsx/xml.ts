/** Reads an XML file of a workbook by handlers: element names without prefix, no document types. */
import { Parser } from 'saxen';
import { ownValue } from '../../../../engine/model/own-property.ts';
import { tooMuch, XlsxError } from './xlsx-error.ts';

export interface XmlHandlers {
  /** @param attribute value by local name @returns false: nothing more is read */
  open?(name: string, attribute: (name: string) => string | undefined): unknown;
  text?(text: string): void;
  /** @returns false: nothing more is read */
  close?(name: string): unknown;
}

/** What may still be read of a workbook: elements and texts, all of its files together. */
export interface XmlBudget {
  left: number;
}

/** Several times what the largest import has. */
export const mostXmlParts = 600_000;

/** Of a text: the longest a cell may have, each character written as a reference. */
const mostCharacters = 200_000;

/** @throws XlsxError for what is no XML, and beyond the budget */
export function readXml(xml: string, budget: XmlBudget, { open, text, close }: XmlHandlers): void {
  const spend = () => {
    if (budget.left <= 0) throw tooMuch();
    budget.left -= 1;
  };
  const stopIf = (answer: unknown) => {
    if (answer === false) parser.stop();
  };
  const parser = new Parser()
    .on('openTag', (name, attributes, decode) => {
      spend();
      stopIf(open?.(localName(name), (attribute) => decoded(attributeOf(attributes(), attribute), decode)));
    })
    .on('text', (value, decode) => {
      spend();
      if (value.length > mostCharacters) throw tooMuch();
      text?.(decode(value));
    })
    .on('cdata', (value) => text?.(value))
    .on('closeTag', (name) => stopIf(close?.(localName(name))))
    .on('attention', () => {
      throw unreadable();
    });
  try {
    parser.parse(xml);
  } catch (error) {
    throw error instanceof XlsxError ? error : unreadable();
  }
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

/** Prefixes of namespaces are the writer's choice. */
const attributeOf = (attributes: Record<string, string>, name: string): string | undefined =>
  ownValue(attributes, name) ?? Object.entries(attributes).find(([one]) => localName(one) === name)?.[1];

const decoded = (value: string | undefined, decode: (text: string) => string): string | undefined =>
  value === undefined ? undefined : decode(value);

const unreadable = (): XlsxError =>
  new XlsxError('Excel 文件的内容无法读取。', 'The content of the Excel file cannot be read.');
