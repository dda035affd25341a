/** Files of many tools: whatever their encoding, with or without a diagram, with extensions of others. */
import { describe, expect, it } from 'vitest';
import { hasDiagram, withDiagram } from '../../../engine/compile/auto-layout.ts';
import { compile, compileAndKeep } from '../../../engine/compile/index.ts';
import { asUtf8 } from '../../../engine/files/decode.ts';
import { lint } from '../../../engine/lint/index.ts';
import { decisionsOf, diagramOf, formsOf, shippedKeys } from '../../support/shipped.ts';
import { around, diagramXml, errorsOf, extensions, planOf, problemsOf, userTask } from '../compile/builders.ts';
import { boundary, end, flows, job, lasting, node, start, task } from './builders.ts';

const latin = (text: string): Uint8Array => Uint8Array.from(text, (sign) => sign.charCodeAt(0));
const utf16 = (text: string, big: boolean, mark: boolean): Uint8Array => {
  const units = [...(mark ? '\uFEFF' : ''), ...text].map((sign) => sign.charCodeAt(0));
  return new Uint8Array(units.flatMap((unit) => (big ? [unit >> 8, unit & 255] : [unit & 255, unit >> 8])));
};

describe('an encoding', () => {
  const xml = diagramXml(around('<bpmn:task id="A" name="Prüfung"/>')).replace('流程', 'Vorgang');
  it.each([
    ['ISO-8859-1', latin(xml.replace('UTF-8', 'ISO-8859-1'))],
    ['Windows-1252', latin(xml.replace('UTF-8', 'windows-1252'))],
    ['UTF-16, little end first', utf16(xml.replace('UTF-8', 'UTF-16'), false, true)],
    ['UTF-16, big end first', utf16(xml.replace('UTF-8', 'UTF-16'), true, true)],
    ['UTF-16 without a mark', utf16(xml.replace('UTF-8', 'UTF-16LE'), false, false)],
    ['UTF-8 with a mark', new TextEncoder().encode(`\uFEFF${xml}`)],
    ['GB18030', Uint8Array.from([...latin(xml.replace('UTF-8', 'GB18030').replace('Prüfung', 'X'))])],
  ])('is read as it is declared: %s', async (encoding, file) => {
    const { plans } = await lint(file);
    expect(plans[0]?.elements['A']?.name).toBe(encoding === 'GB18030' ? 'X' : 'Prüfung');
    expect(asUtf8(file)).toMatch(/^<\?xml version="1.0" encoding="UTF-8"\?>/);
    expect(asUtf8(file)).not.toContain('\uFEFF');
  });

  it('that does not fit the bytes refuses the file', async () => {
    const wrong = latin(diagramXml(around('<bpmn:task id="A" name="Prüfung"/>')).replace('流程', 'Vorgang'));
    const { plans, problems } = await lint(wrong);
    expect(plans).toEqual([]);
    expect(problems).toEqual([expect.objectContaining({ severity: 'error', code: 'unparsable' })]);
  });
});

describe('a diagram', () => {
  const everything = `${start}${job('A')}${boundary('B', 'A', lasting('PT1H'))}${node('endEvent', 'F')}
    <bpmn:subProcess id="P1" name="P1">${node('startEvent', 'S1')}${node('endEvent', 'E1')}${flows('S1>E1')}</bpmn:subProcess>
    ${task('C')}${end}${flows('S>A A>P1 P1>C C>E B>F')}`;

  it('is made for a file without one, which then means the same', async () => {
    const bare = diagramXml(everything);
    const drawn = await withDiagram(bare, {});
    const { plans, definitions } = await compileAndKeep(drawn);
    expect(definitions && hasDiagram(definitions)).toBe(true);
    for (const id of ['S', 'A', 'B', 'P1', 'C', 'E', 'S_A']) expect(drawn).toContain(`bpmnElement="${id}"`);
    expect(plans).toEqual((await compile(bare)).plans);
    expect(await withDiagram(bare, {})).toBe(drawn);
  });

  it.each(shippedKeys)('can be made of what is shipped: %s', async (key) => {
    const bare = diagramOf(key).replace(/<bpmndi:BPMNDiagram[\s\S]*<\/bpmndi:BPMNDiagram>/, '');
    const files = { forms: formsOf(key), decisions: await decisionsOf(key) };
    const drawn = await withDiagram(bare, files);
    expect(drawn).toContain('<bpmndi:BPMNShape');
    expect((await lint(drawn, files)).problems.map(({ code }) => code)).not.toContain('no-diagram');
  });

  it('that cannot be made leaves the file as it is', async () => {
    for (const file of ['', '<a/>', diagramXml('<bpmn:serviceTask id="A"/>')])
      expect(await withDiagram(file, {})).toBe(file);
  });

  it('that is there and empty is none', async () => {
    const empty = diagramXml(everything).replace(
      '</bpmn:definitions>',
      '<bpmndi:BPMNDiagram xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI"><bpmndi:BPMNPlane bpmnElement="P"/></bpmndi:BPMNDiagram></bpmn:definitions>',
    );
    const { problems, drawn } = await lint(empty);
    expect(drawn).toBe(false);
    expect(problems.map(({ code }) => code)).toContain('no-diagram');
  });
});

describe('extensions of others', () => {
  /** A file as other tools write it: other prefixes, their own namespaces and elements. */
  const foreign = (inside: string, attributes = '') =>
    `<?xml version="1.0" encoding="UTF-8"?>
<semantic:definitions xmlns:semantic="http://www.omg.org/spec/BPMN/20100524/MODEL" ${attributes} id="D" targetNamespace="http://example.test">
  <semantic:process id="P" name="P" isExecutable="true"><semantic:startEvent id="S" name="S"/>${inside}<semantic:endEvent id="E" name="E"/>
  <semantic:sequenceFlow id="f1" sourceRef="S" targetRef="A"/><semantic:sequenceFlow id="f2" sourceRef="A" targetRef="E"/></semantic:process></semantic:definitions>`;

  it('that only say how to show it are passed over: Signavio, Bizagi, ADONIS, Enterprise Architect', async () => {
    const decorated = foreign(
      `<semantic:userTask id="A" name="A" completionQuantity="1" implementation="##unspecified">
        <semantic:extensionElements>
          <signavio:signavioMetaData xmlns:signavio="http://www.signavio.com" metaKey="bgcolor" metaValue="#ffffcc"/>
          <bizagi:BizagiExtensions xmlns:bizagi="http://www.bizagi.com/bpmn20"><bizagi:BizagiProperties><bizagi:BizagiProperty name="bgColor" value="White"/></bizagi:BizagiProperties></bizagi:BizagiExtensions>
          <adonis:modelattributes xmlns:adonis="http://www.boc-eu.com/boc-is/adonis"/>
        </semantic:extensionElements></semantic:userTask>`,
      'exporter="Signavio Process Editor, http://www.signavio.com" exporterVersion="8.7.2" typeLanguage="http://www.w3.org/2001/XMLSchema" expressionLanguage="http://www.w3.org/1999/XPath"',
    );
    const problems = await problemsOf(decorated);
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(problems.map(({ code }) => code)).toContain('foreign-extension');
    expect((await planOf(decorated)).elements['A']?.kind).toBe('userTask');
  });

  it.each([
    ['Camunda 7', 'camunda', 'http://camunda.org/schema/1.0/bpmn', 'camunda:assignee="x"'],
    ['Activiti', 'activiti', 'http://activiti.org/bpmn', 'activiti:assignee="x"'],
    ['Flowable', 'flowable', 'http://flowable.org/bpmn', 'flowable:candidateGroups="x"'],
    ['jBPM', 'tns', 'http://www.jboss.org/drools', 'tns:taskName="x"'],
    ['Drools', 'drools', 'http://www.jboss.org/drools', 'drools:waitState="true"'],
  ])(
    'of engines that decide what an element does are refused with a sentence: %s',
    async (_, prefix, uri, attribute) => {
      const file = foreign(`<semantic:userTask id="A" name="A" ${attribute}/>`, `xmlns:${prefix}="${uri}"`);
      const { plans, problems } = await lint(file);
      expect(plans).toEqual([]);
      expect(problems[0]).toMatchObject({ severity: 'error', code: 'foreign-extension', element: 'A' });
      expect(problems[0]?.message).toMatch(/belongs to another engine and would do nothing\.$/);
    },
  );

  it('of the modeler for Camunda 8 are run: templates of connectors, example data, icons', async () => {
    const connector = diagramXml(
      around(
        `<bpmn:serviceTask id="A" name="A" zeebe:modelerTemplate="io.example.http.v1" zeebe:modelerTemplateVersion="3" zeebe:modelerTemplateIcon="data:image/svg+xml;utf8,x">
          ${extensions(`<zeebe:taskDefinition type="io.example:http:1" retries="3"/><zeebe:taskHeaders><zeebe:header key="resultVariable" value="answer"/></zeebe:taskHeaders>
          <zeebe:ioMapping><zeebe:input source="https://example.test" target="url"/></zeebe:ioMapping>
          <zeebe:properties><zeebe:property name="camundaModeler:exampleOutputJson" value="{}"/></zeebe:properties>`)}
        </bpmn:serviceTask>`,
      ),
      '',
      'xmlns:modeler="http://camunda.org/schema/modeler/1.0" modeler:executionPlatform="Camunda Cloud"',
    );
    expect(await errorsOf(connector)).toEqual([]);
    expect((await planOf(connector)).elements['A']).toMatchObject({ job: { type: { literal: 'io.example:http:1' } } });
  });

  it('and how that modeler draws partners, loops and escalations is run as it is', async () => {
    const up = '<bpmn:escalationEventDefinition escalationRef="Up"/>';
    const output = (target: string) =>
      extensions(`<zeebe:ioMapping><zeebe:output source="=&quot;key&quot;" target="${target}"/></zeebe:ioMapping>`);
    const inner = `${extensions('<zeebe:ioMapping><zeebe:input source="=null" target="key"/></zeebe:ioMapping>')}
      <bpmn:multiInstanceLoopCharacteristics>${extensions('<zeebe:loopCharacteristics inputCollection="=items" inputElement="item"/>')}</bpmn:multiInstanceLoopCharacteristics>
      ${node('startEvent', 'S2', output('key'))}<bpmn:eventBasedGateway id="G"/>
      ${node('intermediateCatchEvent', 'M', '<bpmn:messageEventDefinition messageRef="Msg"/>')}${node('intermediateCatchEvent', 'T', lasting('P2D'))}
      ${node('endEvent', 'E2')}${node('endEvent', 'E3', up)}${flows('S2>G G>M G>T M>E2 T>E3')}`;
    const outer = `${node('startEvent', 'S1', output('known'))}<bpmn:subProcess id="P2" name="P2">${inner}</bpmn:subProcess>${node('endEvent', 'E1')}${flows('S1>P2 P2>E1')}`;
    const process = `${start}<bpmn:subProcess id="P1" name="P1">${outer}</bpmn:subProcess>${end}${boundary('B', 'P1', up)}${node('endEvent', 'F')}${flows('S>P1 P1>E B>F')}`;
    const partners = `<bpmn:collaboration id="C"><bpmn:participant id="Us" name="Us" processRef="P"/><bpmn:participant id="They" name="They"/>
      <bpmn:messageFlow id="m1" sourceRef="They" targetRef="S"/><bpmn:messageFlow id="m2" sourceRef="P1" targetRef="They"/></bpmn:collaboration>
      <bpmn:message id="Msg" name="Msg">${extensions('<zeebe:subscription correlationKey="=key"/>')}</bpmn:message><bpmn:escalation id="Up" name="Up" escalationCode="up"/>`;
    const file = diagramXml(process, partners).replace(
      'id="Definitions"',
      'id="Definitions" camunda:diagramRelationId="x"',
    );
    const { plans, problems } = await lint(file);
    expect(plans).toHaveLength(1);
    // A partner's message at a start event without one says only that people begin the process.
    const told = problems.filter(({ severity }) => severity !== 'info');
    expect(told).toMatchObject([{ severity: 'warning', code: 'message-flow-to-silent-start', element: 'm1' }]);
  });

  it('that are unknown are reported once, however many there are', async () => {
    const many = diagramXml(
      `<bpmn:startEvent id="S"/>${userTask(extensions('<vendor:a/>'))}<bpmn:userTask id="B">${extensions('<vendor:a/>')}</bpmn:userTask>
       <bpmn:endEvent id="E"/>${flows('S>A A>B B>E')}`,
    );
    expect((await problemsOf(many)).filter(({ code }) => code === 'foreign-extension')).toHaveLength(1);
  });
});
