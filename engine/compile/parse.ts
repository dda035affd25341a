/** From the bytes or text of a file to its definitions. Whatever cannot be read becomes a problem, never an exception. */
import { BpmnModdle } from 'bpmn-moddle';
import zeebe from 'zeebe-bpmn-moddle/resources/zeebe.json' with { type: 'json' };
import careloop from './careloop-moddle.json' with { type: 'json' };
import { isElement, type ModdleElement } from './element.ts';
import { withScriptsAsAttributes } from './global-tasks.ts';
import { takeOutMisplaced } from './misplaced.ts';
import type { Report } from './report.ts';

/** One set of descriptors only: with the Camunda 7 one beside it no file can be read. */
const moddle = new BpmnModdle({ zeebe, careloop });

/** Byte order mark first, then the XML declaration, else UTF-8 (XML 1.0, appendix F). */
export function decode(file: string | Uint8Array): string {
  if (typeof file === 'string') return file.replace(/^\uFEFF/, '');
  const [a, b] = file;
  if (a === 0xff && b === 0xfe) return new TextDecoder('utf-16le').decode(file);
  if (a === 0xfe && b === 0xff) return new TextDecoder('utf-16be').decode(file);
  if (a === 0x3c && b === 0) return new TextDecoder('utf-16le').decode(file);
  if (a === 0 && b === 0x3c) return new TextDecoder('utf-16be').decode(file);
  const declaration = new TextDecoder('latin1').decode(file.subarray(0, 200));
  const encoding = /<\?xml[^>]*encoding\s*=\s*["']([\w.:-]+)["']/.exec(declaration)?.[1] ?? 'utf-8';
  return new TextDecoder(encoding, { fatal: true }).decode(file);
}

/** The same file as it is kept and sent: as text, which leaves here in UTF-8 whatever it came in. */
export function asUtf8(file: string | Uint8Array): string {
  return decode(file).replace(/^(\s*<\?xml[^>]*?\sencoding\s*=\s*)(?:"[^"]*"|'[^']*')/, '$1"UTF-8"');
}

export interface Parsed {
  definitions: ModdleElement;
  /** The text it was read from. */
  xml: string;
}

/** The text is decoded already: the declaration would only make the reader decode it again, or complain. */
const withoutEncoding = (xml: string): string =>
  xml.replace(/^(\s*<\?xml[^>]*?)\s+encoding\s*=\s*(?:"[^"]*"|'[^']*')/, '$1');

/** Lines moddle adds to a message for developers: the place is taken out, the rest left out. */
function readable(message: string): { text: string; position?: { line: number; column: number } } {
  const [first = message, ...rest] = message.split('\n');
  const nested = /nested error: (.*)/.exec(message)?.[1];
  const line = /line: (\d+)/.exec(message)?.[1];
  const column = /column: (\d+)/.exec(message)?.[1];
  const said = nested ? `${first} (${nested})` : rest.length > 0 ? first : message;
  return line && column ? { text: said, position: { line: +line + 1, column: +column + 1 } } : { text: said };
}

const constraints: Record<string, string> = { 'duplicate-id': 'EXT002', 'unresolved-reference': 'REF' };

function codeOf(message: string): string {
  if (message.includes('duplicate ID')) return 'duplicate-id';
  if (message.startsWith('unresolved reference')) return 'unresolved-reference';
  if (message.startsWith('unknown attribute')) return 'unknown-attribute';
  if (/unknown type <(zeebe|careloop):/.test(message)) return 'unsupported-extension';
  return 'unparsable';
}

export async function parseFile(file: string | Uint8Array, report: Report): Promise<Parsed | undefined> {
  try {
    const xml = withScriptsAsAttributes(withoutEncoding(decode(file)));
    const { rootElement, warnings } = await moddle.fromXML(xml);
    for (const warning of warnings) {
      const { text, position } = readable(warning.message);
      const at = isElement(warning.element) ? warning.element : undefined;
      const code = codeOf(warning.message);
      // The diagram is drawn, not run: a shape whose element is gone harms nobody. Types of data may be those of XML schemas.
      const typing = code === 'unresolved-reference' && /structureRef$/.test(warning.property ?? '');
      const drawn = typing || (at !== undefined && /^(bpmndi|di|dc):/.test(at.$type));
      const where = warning.property ? ` in ${warning.property}` : '';
      const say = drawn ? report.warning : report.error;
      const constraint = constraints[code];
      say(at, code, `${text}${code === 'unresolved-reference' ? where : ''}`, {
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
      return { definitions: rootElement, xml };
    }
    report.error(undefined, 'unparsable', 'The file holds no BPMN definitions.');
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const { text, position } = readable(message);
    report.error(undefined, 'unparsable', `The file is no BPMN 2.0 file that can be read: ${text}`, {
      hint: 'Open it in a BPMN modeler and export it as BPMN 2.0 XML.',
      ...(position && { position }),
    });
  }
  return undefined;
}
