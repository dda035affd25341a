/**
 * Ids are NCNames, with letters of every script; the readers of BPMN and DMN files take those of ASCII only. A file with others is read
 * with all its letters written in ASCII, and what was read gets them back.
 */

export interface Spelled {
  xml: string;
  /** The letters as they stand in the file. */
  back(text: string): string;
}

/** Written in ASCII where an id needs it, else as it is. */
export function spelled(xml: string): Spelled {
  if (!/\sid\s*=\s*(?:"[^"]*[^\0-\x7f][^"]*"|'[^']*[^\0-\x7f][^']*')/.test(xml)) return { xml, back: (text) => text };
  let mark = '_u';
  while (xml.includes(mark)) mark += 'u';
  const letter = new RegExp(`${mark}([0-9a-f]+)_`, 'g');
  return {
    // Space stays what it is: between elements it is no text.
    xml: xml.replace(/[^\0-\x7f\s]/gu, (one) => `${mark}${one.codePointAt(0)!.toString(16)}_`),
    back: (text) => text.replace(letter, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16))),
  };
}

const nameStart =
  'A-Z_a-z\\u00c0-\\u00d6\\u00d8-\\u00f6\\u00f8-\\u02ff\\u0370-\\u037d\\u037f-\\u1fff\\u200c-\\u200d\\u2070-\\u218f\\u2c00-\\u2fef\\u3001-\\ud7ff\\uf900-\\ufdcf\\ufdf0-\\ufffd\\u{10000}-\\u{effff}';
const ncName = new RegExp(`^[${nameStart}][${nameStart}.0-9\\u00b7\\u0300-\\u036f\\u203f-\\u2040-]*$`, 'u');

/** Namespaces in XML 1.0, production 4; a prefix before it is taken too, as the readers do. */
const isId = (text: string): boolean =>
  text.split(':').length <= 2 && text.split(':').every((part) => ncName.test(part));

interface Tree {
  $attrs?: unknown;
  id?: unknown;
}

const isTree = (value: unknown): value is Tree & Record<string, unknown> => typeof value === 'object' && value !== null;

/**
 * Gives all texts of a tree of elements their letters back.
 * @returns ids that are none
 */
export function restore(root: unknown, back: Spelled['back']): string[] {
  const bad: string[] = [];
  const seen = new Set<unknown>();
  const visit = (node: unknown): void => {
    if (!isTree(node) || seen.has(node)) return;
    seen.add(node);
    for (const key of Object.keys(node)) {
      const value = node[key];
      if (typeof value === 'string') Reflect.set(node, key, back(value));
      else visit(value);
    }
    visit(node.$attrs);
    if (typeof node.id === 'string' && !isId(node.id)) bad.push(node.id);
  };
  visit(root);
  return bad;
}
