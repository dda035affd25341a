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
  /https?:\/\/www\.omg\.org\/(?:spec\/DMN\/\d+\/(?:MODEL\/?|dmn\.xsd)|spec\/DMN\/\d+\/MODEL\/?)(?=["'])/g;
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
