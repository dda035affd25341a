/** Elements that no case of the public suite has, compiled from diagrams and run like its cases. */
import { describe, expect, it } from 'vitest';
import { compile } from '../../engine/compile/index.ts';
import { diagramXml, extensions, flow } from '../engine/compile/builders.ts';
import { newWorld, type Observed } from './world.ts';

async function run(xml: string): Promise<Observed> {
  const { plans, problems } = await compile(xml, { scriptJobType: 'script' });
  const plan = plans.find(({ key }) => key === 'P');
  if (!plan) throw new Error(problems.map((problem) => problem.message).join(' '));
  const world = newWorld(plans);
  world.start(plan, {});
  return world.run(undefined);
}

const script = (id: string, text: string): string =>
  `<bpmn:scriptTask id="${id}"><bpmn:script>${text}</bpmn:script></bpmn:scriptTask>`;
const job = (text: string): string =>
  extensions(
    `<zeebe:taskDefinition type="script"/><zeebe:taskHeaders><zeebe:header key="script" value="${text}"/></zeebe:taskHeaders>`,
  );
const then = (element: string): string =>
  `<bpmn:startEvent id="S"/>${element}${script('Z', 'SCRIPT_task9')}<bpmn:endEvent id="E"/>${flow('f1', 'S', 'A')}${flow('f2', 'A', 'Z')}${flow('f3', 'Z', 'E')}`;

describe('a task', () => {
  it.each(['task', 'manualTask'])('of type %s is done at once', async (type) => {
    expect((await run(diagramXml(then(`<bpmn:${type} id="A"/>`)))).log).toEqual(['SCRIPT_task9']);
  });

  it.each(['serviceTask', 'sendTask', 'businessRuleTask'])('of type %s is done by its job', async (type) => {
    const observed = await run(diagramXml(then(`<bpmn:${type} id="A">${job('SCRIPT_task1')}</bpmn:${type}>`)));
    expect(observed.log).toEqual(['SCRIPT_task1', 'SCRIPT_task9']);
  });

  it('in FEEL sets its result, which a condition reads', async () => {
    const count = `<bpmn:scriptTask id="A">${extensions('<zeebe:script expression="=40 + 2" resultVariable="answer"/>')}</bpmn:scriptTask>`;
    const when = (text: string) =>
      `<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">${text}</bpmn:conditionExpression>`;
    const xml =
      diagramXml(`<bpmn:startEvent id="S"/>${count}<bpmn:exclusiveGateway id="G" default="f3"/>${script('Y', 'SCRIPT_taskYes')}
      ${script('N', 'SCRIPT_taskNo')}<bpmn:endEvent id="E"/>${flow('f0', 'S', 'A')}${flow('f1', 'A', 'G')}${flow('f2', 'G', 'Y', when('answer = 42'))}
      ${flow('f3', 'G', 'N')}${flow('f4', 'Y', 'E')}${flow('f5', 'N', 'E')}`);
    expect((await run(xml)).log).toEqual(['SCRIPT_taskYes']);
  });
});

describe('a link', () => {
  const ends = (thrown: string, caught: string): string => `<bpmn:startEvent id="S"/>
    <bpmn:intermediateThrowEvent id="T"><bpmn:linkEventDefinition id="from" ${thrown}</bpmn:linkEventDefinition></bpmn:intermediateThrowEvent>
    <bpmn:intermediateCatchEvent id="C"><bpmn:linkEventDefinition id="to" ${caught}</bpmn:linkEventDefinition></bpmn:intermediateCatchEvent>
    ${script('Z', 'SCRIPT_task9')}<bpmn:endEvent id="E"/>${flow('f1', 'S', 'T')}${flow('f2', 'C', 'Z')}${flow('f3', 'Z', 'E')}`;

  it('leads to the catching end of its name', async () => {
    expect((await run(diagramXml(ends('name="over there">', 'name="over there">')))).log).toEqual(['SCRIPT_task9']);
  });

  it('leads to the one it refers to, whatever their names', async () => {
    const xml = diagramXml(ends('name="a"><bpmn:target>to</bpmn:target>', 'name="b"><bpmn:source>from</bpmn:source>'));
    expect((await run(xml)).log).toEqual(['SCRIPT_task9']);
  });
});

describe('a call activity', () => {
  it('waits for a process of the same file', async () => {
    const called = `<bpmn:process id="Q" isExecutable="true">${script('B', 'SCRIPT_task1')}</bpmn:process>`;
    const observed = await run(diagramXml(then('<bpmn:callActivity id="A" calledElement="Q"/>'), called));
    expect(observed.log).toEqual(['SCRIPT_task1', 'SCRIPT_task9']);
  });
});

describe('what goes wrong', () => {
  it('is an incident with a sentence, not a silent wait', async () => {
    const observed = await run(diagramXml(then(script('A', 'THROW_ERROR'))));
    expect(observed.log).toEqual([]);
    expect(observed.incidents).toMatchObject([{ element: 'A' }]);
  });
});
