/** Decisions of every version of the standard, and what is refused before it is read. */
import { describe, expect, it } from 'vitest';
import { compileDmn } from '../../../engine/dmn/compile.ts';
import { evaluateDecision } from '../../../engine/dmn/evaluate.ts';
import { context } from './models.ts';

const adult = (
  namespace: string,
  declarations: string,
  types: { age: string; adult: string; number: string },
): string =>
  `<definitions xmlns="${namespace}" ${declarations} namespace="http://x/m1.xml" name="m" id="m">
    <itemDefinition name="age"><typeRef>${types.number}</typeRef></itemDefinition>
    <itemDefinition name="adult"><typeRef>boolean</typeRef></itemDefinition>
    <inputData id="in" name="age"><variable name="age" typeRef="${types.age}"/></inputData>
    <decision id="dec" name="adult"><variable name="adult" typeRef="${types.adult}"/><informationRequirement><requiredInput href="#in"/></informationRequirement><literalExpression><text>age &gt;= 18</text></literalExpression></decision>
  </definitions>`;

const of11 = 'http://www.omg.org/spec/DMN/20151101/dmn.xsd';
const plain = { age: 'age', adult: 'adult', number: 'number' };

async function decided(xml: string) {
  const { decisions, problems } = await compileDmn(xml);
  expect(problems).toEqual([]);
  return evaluateDecision(decisions, 'dec', { age: 20 }, context);
}

describe('the names of types', () => {
  it.each([
    [
      'of the file itself, with a prefix',
      'xmlns:sig="http://x/m1.xml" xmlns:feel="http://www.omg.org/spec/FEEL/20140401"',
      { age: 'sig:age', adult: 'sig:adult', number: 'feel:number' },
    ],
    ['of FEEL, under any prefix', 'xmlns:f="http://www.omg.org/spec/FEEL/20140401"', { ...plain, number: 'f:number' }],
    ['of FEEL, without a declaration', '', { ...plain, number: 'feel:number' }],
    ['of XML Schema', 'xmlns:xs="http://www.w3.org/2001/XMLSchema"', { ...plain, number: 'xs:integer' }],
    ['within other types', 'xmlns:s="http://x/m1.xml"', { ...plain, adult: 's:adult', age: 's:age' }],
  ])('%s', async (_, declarations, types) => {
    expect(await decided(adult(of11, declarations, types))).toMatchObject({ ok: true, value: true });
  });

  it('of an imported file, by the prefix of its namespace', async () => {
    const main = `<definitions xmlns="${of11}" xmlns:lib="http://x/lib" namespace="http://x/m1.xml" name="m" id="m">
      <import name="types" namespace="http://x/lib" importType="${of11}"/>
      <decision id="dec" name="dec"><variable name="dec" typeRef="lib:size"/><literalExpression><text>"S"</text></literalExpression></decision></definitions>`;
    const library = `<definitions xmlns="${of11}" namespace="http://x/lib" name="lib" id="lib"><itemDefinition name="size"><typeRef>string</typeRef></itemDefinition></definitions>`;
    const { decisions, problems } = await compileDmn(main, { imports: [library] });
    expect(problems).toEqual([]);
    expect(evaluateDecision(decisions, 'dec', {}, context)).toMatchObject({ value: 'S' });
  });

  it('of an undeclared prefix are reported', async () => {
    const { problems } = await compileDmn(adult(of11, '', { ...plain, age: 'sig:age' }));
    expect(problems).toMatchObject([{ code: 'unknown-type', element: 'in', message: 'There is no type "sig:age".' }]);
  });
});

describe('the namespace of the file', () => {
  it.each([
    of11,
    'http://www.omg.org/spec/DMN/20151101/dmn11.xsd',
    'http://www.omg.org/spec/DMN/20180521/MODEL/',
    'https://www.omg.org/spec/DMN/20191111/MODEL/',
    'https://www.omg.org/spec/DMN/20211108/MODEL/',
    'https://www.omg.org/spec/DMN/20230324/MODEL/',
  ])('%s is read', async (namespace) => {
    expect(await decided(adult(namespace, '', plain))).toMatchObject({ ok: true, value: true });
  });

  it.each([
    ['<definitions xmlns="http://example.test/dmn" id="m"/>', /"http:\/\/example.test\/dmn", which is none of DMN/],
    ['<d:definitions xmlns:d="urn:dmn" id="m"/>', /"d:definitions" is of the namespace "urn:dmn"/],
    ['<definitions id="m"/>', /has no namespace/],
    ['<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"/>', /It is a process \(BPMN\)/],
    ['<!DOCTYPE html><html><body/></html>', /It is a web page/],
    ['hello', /It is no XML/],
  ])('is named where it is another: %s', async (xml, reason) => {
    const { problems } = await compileDmn(xml);
    expect(problems).toMatchObject([{ severity: 'error', code: 'unparsable' }]);
    expect(problems[0]?.message).toMatch(reason);
  });
});

describe('a file that would only cost', () => {
  it.each([
    ['entities-declared', '<!DOCTYPE d [<!ENTITY a "b">]><definitions/>'],
    ['nested-too-deep', `<definitions>${'<a>'.repeat(5_000)}${'</a>'.repeat(5_000)}</definitions>`],
    ['file-too-large', `<definitions>${' '.repeat(10_000_001)}</definitions>`],
    ['too-many-attributes', `<definitions ${Array.from({ length: 1_001 }, (_, at) => `a${at}="1"`).join(' ')}/>`],
  ])('is refused before it is read: %s', async (code, xml) => {
    expect((await compileDmn(xml)).problems).toMatchObject([{ severity: 'error', code }]);
  });
});
