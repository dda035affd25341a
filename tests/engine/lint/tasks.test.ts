/** Rules about tasks and expressions: of each a drawing that breaks it and one that does not. */
import { describe, expect, it } from 'vitest';
import { isSlip } from '../../../engine/lint/rules/name-nobody-writes.ts';
import { extensions } from '../compile/builders.ts';
import { end, flows, found, node, only, start, task, when } from './builders.ts';

const around = (element: string) => `${start}${element}${end}${flows('S>A A>E')}`;
describe('missing-form', () => {
  it('is told of a user task without one', async () => {
    expect(await only('missing-form', around(task('A')))).toMatchObject({ severity: 'info', element: 'A' });
    const formed = node('userTask', 'A', extensions('<zeebe:userTask/><zeebe:formDefinition formId="f"/>'));
    expect(await found('missing-form', around(formed))).toEqual([]);
  });
});

describe('expression-fails', () => {
  const assignedTo = (source: string) =>
    around(node('userTask', 'A', extensions(`<zeebe:userTask/><zeebe:assignmentDefinition assignee="${source}"/>`)));

  it('is an expression that reads nothing and fails', async () => {
    const problem = await only('expression-fails', assignedTo('=1 / 0'));
    expect(problem).toMatchObject({ severity: 'warning', element: 'A' });
    expect(problem.message).toMatch(/^assignee of "A": "1 \/ 0" fails whatever holds: /);
    expect(await found('expression-fails', assignedTo('=&quot;handler-bj&quot;'))).toEqual([]);
    expect(await found('expression-fails', assignedTo('=x / 0'))).toEqual([]);
  });

  it('is a timer or a condition that is null', async () => {
    const timer = (source: string) =>
      around(
        node(
          'intermediateCatchEvent',
          'A',
          `<bpmn:timerEventDefinition><bpmn:timeDuration xsi:type="bpmn:tFormalExpression">${source}</bpmn:timeDuration></bpmn:timerEventDefinition>`,
        ),
      );
    expect(await found('expression-fails', timer('=duration("three days")'))).toEqual(['A']);
    expect(await found('expression-fails', timer('=duration("P3D")'))).toEqual([]);
    const compared = (condition: string) =>
      `${start}${node('exclusiveGateway', 'X', '', 'default="X_A"')}${task('A')}${task('B')}${end}${flows('S>X X>A A>E B>E')}${when('X_B', 'X', 'B', condition)}`;
    expect(await found('expression-fails', compared('null > 2'))).toEqual(['X_B']);
    expect(await found('expression-fails', compared('x > 2'))).toEqual([]);
  });

  it('leaves mappings that clear a variable alone', async () => {
    const cleared = extensions('<zeebe:ioMapping><zeebe:input source="=null" target="x"/></zeebe:ioMapping>');
    expect(await found('expression-fails', around(node('userTask', 'A', cleared)))).toEqual([]);
  });
});

describe('name-nobody-writes', () => {
  const rule = 'name-nobody-writes';
  const script = extensions('<zeebe:script expression="=1" resultVariable="amountCents"/>');
  const read = (condition: string) =>
    `${start}${node('scriptTask', 'A', script)}${node('exclusiveGateway', 'X', '', 'default="X_B"')}${task('B')}${task('C')}${end}
     ${flows('S>A A>X X>B B>E C>E')}${when('X_C', 'X', 'C', condition)}`;

  it('is a name that is all but one the drawing writes, with its place in the expression', async () => {
    const problem = await only(rule, read('1 < amuontCents'));
    expect(problem).toMatchObject({ severity: 'warning', element: 'X_C', position: { line: 1, column: 5 } });
    expect(problem.message).toBe(
      'Condition of "X_C" reads "amuontCents", which nothing here writes; "amountCents" is written.',
    );
    for (const slip of ['AmountCents', 'amontCents', 'amounttCents', 'amoumtCents'])
      expect(await found(rule, read(`${slip} > 1`))).toEqual(['X_C']);
  });

  it('is not one that is written, or that may come from outside', async () => {
    for (const name of ['amountCents', 'amount', 'paidCents', 'amountCentsPaid'])
      expect(await found(rule, read(`${name} > 1`))).toEqual([]);
    expect(await found(rule, read('is defined(amuontCents)'))).toEqual([]);
  });

  it('knows the fields of forms, items of loops and data objects', async () => {
    const forms = {
      f: { type: 'default', id: 'f', components: [{ type: 'group', components: [{ key: 'decision' }] }] },
    };
    expect(await found(rule, read('decisoin = "yes"'), { options: { forms } })).toEqual(['X_C']);
    expect(await found(rule, `${read('ordre = 1')}<bpmn:dataObject id="O" name="order"/>`)).toEqual(['X_C']);
  });

  it.each([
    ['order', 'orders', false],
    ['plan1', 'plan2', false],
    ['rules', 'rulse', false],
    ['item', 'itme', false],
    ['refund', 'refnud', true],
    ['patient', 'Patient', true],
  ])('%s for %s is a slip of the pen: %s', (one, other, slip) => {
    expect(isSlip(one, other)).toBe(slip);
    expect(isSlip(other, one)).toBe(slip);
  });
});
