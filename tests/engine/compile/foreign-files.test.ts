/** Files of many tools: read whatever way they are written, or refused with a sentence and quickly; never a crash. */
import { describe, expect, it } from 'vitest';
import { withDiagram } from '../../../engine/compile/auto-layout.ts';
import { compile } from '../../../engine/compile/index.ts';
import { around, diagramXml, extensions, planOf, problemsOf } from './builders.ts';

const file = diagramXml(around('<bpmn:task id="A" name="Étape"/>'));
const bytes = (text: string, encoding: 'latin1' | 'utf16le' | 'utf8'): Uint8Array => Buffer.from(text, encoding);
const declared = (encoding: string, text = file): string => text.replace('UTF-8', encoding);

async function said(text: string | Uint8Array): Promise<string[]> {
  const { plans, problems } = await compile(text);
  expect(plans).toEqual([]);
  return problems.filter(({ severity }) => severity === 'error').map(({ code, message }) => `${code}: ${message}`);
}

describe('an encoding', () => {
  it.each([
    ['one byte per letter', bytes(declared('ISO-8859-1'), 'latin1')],
    ['one byte per letter, as another system calls it', bytes(declared('windows-1252'), 'latin1')],
    ['UTF-8 with a byte order mark', bytes(`\uFEFF${file}`, 'utf8')],
    ['UTF-16 with a byte order mark', bytes(`\uFEFF${declared('UTF-16')}`, 'utf16le')],
    ['UTF-16 without one', bytes(declared('UTF-16'), 'utf16le')],
    ['UTF-8 that says it is UTF-16, as text copied from memory does', bytes(declared('utf-16'), 'utf8')],
  ])('is read: %s', async (_, content) => {
    const { plans } = await compile(content);
    expect(plans[0]?.elements['A']?.name).toBe('Étape');
  });

  it('is read: that of Chinese systems', async () => {
    const [before = '', after = ''] = declared('GB18030').replace('流程', '').split('Étape');
    const content = Buffer.concat([
      bytes(before, 'latin1'),
      Buffer.from([0xba, 0xcb, 0xb2, 0xe9]),
      bytes(after, 'latin1'),
    ]);
    expect((await compile(content)).plans[0]?.elements['A']?.name).toBe('核查');
  });

  it('that does not hold is refused with a sentence', async () => {
    const latin = bytes(file.replace('流程', ''), 'latin1');
    expect(await said(latin)).toEqual([
      'unparsable: The file cannot be read: It says it is UTF-8, but holds bytes that are not.',
    ]);
    expect(await said(bytes(declared('x-klingon'), 'utf8'))).toEqual([
      'unparsable: The file cannot be read: The file says it is written in "x-klingon", which cannot be read here.',
    ]);
  });
});

describe('a file that is something else', () => {
  it.each([
    ['', 'The file is empty.'],
    ['hello', 'It is no XML.'],
    ['<!DOCTYPE html><html><body/></html>', 'It is a web page.'],
    ['<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/"/>', 'It is a file of decisions (DMN).'],
    ['<Package xmlns="http://www.wfmc.org/2009/XPDL2.2"/>', 'It is an XPDL file.'],
    ['<a:b xmlns:a="urn:a"/>', 'Its root element is not the definitions of BPMN 2.0.'],
    [file.slice(0, -5), 'It ends in the middle of an element.'],
  ])('%# is refused by its name', async (text, sentence) => {
    expect((await said(text)).join()).toContain(sentence);
  });
});

describe('a hostile file', () => {
  const laughs = `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>`;
  const outside = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>';
  const nested = `${'<bpmn:subProcess>'.repeat(5_000)}${'</bpmn:subProcess>'.repeat(5_000)}`;
  const inside = `<x:a xmlns:x="urn:x">${'<x:b>'.repeat(20_000)}${'</x:b>'.repeat(20_000)}</x:a>`;
  it.each([
    ['entities that grow', file.replace('?>', `?>${laughs}`), 'entities-declared'],
    ['entities that read files', file.replace('?>', `?>${outside}`), 'entities-declared'],
    ['elements nested without end', diagramXml(nested), 'nested-too-deep'],
    [
      'extensions nested without end',
      diagramXml(around(`<bpmn:task id="A">${extensions(inside)}</bpmn:task>`)),
      'nested-too-deep',
    ],
    ['attributes without end', file.replace('id="A"', `id="A" ${'b="c" '.repeat(50_000)}`), 'too-many-attributes'],
    ['a tag that never ends', `${file.slice(0, -20)}<a ${'x '.repeat(50_000)}`, 'unparsable'],
    ['more than a diagram ever has', diagramXml(`<!--${'x'.repeat(10_000_001)}-->`), 'file-too-large'],
  ])('with %s is refused before it is read', async (_, text, code) => {
    expect((await said(text)).map((line) => line.split(':')[0])).toEqual([code]);
  });

  it('is not what has long expressions with comparisons in its attributes', async () => {
    const inputs = Array.from({ length: 300 }, (_, i) => `<zeebe:input source="=a > ${i}" target="v${i}"/>`).join('');
    const task = `<bpmn:task id="A">${extensions(`<zeebe:ioMapping>${inputs}</zeebe:ioMapping>`)}</bpmn:task>`;
    expect((await planOf(diagramXml(around(task)))).elements['A']).toMatchObject({ inputs: { length: 300 } });
  });
});

describe('what XML and the schema allow', () => {
  const plan = async (text: string) => Object.keys((await planOf(text)).elements).sort();
  it.each([
    ['truth values as digits', file.replace('isExecutable="true"', 'isExecutable="1"')],
    [
      'the default namespace',
      file.replaceAll('bpmn:', '').replace('xmlns:bpmn', 'xmlns').replace('xmlns:xsi', 'xmlns:bpmn="urn:x" xmlns:xsi'),
    ],
    ['another prefix', file.replaceAll('bpmn:', 'semantic:').replace('xmlns:bpmn', 'xmlns:semantic')],
    [
      'attributes in another order',
      file.replace('id="f1" sourceRef="S" targetRef="A"', 'targetRef="A" sourceRef="S" id="f1"'),
    ],
    [
      'references with the prefix of the file',
      file
        .replace('targetRef="A"', 'targetRef="own:A"')
        .replace('xmlns:xsi', 'xmlns:own="http://example.test" xmlns:xsi'),
    ],
    [
      'references with space around',
      file
        .replace('targetRef="A"', 'targetRef=" A "')
        .replace(
          '<bpmn:startEvent id="S"/>',
          '<bpmn:startEvent id="S"><bpmn:outgoing>\n  f1\n</bpmn:outgoing></bpmn:startEvent>',
        ),
    ],
    ['a document type and instructions', file.replace('?>', '?><!DOCTYPE bpmn:definitions SYSTEM "x.dtd"><?style x?>')],
    [
      'imports of types',
      file.replace(
        '<bpmn:process',
        '<bpmn:import importType="http://www.w3.org/2001/XMLSchema" location="types.xsd" namespace="urn:t"/><bpmn:process',
      ),
    ],
  ])('is read: %s', async (_, text) => {
    expect(await plan(text)).toEqual(['A', 'E', 'P', 'S']);
    const drawn = await withDiagram(text, {});
    expect(drawn).toContain('BPMNShape');
    expect(await plan(drawn)).toEqual(['A', 'E', 'P', 'S']);
  });

  it('and what it does not is said in a sentence', async () => {
    const task = (text: string) => file.replace('<bpmn:task id="A" name="Étape"/>', text);
    const first = async (text: string) => (await said(text))[0];
    expect(await first(task('<bpmn:task id="S"/>'))).toBe('duplicate-id: The id "S" stands at more than one element.');
    expect(await first(task('<bpmn:dance id="A"/>'))).toBe('unparsable: BPMN 2.0 has no element "bpmn:Dance".');
    expect(await first(file.replace('</bpmn:process>', 'stray</bpmn:process>'))).toBe(
      'unparsable: The text "stray" stands where only elements may.',
    );
    expect((await said(task('<bpmn:receiveTask id="A" messageRef="camunda:M"/>'))).join()).toContain(
      'The reference "camunda:M" leads to another file; imported files are not read.',
    );
    expect(await first(task('<bpmn:task id="A" startQuantity="many"/>'))).toContain('start-quantity');
    expect(
      await first(task('<bpmn:adHocSubProcess id="A" ordering="Sideways"><bpmn:task id="T"/></bpmn:adHocSubProcess>')),
    ).toContain('unknown-value');
  });
});

describe('an extension of an older engine', () => {
  it.each([
    ['<bpmn:serviceTask id="A" camunda:class="a.B"/>', 'zeebe:taskDefinition'],
    ['<bpmn:userTask id="A" camunda:assignee="demo"/>', 'zeebe:assignmentDefinition'],
    ['<bpmn:userTask id="A" camunda:dueDate="x"/>', 'zeebe:taskSchedule'],
    ['<bpmn:userTask id="A" camunda:formKey="x"/>', 'zeebe:formDefinition'],
    [`<bpmn:task id="A">${extensions('<camunda:inputOutput/>')}</bpmn:task>`, 'zeebe:ioMapping'],
    [`<bpmn:task id="A">${extensions('<camunda:executionListener/>')}</bpmn:task>`, 'zeebe:executionListeners'],
    ['<bpmn:businessRuleTask id="A" camunda:decisionRef="x"/>', 'zeebe:calledDecision'],
  ])('%s is refused with what to write instead', async (element, other) => {
    const problems = await problemsOf(diagramXml(around(element)));
    const told = problems.find(({ code, severity }) => code === 'foreign-extension' && severity === 'error');
    expect(told?.hint).toContain(other);
  });

  it.each([
    '<bpmn:task id="A" camunda:asyncBefore="true" camunda:exclusive="false"/>',
    `<bpmn:task id="A">${extensions('<camunda:properties><camunda:property name="a" value="b"/></camunda:properties>')}</bpmn:task>`,
  ])('%s changes nothing and is told as a warning', async (element) => {
    const problems = await problemsOf(diagramXml(around(element)));
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(problems.map(({ code }) => code)).toContain('foreign-extension');
  });
});
