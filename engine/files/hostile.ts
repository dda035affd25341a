/** Refuses files that would be too expensive to parse, before they are parsed. */
import { Unreadable } from './decode.ts';

const maxCharacters = 10_000_000;
const maxDepth = 200;
const maxAttributes = 1_000;

/**
 * Declared entities can grow without end or read other files; BPMN has no use for them. Deep nesting only costs.
 * @throws Unreadable
 */
export function refuseHostile(xml: string): void {
  if (xml.trim() === '') throw new Unreadable('The file is empty.', 'Export it again.');
  if (xml.length > maxCharacters)
    throw new Unreadable(
      `The file has ${xml.length} characters; ${maxCharacters} is the most.`,
      'Divide it into several files.',
      'file-too-large',
    );
  if (/<!ENTITY\b/.test(xml))
    throw new Unreadable(
      'The file declares entities of its own.',
      'Write the text itself instead.',
      'entities-declared',
    );
  if (deeperThan(maxDepth, xml))
    throw new Unreadable(
      `Its elements are nested more than ${maxDepth} deep.`,
      'Divide it into several parts.',
      'nested-too-deep',
    );
}

const skipped: [string, string][] = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
  ['<!', '>'],
];

/** Goes through the tags once: the reader takes very long over a tag that never ends. */
function deeperThan(most: number, xml: string): boolean {
  let depth = 0;
  for (let at = xml.indexOf('<'); at >= 0; at = xml.indexOf('<', at)) {
    const skip = skipped.find(([begin]) => xml.startsWith(begin, at));
    const end = skip ? xml.indexOf(skip[1], at + skip[0].length) : endOfTag(xml, at);
    if (end < 0) throw new Unreadable('It ends in the middle of an element.', 'Copy or export the whole file again.');
    if (!skip && xml[end - 1] !== '/') depth += xml[at + 1] === '/' ? -1 : 1;
    if (depth > most) return true;
    at = end;
  }
  return false;
}

/** Where the tag that begins here ends; attributes may hold a `>`. */
function endOfTag(xml: string, from: number): number {
  const mark = /["'>]/g;
  mark.lastIndex = from;
  let attributes = 0;
  for (let found = mark.exec(xml); found; found = mark.exec(xml)) {
    if (found[0] === '>') return found.index;
    const closing = xml.indexOf(found[0], found.index + 1);
    if (closing < 0) return -1;
    if (++attributes > maxAttributes)
      throw new Unreadable(
        `An element has more than ${maxAttributes} attributes.`,
        'Put data into variables, not into the file.',
        'too-many-attributes',
      );
    mark.lastIndex = closing + 1;
  }
  return -1;
}
