/** What XML and the schema of BPMN allow and moddle does not know is written the way moddle reads it. */
import { withScriptsAsAttributes } from './global-tasks.ts';
import { withEndsAsAttributes } from './participants.ts';

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

/** The text is decoded already: the declaration would only make the reader decode it again, or complain. */
const withoutEncoding = (xml: string): string =>
  xml.replace(/^(\s*<\?xml[^>]*?)\s+encoding\s*=\s*(?:"[^"]*"|'[^']*')/, '$1');
