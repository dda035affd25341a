/** Reads DMN 1.1 to 1.6 with dmn-moddle, which knows 1.3: the namespaces are put to 1.3 and the boxed expressions of 1.4 are added. */
import { DmnModdle } from 'dmn-moddle';
import dmn13 from 'dmn-moddle/resources/dmn/json/dmn13.json' with { type: 'json' };
import { restore, spelled } from '../files/xml-letters.ts';

interface Property {
  name: string;
  type: string;
  isAttr?: boolean;
  xml?: { serialize: string };
}

const element = (name: string, type: string): Property => ({ name, type, xml: { serialize: 'property' } });
const iterator = [{ name: 'iteratorVariable', type: 'String', isAttr: true }, element('in', 'ChildExpression')];
const child = (name: string): Property => element(name, 'ChildExpression');

/** DMN 1.4, 10.2.2.9 to 10.2.2.12, and the type constraint of DMN 1.5, 7.3.3. */
const later = [
  {
    name: 'ChildExpression',
    properties: [
      { name: 'value', type: 'Expression' },
      { name: 'typeRef', type: 'String', isAttr: true },
      { name: 'id', type: 'String', isAttr: true },
    ],
  },
  { name: 'Conditional', superClass: ['Expression'], properties: [child('if'), child('then'), child('else')] },
  { name: 'For', superClass: ['Expression'], properties: [...iterator, child('return')] },
  { name: 'Some', superClass: ['Expression'], properties: [...iterator, child('satisfies')] },
  { name: 'Every', superClass: ['Expression'], properties: [...iterator, child('satisfies')] },
  { name: 'Filter', superClass: ['Expression'], properties: [child('in'), child('match')] },
];

const types = dmn13.types.map((type) =>
  type.name === 'ItemDefinition'
    ? { ...type, properties: [...(type.properties ?? []), element('typeConstraint', 'UnaryTests')] }
    : type,
);

const moddle = new DmnModdle({ dmn: { ...dmn13, types: [...types, ...later] } });

const modelNamespace =
  /https?:\/\/www\.omg\.org\/(?:spec\/DMN\/\d+\/(?:MODEL\/?|dmn\d*\.xsd)|spec\/DMN\/\d+\/MODEL\/?)(?=["'])/g;
const diagramNamespace = /https?:\/\/www\.omg\.org\/spec\/DMN\/\d+\/DMNDI\/?(?=["'])/g;

export async function readDmn(xml: string): Promise<{ root: unknown; warnings: { message: string }[] }> {
  const known = xml
    .replace(/^\uFEFF/, '')
    .replace(/^(\s*<\?xml[^>]*?)\s+encoding\s*=\s*(?:"[^"]*"|'[^']*')/, '$1')
    .replace(modelNamespace, 'https://www.omg.org/spec/DMN/20191111/MODEL/')
    .replace(diagramNamespace, 'https://www.omg.org/spec/DMN/20191111/DMNDI/');
  const read = spelled(known);
  const { rootElement, warnings } = await moddle.fromXML(read.xml);
  if (read.xml === known) return { root: rootElement, warnings };
  const bad = restore(rootElement, read.back);
  if (bad.length > 0) throw new Error(`illegal ID <${bad[0]}>`);
  return { root: rootElement, warnings: warnings.map(({ message }) => ({ message: read.back(message) })) };
}

const otherFiles: [RegExp, string][] = [
  [/\/spec\/BPMN\//, 'It is a process (BPMN), not a decision.'],
  [/\/spec\/CMMN\//, 'It is a case (CMMN), not a decision.'],
];

/** What a file is whose root is not DMN's; undefined where the root is. */
export function otherKindThanDmn(xml: string): string | undefined {
  const root = /<([A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)\b(?:"[^"]*"|'[^']*'|[^<>"'])*>/.exec(
    xml.replace(/<!--[\s\S]*?-->/g, ''),
  );
  if (!root) return 'It is no XML.';
  const [tag, prefix = '', name] = root;
  if (/^html$/i.test(name ?? '')) return 'It is a web page.';
  const other = otherFiles.find(([pattern]) => pattern.test(tag))?.[1];
  if (other) return other;
  const declaration = new RegExp(`\\sxmlns${prefix === '' ? '' : `:${prefix.slice(0, -1)}`}\\s*=\\s*(["'])(.*?)\\1`);
  const uri = declaration.exec(tag)?.[2];
  if (name === 'definitions' && uri !== undefined && new RegExp(modelNamespace.source).test(`${uri}"`))
    return undefined;
  return uri === undefined
    ? `Its root element "${prefix}${name}" has no namespace.`
    : `Its root element "${prefix}${name}" is of the namespace "${uri}", which is none of DMN 1.1 to 1.6.`;
}
