/** Rewrites what XML and the BPMN schema allow but moddle does not support to the form that moddle reads. */
import { withScriptsAsAttributes } from './global-tasks.ts';
import { withEndsAsAttributes } from './participants.ts';

/** `1` and `0` are truth values of XML too, which moddle reads as false. */
const withTruthValues = (xml: string): string =>
  xml.replace(
    /\b((?:is[A-Z]\w+|triggeredByEvent|cancelActivity|cancelRemainingInstances|instantiate|testBefore|parallelMultiple|waitForCompletion)\s*=\s*)(["'])([01])\2/g,
    (_, name: string, quote: string, value: string) => `${name}${quote}${value === '1'}${quote}`,
  );

/** moddle reads `2.5` as 2, `1e300` as 1: what is no whole number becomes none, which the rules refuse. */
const withWholeNumbers = (xml: string): string =>
  xml
    .replace(
      /(\s(?:loopMaximum|startQuantity|completionQuantity)\s*=\s*)(["'])(?!\s*[+-]?\d+\s*\2)(?:(?!\2)[^<])*\2/g,
      '$1$2NaN$2',
    )
    .replace(/(<(?:[\w.-]+:)?loopMaximum(?:\s[^<>]*)?>)(?!\s*[+-]?\d+\s*<)[^<]*(?=<)/g, '$1NaN');

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

const bpmnNamespace = 'http://www.omg.org/spec/BPMN/20100524/MODEL';

/**
 * Tools write `xsi:type="tFormalExpression"` although BPMN is not the default namespace of their file, or with the prefix of another tool:
 * a type of the schema's form whose prefix nothing declares is BPMN's.
 */
function withDeclaredTypes(xml: string): string {
  const bound = new Map<string, string>();
  for (const [, prefix = '', , uri = ''] of xml.matchAll(/\sxmlns(?::([\w.-]+))?\s*=\s*(["'])(.*?)\2/g))
    if (!bound.has(prefix)) bound.set(prefix, uri);
  const own = [...bound].find(([, uri]) => uri === bpmnNamespace)?.[0];
  if (own === undefined) return xml;
  return xml.replace(
    /(\s[\w.-]+:type\s*=\s*["'])(?:([\w.-]+):)?(t[A-Z]\w*)(?=["'])/g,
    (whole, before: string, prefix: string | undefined, type: string) => {
      const declared = prefix === undefined ? bound.get('') === bpmnNamespace : bound.has(prefix);
      return declared ? whole : `${before}${own === '' ? '' : `${own}:`}${type}`;
    },
  );
}

/** Rewrites valid XML that moddle does not understand into an equivalent form that it does. */
export const normalised = (xml: string): string =>
  withDeclaredTypes(
    withPlainReferences(
      withWholeNumbers(withTruthValues(withEndsAsAttributes(withScriptsAsAttributes(withoutEncoding(xml))))),
    ),
  );

/** The text is decoded already: the declaration would only make the reader decode it again, or complain. */
const withoutEncoding = (xml: string): string =>
  xml.replace(/^(\s*<\?xml[^>]*?)\s+encoding\s*=\s*(?:"[^"]*"|'[^']*')/, '$1');
