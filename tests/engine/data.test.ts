import { describe, expect, test } from 'vitest';
import type { Variables } from '../../engine/model/plan.ts';
import { diagramXml, flow, planOf, problemsOf } from './compile/builders.ts';
import { play } from './support/play.ts';

const object = (name: string) =>
  `<bpmn:dataObject id="O-${name}" name="${name}"/><bpmn:dataObjectReference id="${name}-1" dataObjectRef="O-${name}">
   <bpmn:dataState id="state-${name}" name="checked"/></bpmn:dataObjectReference>`;
const formal = (tag: string, source: string) =>
  `<bpmn:${tag} xsi:type="bpmn:tFormalExpression">${source}</bpmn:${tag}>`;
const assign = (from: string, to: string) =>
  `<bpmn:assignment>${formal('from', from)}${formal('to', to)}</bpmn:assignment>`;
const input = (source: string, target: string, inside = '') =>
  `<bpmn:dataInputAssociation>${source && `<bpmn:sourceRef>${source}</bpmn:sourceRef>`}<bpmn:targetRef>${target}</bpmn:targetRef>${inside}</bpmn:dataInputAssociation>`;
const output = (source: string, target: string, inside = '') =>
  `<bpmn:dataOutputAssociation>${source && `<bpmn:sourceRef>${source}</bpmn:sourceRef>`}<bpmn:targetRef>${target}</bpmn:targetRef>${inside}</bpmn:dataOutputAssociation>`;
const io = `<bpmn:ioSpecification><bpmn:dataInput id="in" name="given"/><bpmn:dataInput id="more" name="extra"/><bpmn:dataOutput id="out" name="made"/>
  <bpmn:inputSet><bpmn:dataInputRefs>in</bpmn:dataInputRefs><bpmn:dataInputRefs>more</bpmn:dataInputRefs><bpmn:optionalInputRefs>more</bpmn:optionalInputRefs><bpmn:whileExecutingInputRefs>more</bpmn:whileExecutingInputRefs></bpmn:inputSet>
  <bpmn:outputSet><bpmn:dataOutputRefs>out</bpmn:dataOutputRefs></bpmn:outputSet></bpmn:ioSpecification>`;
const job = (id: string, inside = '') =>
  `<bpmn:serviceTask id="${id}"><bpmn:extensionElements><zeebe:taskDefinition type="look-up"/></bpmn:extensionElements>${inside}</bpmn:serviceTask>`;
const user = (id: string) =>
  `<bpmn:userTask id="${id}"><bpmn:extensionElements><zeebe:userTask/></bpmn:extensionElements></bpmn:userTask>`;
/** Start, the steps one after the other, end. */
const chain = (ids: string[], inside: string) => {
  const all = ['S', ...ids, 'E'];
  const flows = all.slice(1).map((id, i) => flow(`f${i}`, all[i]!, id));
  return `<bpmn:startEvent id="S"/><bpmn:endEvent id="E"/>${inside}${flows.join('')}`;
};
const run = async (process: string, variables: Variables = {}, around = '') =>
  play(await planOf(diagramXml(process, around)), variables);

describe('a data object', () => {
  test('is empty until something is written, and an expression may say so', async () => {
    const check = `<bpmn:exclusiveGateway id="G" default="fe"/>${flow('ff', 'G', 'A', formal('conditionExpression', 'order = null'))}${flow('fe', 'G', 'E')}`;
    const process = `<bpmn:startEvent id="S"/><bpmn:endEvent id="E"/>${flow('f', 'S', 'G')}${check}${job('A', io + output('out', 'order-1'))}${flow('g', 'A', 'G')}${object('order')}`;
    const p = await run(process);
    expect(p.waiting()).toEqual(['A']);
    p.job('A', { made: 7 });
    expect(p.state.status).toBe('completed');
    expect(p.variables).toMatchObject({ order: 7 });
  });

  test('keeps what the instance was started with', async () => {
    const process = chain(['A'], job('A', io + input('order-1', 'in')) + object('order'));
    const p = await run(process, { order: 3 });
    expect(p.commandsTo('run-job')[0]?.input).toMatchObject({ given: 3 });
  });

  test('belongs to its scope: a value written in a subprocess stays there', async () => {
    const inner = `<bpmn:subProcess id="Sub"><bpmn:startEvent id="S2"/><bpmn:endEvent id="E2"/>${flow('i3', 'B', 'E2')}${job('A', io + output('out', 'order-1'))}${user('B')}
      ${flow('i1', 'S2', 'A')}${flow('i2', 'A', 'B')}${object('order')}</bpmn:subProcess>`;
    const p = await run(chain(['Sub', 'C'], inner + user('C')));
    p.job('A', { made: 7 });
    expect(p.at('Sub').variables).toMatchObject({ order: 7 });
    expect(p.task('B').variables).not.toHaveProperty('order');
  });

  test('is written in parts by assignments, and read through a transformation', async () => {
    const write = output('', 'order-1', assign('made * 2', 'order.twice') + assign('made', 'order.once'));
    const read = `<bpmn:dataInputAssociation><bpmn:sourceRef>order-1</bpmn:sourceRef><bpmn:targetRef>in</bpmn:targetRef>${formal('transformation', 'order.once + order.twice')}</bpmn:dataInputAssociation>`;
    const again = io
      .replaceAll('"in"', '"in2"')
      .replaceAll('>in<', '>in2<')
      .replaceAll('"more"', '"more2"')
      .replaceAll('>more<', '>more2<')
      .replaceAll('"out"', '"out2"')
      .replaceAll('>out<', '>out2<');
    const p = await run(
      chain(['A', 'B'], job('A', io + write) + job('B', again + read.replace('>in<', '>in2<')) + object('order')),
    );
    p.job('A', { made: 5 });
    expect(p.variables).toMatchObject({ order: { once: 5, twice: 10 } });
    expect(p.commandsTo('run-job')[1]?.input).toMatchObject({ given: 15 });
  });

  test('that only documents is no variable', async () => {
    const p = await run(chain(['A'], user('A') + object('order')));
    expect(p.variables).not.toHaveProperty('order');
  });
});

test('a property begins empty', async () => {
  const p = await run(`<bpmn:property id="Pr" name="sum"/>${chain(['A'], user('A'))}`);
  expect(p.variables).toMatchObject({ sum: null });
});

test('an optional input without a value does not hold its activity up', async () => {
  const process = chain(
    ['A'],
    job('A', io + input('order-1', 'in') + input('note-1', 'more')) + object('order') + object('note'),
  );
  const p = await run(process, { order: 1 });
  expect(p.commandsTo('run-job')[0]?.input).toMatchObject({ given: 1, extra: null });
});

test('a data store is reported as documentation only', async () => {
  const store = '<bpmn:dataStoreReference id="Archive" name="archive"/>';
  const xml = diagramXml(chain(['A'], job('A', io + output('out', 'Archive')) + store));
  expect(await problemsOf(xml)).toContainEqual(
    expect.objectContaining({ severity: 'warning', code: 'data-store-ignored', element: 'A' }),
  );
  const p = play(await planOf(xml)).job('A', { made: 1 });
  expect(p.variables).not.toHaveProperty('archive');
});

describe('events', () => {
  const message = '<bpmn:itemDefinition id="I" structureRef="amount"/><bpmn:message id="M" name="paid" itemRef="I"/>';

  test('send the data of their inputs', async () => {
    const end = `<bpmn:intermediateThrowEvent id="T"><bpmn:dataInput id="tin" name="amount" itemSubjectRef="I"/>${input('order-1', 'tin')}<bpmn:inputSet><bpmn:dataInputRefs>tin</bpmn:dataInputRefs></bpmn:inputSet><bpmn:messageEventDefinition messageRef="M"/></bpmn:intermediateThrowEvent>`;
    const p = await run(chain(['T'], end + object('order')), { order: 12 }, message);
    expect(p.commandsTo('publish-message')).toMatchObject([{ name: 'paid', variables: { amount: 12 } }]);
  });

  test('keep the data of their outputs', async () => {
    const caught = `<bpmn:intermediateCatchEvent id="C"><bpmn:dataOutput id="cout" name="amount" itemSubjectRef="I"/>${output('cout', 'order-1')}<bpmn:outputSet><bpmn:dataOutputRefs>cout</bpmn:dataOutputRefs></bpmn:outputSet><bpmn:messageEventDefinition messageRef="M"/></bpmn:intermediateCatchEvent>`;
    const p = await run(chain(['C'], caught + object('order')), {}, message);
    p.message('paid', { variables: { amount: 4 } });
    expect(p.variables).toMatchObject({ order: 4 });
  });
});
