/** From the bytes or text of a file to its definitions. Whatever cannot be read becomes a problem, never an exception. */
import { BpmnModdle } from 'bpmn-moddle';
import zeebe from 'zeebe-bpmn-moddle/resources/zeebe.json' with { type: 'json' };
import { restore, type Spelled, spelled } from '../xml-letters.ts';
import careloop from './careloop-moddle.json' with { type: 'json' };
import { isElement, type ModdleElement } from './element.ts';
import { withScriptsAsAttributes } from './global-tasks.ts';
import { takeOutMisplaced } from './misplaced.ts';
import { withEndsAsAttributes } from './participants.ts';
import type { Report } from './report.ts';
import type { Unresolved } from './rules/rule.ts';

/** One set of descriptors only: with the Camunda 7 one beside it no file can be read. */
const moddle = new BpmnModdle({ zeebe, careloop });

/**
 * Byte order mark first, then the XML declaration, else UTF-8 (XML 1.0, appendix F).
 * @throws Unreadable
 */
export function decode(file: string | Uint8Array): string {
  if (typeof file === 'string') return file.replace(/^\uFEFF/, '');
  const [a, b] = file;
  if (a === 0xff && b === 0xfe) return decoded(file, 'utf-16le');
  if (a === 0xfe && b === 0xff) return decoded(file, 'utf-16be');
  if (a === 0x3c && b === 0) return decoded(file, 'utf-16le');
  if (a === 0 && b === 0x3c) return decoded(file, 'utf-16be');
  const declaration = new TextDecoder('latin1').decode(file.subarray(0, 200));
  const declared = /<\?xml[^>]*encoding\s*=\s*["']([\w.:-]+)["']/.exec(declaration)?.[1] ?? 'utf-8';
  // A declaration that can be read byte by byte is not in UTF-16: some tools write it so into files of UTF-8.
  return decoded(file, /^(utf-?16|ucs-?2|unicode$)/i.test(declared) ? 'utf-8' : declared);
}

function decoded(file: Uint8Array, encoding: string): string {
  const hint = 'Save the file in UTF-8, and let its first line say so.';
  let decoder: InstanceType<typeof TextDecoder>;
  try {
    decoder = new TextDecoder(encoding, { fatal: true });
  } catch {
    throw new Unreadable(`The file says it is written in "${encoding}", which cannot be read here.`, hint);
  }
  try {
    return decoder.decode(file);
  } catch {
    const said = encoding === 'utf-8' ? 'It has no other encoding declared than UTF-8' : `It says it is ${encoding}`;
    throw new Unreadable(`${said}, but holds bytes that are not.`, hint);
  }
}

/** A file that is refused before its elements are looked at. */
class Unreadable extends Error {
  readonly hint: string;
  readonly code: string;
  constructor(message: string, hint: string, code = 'unparsable') {
    super(message);
    this.hint = hint;
    this.code = code;
  }
}

/** The same file as it is kept and sent: as text, which leaves here in UTF-8 whatever it came in. */
export function asUtf8(file: string | Uint8Array): string {
  return decode(file).replace(/^(\s*<\?xml[^>]*?\sencoding\s*=\s*)(?:"[^"]*"|'[^']*')/, '$1"UTF-8"');
}

export interface Parsed {
  definitions: ModdleElement;
  /** The text it was read from. */
  xml: string;
  /** References that lead nowhere. */
  unresolved: Unresolved[];
}

/** The text is decoded already: the declaration would only make the reader decode it again, or complain. */
const withoutEncoding = (xml: string): string =>
  xml.replace(/^(\s*<\?xml[^>]*?)\s+encoding\s*=\s*(?:"[^"]*"|'[^']*')/, '$1');

/** Lines moddle adds to a message for developers: the place is taken out, the rest left out. */
function readable(
  message: string,
  read: Spelled = { xml: '', back: (text) => text },
): { text: string; position?: { line: number; column: number } } {
  const [first = message, ...rest] = message.split('\n');
  const nested = /nested error: (.*)/.exec(message)?.[1];
  const line = /line: (\d+)/.exec(message)?.[1];
  const column = /column: (\d+)/.exec(message)?.[1];
  const said = read.back(nested ? `${first} (${nested})` : rest.length > 0 ? first : message);
  if (!line || !column) return { text: said };
  const before = read.xml === '' ? undefined : read.xml.split('\n')[+line]?.slice(0, +column);
  return {
    text: said,
    position: { line: +line + 1, column: (before === undefined ? +column : read.back(before).length) + 1 },
  };
}

const constraints: Record<string, string> = { 'duplicate-id': 'EXT002', 'unresolved-reference': 'REF' };

function codeOf(message: string): string {
  if (message.includes('duplicate ID')) return 'duplicate-id';
  if (message.startsWith('unresolved reference')) return 'unresolved-reference';
  if (message.startsWith('unknown attribute')) return 'unknown-attribute';
  if (/unknown type <(zeebe|careloop):/.test(message)) return 'unsupported-extension';
  return 'unparsable';
}

const mostCharacters = 10_000_000;
const mostDepth = 200;
const mostAttributes = 1_000;

/** Declared entities can grow without end or read other files; BPMN has no use for them. Deep nesting only costs. */
function refuseHostile(xml: string): void {
  if (xml.trim() === '') throw new Unreadable('The file is empty.', 'Export it again.');
  if (xml.length > mostCharacters)
    throw new Unreadable(
      `The file has ${xml.length} characters; ${mostCharacters} is the most.`,
      'Divide it into processes that call each other.',
      'file-too-large',
    );
  if (/<!ENTITY\b/.test(xml))
    throw new Unreadable(
      'The file declares entities of its own.',
      'Write the text itself instead.',
      'entities-declared',
    );
  if (deeperThan(mostDepth, xml))
    throw new Unreadable(
      `Its elements are nested more than ${mostDepth} deep.`,
      'Divide it into processes that call each other.',
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
    if (++attributes > mostAttributes)
      throw new Unreadable(
        `An element has more than ${mostAttributes} attributes.`,
        'Put data into the process, not into its drawing.',
        'too-many-attributes',
      );
    mark.lastIndex = closing + 1;
  }
  return -1;
}

const noId = (id = ''): string => `"${id}" is no id: letters, digits, "_", "-" and "." only, no digit first.`;

/** Sentences for what moddle finds. */
const clearer: [RegExp, (found: RegExpExecArray) => string][] = [
  [/duplicate ID <(.*)>/, ([, id]) => `The id "${id}" stands at more than one element.`],
  [/illegal ID <(.*)>/, ([, id]) => noId(id)],
  [/unknown type <(.*)>/, ([, type]) => `BPMN 2.0 has no element "${type}".`],
  [
    /unexpected body text <([\s\S]*)>/,
    ([, text]) => `The text "${text?.slice(0, 100)}" stands where only elements may.`,
  ],
  [
    /unrecognized element <(.*)>/,
    ([, name]) => `The element "${name}" stands where it may not; tools keep theirs in extensionElements.`,
  ],
  [
    /^unresolved reference <([^:>]+:.*)>/,
    ([, id]) => `The reference "${id}" leads to another file; imported files are not read. Found`,
  ],
];

function sentence(text: string): string {
  for (const [pattern, say] of clearer) {
    const found = pattern.exec(text);
    if (found) return say(found);
  }
  return text;
}

const otherFiles: [RegExp, string][] = [
  [/\/spec\/DMN\//, 'It is a file of decisions (DMN).'],
  [/\/spec\/CMMN\//, 'It is a file of cases (CMMN), which are not executed.'],
  [/wfmc\.org\/\d+\/XPDL/i, 'It is an XPDL file.'],
  [/spec\/BPMN\/(?!20100524\/MODEL)/, 'It is of a version of BPMN that is not 2.0.'],
];

/** What a file is whose root is not BPMN's. */
function otherKind(xml: string): string | undefined {
  const root = /<[A-Za-z_][^<>]*>/.exec(xml)?.[0] ?? '';
  if (/^<html\b/i.test(root)) return 'It is a web page.';
  if (root === '') return 'It is no XML.';
  if (root.includes('http://www.omg.org/spec/BPMN/20100524/MODEL')) return undefined;
  return (
    otherFiles.find(([pattern]) => pattern.test(root))?.[1] ?? 'Its root element is not the definitions of BPMN 2.0.'
  );
}

/** `1` and `0` are truth values of XML too, which moddle reads as false. */
const withTruthValues = (xml: string): string =>
  xml.replace(
    /\b((?:is[A-Z]\w+|triggeredByEvent|cancelActivity|cancelRemainingInstances|instantiate|testBefore|parallelMultiple|waitForCompletion)\s*=\s*)(["'])([01])\2/g,
    (_, name: string, quote: string, value: string) => `${name}${quote}${value === '1'}${quote}`,
  );

/**
 * References are qualified names: a prefix of the file's own namespace is no part of the id, and space around it none either, which
 * moddle reads as one.
 */
function withPlainReferences(xml: string): string {
  const root = /<(?:[\w.-]+:)?definitions\b(?:"[^"]*"|'[^']*'|[^>"'])*>/.exec(xml)?.[0] ?? '';
  const own = /\stargetNamespace\s*=\s*(["'])(.*?)\1/.exec(root)?.[2];
  const prefixes = [...root.matchAll(/\sxmlns:([\w.-]+)\s*=\s*(["'])(.*?)\2/g)].flatMap(([, prefix = '', , uri]) =>
    uri === own ? [prefix.replace(/[.]/g, '\\.')] : [],
  );
  const prefix = prefixes.length > 0 ? `(?:(?:${prefixes.join('|')}):)?` : '';
  const attribute = new RegExp(
    `(\\s(?:\\w+Ref|bpmnElement|default)\\s*=\\s*(["']))\\s*${prefix}([^\\s"'<>]+)\\s*(?=\\2)`,
    'g',
  );
  const element = new RegExp(
    `(<((?:[\\w.-]+:)?(?:incoming|outgoing|source|target|\\w+Refs?))(?:\\s[^<>]*)?>)\\s*${prefix}([^\\s<>]+)\\s*(?=</\\2\\s*>)`,
    'g',
  );
  return xml.replace(attribute, '$1$3').replace(element, '$1$3');
}

/** The same file as moddle can read it: what XML and the schema allow and moddle does not know is written its way. */
export const normalised = (xml: string): string =>
  withPlainReferences(withTruthValues(withEndsAsAttributes(withScriptsAsAttributes(withoutEncoding(xml)))));

export async function parseFile(file: string | Uint8Array, report: Report): Promise<Parsed | undefined> {
  let xml = '';
  let read: Spelled | undefined;
  try {
    xml = decode(file);
    refuseHostile(xml);
    xml = normalised(xml);
    read = spelled(xml);
    const { rootElement, warnings } = await moddle.fromXML(read.xml);
    for (const id of read.xml === xml ? [] : restore(rootElement, read.back))
      report.error(undefined, 'unparsable', noId(id));
    const unresolved: Unresolved[] = [];
    for (const warning of warnings) {
      const { text, position } = readable(warning.message, read);
      const at = isElement(warning.element) ? warning.element : undefined;
      const code = codeOf(warning.message);
      if (code === 'unresolved-reference' && at && warning.property)
        unresolved.push({ element: at, property: warning.property.replace(/^.*:/, '') });
      // The diagram is drawn, not run: a shape whose element is gone harms nobody. Types of data and
      // of extensions may be defined elsewhere.
      const typing =
        code === 'unresolved-reference' &&
        /(structureRef|evaluatesToTypeRef|bpmn:type|bpmn:definition)$/.test(warning.property ?? '');
      const drawn = typing || (at !== undefined && /^(bpmndi|di|dc):/.test(at.$type));
      const where = warning.property ? ` in ${warning.property}` : '';
      const say = drawn ? report.warning : report.error;
      const constraint = constraints[code];
      say(at, code, `${sentence(text)}${code === 'unresolved-reference' ? where : ''}`, {
        ...(position && { position }),
        ...(constraint && { constraint }),
      });
    }
    if (isElement(rootElement) && rootElement.$type === 'bpmn:Definitions') {
      for (const { element, name } of takeOutMisplaced(rootElement))
        report.error(
          element,
          'unknown-attribute',
          `"${name}" is written as an attribute; the standard knows it as an element only.`,
          {
            hint: `Write it as <${name}> inside the element.`,
          },
        );
      return { definitions: rootElement, xml, unresolved };
    }
    report.error(undefined, 'unparsable', 'The file holds no BPMN definitions.');
  } catch (error) {
    if (error instanceof Unreadable) {
      report.error(undefined, error.code, `The file cannot be read: ${error.message}`, { hint: error.hint });
      return undefined;
    }
    const message = error instanceof Error ? error.message : String(error);
    const { text, position } = readable(message, read);
    const said = otherKind(xml) ?? text;
    report.error(undefined, 'unparsable', `The file is no BPMN 2.0 file that can be read: ${said}`, {
      hint: 'Open it in a BPMN modeler and export it as BPMN 2.0 XML.',
      ...(position && { position }),
    });
  }
  return undefined;
}
