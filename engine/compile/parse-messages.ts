/** Translates moddle's warnings and errors to problem codes and sentences for people. */
import type { Spelled } from '../files/xml-letters.ts';

/** Lines moddle adds to a message for developers: the place is taken out, the rest left out. */
export function readable(
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

/** The constraint of a code. */
export const constraintsOf: Record<string, string> = { 'duplicate-id': 'EXT002', 'unresolved-reference': 'REF' };

export function codeOf(message: string): string {
  if (message.includes('duplicate ID')) return 'duplicate-id';
  if (message.startsWith('unresolved reference')) return 'unresolved-reference';
  if (message.startsWith('unknown attribute')) return 'unknown-attribute';
  if (/unknown type <(zeebe|careloop):/.test(message)) return 'unsupported-extension';
  return 'unparsable';
}

export const noId = (id = ''): string => `"${id}" is no id: letters, digits, "_", "-" and "." only, no digit first.`;

/** Sentences for what moddle finds. */
const clearer: [RegExp, (found: RegExpExecArray) => string][] = [
  [/duplicate ID <(.*)>/, ([, id]) => `The id "${id}" stands at more than one element.`],
  [/illegal ID <(.*)>/, ([, id]) => noId(id)],
  [/unknown type <(?:[\w.-]+:)?(t[A-Z]\w*)>/, ([, type]) => `BPMN 2.0 has no type "${type}" (xsi:type).`],
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

export function sentence(text: string): string {
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

/** The type of a file whose root is not a BPMN element. */
export function otherKind(xml: string): string | undefined {
  const root = /<[A-Za-z_][^<>]*>/.exec(xml)?.[0] ?? '';
  if (/^<html\b/i.test(root)) return 'It is a web page.';
  if (root === '') return 'It is no XML.';
  if (root.includes('http://www.omg.org/spec/BPMN/20100524/MODEL')) return undefined;
  return (
    otherFiles.find(([pattern]) => pattern.test(root))?.[1] ?? 'Its root element is not the definitions of BPMN 2.0.'
  );
}
