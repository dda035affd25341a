/** Rules about data: of each a diagram that breaks it and one that does not. */
import { describe, expect, it } from 'vitest';
import { end, flows, found, node, only, start, task } from './builders.ts';

const object = '<bpmn:dataObject id="O" name="报告"/><bpmn:dataObjectReference id="R" dataObjectRef="O"/>';
const writes = (id: string) =>
  node(
    'task',
    id,
    `<bpmn:ioSpecification><bpmn:dataOutput id="${id}_o"/><bpmn:inputSet/><bpmn:outputSet><bpmn:dataOutputRefs>${id}_o</bpmn:dataOutputRefs></bpmn:outputSet></bpmn:ioSpecification><bpmn:dataOutputAssociation id="${id}_a"><bpmn:sourceRef>${id}_o</bpmn:sourceRef><bpmn:targetRef>R</bpmn:targetRef></bpmn:dataOutputAssociation>`,
  );
const reads = (id: string, more = '') =>
  node(
    'task',
    id,
    `<bpmn:ioSpecification><bpmn:dataInput id="${id}_i"/><bpmn:inputSet><bpmn:dataInputRefs>${id}_i</bpmn:dataInputRefs>${more}</bpmn:inputSet><bpmn:outputSet/></bpmn:ioSpecification><bpmn:dataInputAssociation id="${id}_b"><bpmn:sourceRef>R</bpmn:sourceRef><bpmn:targetRef>${id}_i</bpmn:targetRef></bpmn:dataInputAssociation>`,
  );
const optional = '<bpmn:optionalInputRefs>B_i</bpmn:optionalInputRefs>';

describe('data-not-waited-for', () => {
  const beside = (reader: string) =>
    `${object}${start}${node('parallelGateway', 'G')}${writes('A')}${reader}${node('parallelGateway', 'J')}${end}${flows('S>G G>A G>B A>J B>J J>E')}`;

  it('is reported for an activity whose data comes from a parallel one', async () => {
    const problem = await only('data-not-waited-for', beside(reads('B')));
    expect(problem).toMatchObject({ severity: 'warning', element: 'B' });
    expect(problem.message).toContain('"报告"');
  });

  it('is not reported where the data comes before, is optional, or is not written in the diagram', async () => {
    const after = `${object}${start}${writes('A')}${reads('B')}${end}${flows('S>A A>B B>E')}`;
    expect(await found('data-not-waited-for', after)).toEqual([]);
    expect(await found('data-not-waited-for', beside(reads('B', optional)))).toEqual([]);
    expect(await found('data-not-waited-for', beside(reads('B')).replace(writes('A'), task('A')))).toEqual([]);
  });

  it('looks at the subprocess around who writes', async () => {
    const sub = node('subProcess', 'Sub', writes('A'));
    const first = `${object}${start}${sub}${reads('B')}${end}${flows('S>Sub Sub>B B>E')}`;
    expect(await found('data-not-waited-for', first)).toEqual([]);
    const last = `${object}${start}${sub}${reads('B')}${end}${flows('S>B B>Sub Sub>E')}`;
    expect(await found('data-not-waited-for', last)).toEqual(['B']);
  });
});
