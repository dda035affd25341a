/** Rules about tasks and expressions: of each a diagram that breaks it and one that does not. */
import { describe, expect, it } from 'vitest';
import { isSlip } from '../../../engine/lint/slips.ts';
import { extensions } from '../compile/builders.ts';
import { end, flows, found, node, only, start, task, when } from './builders.ts';

const around = (element: string) => `${start}${element}${end}${flows('S>A A>E')}`;
describe('missing-form', () => {
  it('is reported for a user task without one', async () => {
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

describe('variable-never-written', () => {
  const rule = 'variable-never-written';
  const script = extensions('<zeebe:script expression="=1" resultVariable="amountCents"/>');
  const read = (condition: string) =>
    `${start}${node('scriptTask', 'A', script)}${node('exclusiveGateway', 'X', '', 'default="X_B"')}${task('B')}${task('C')}${end}
     ${flows('S>A A>X X>B B>E C>E')}${when('X_C', 'X', 'C', condition)}`;

  it('is a name that is all but one the diagram writes, with its place in the expression', async () => {
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

  it('is a key of a form under another spelling', async () => {
    const forms = { f: { type: 'default', id: 'f', components: [{ key: 'category' }] } };
    const problem = await only(rule, read('categorie = "x"'), { options: { forms } });
    expect(problem.message).toContain('reads "categorie", which nothing here writes; "category" is written.');
  });

  it('is a name that is read otherwise elsewhere, where neither is written', async () => {
    const asked = (id: string, assignee: string) =>
      node('userTask', id, extensions(`<zeebe:userTask/><zeebe:assignmentDefinition assignee="=${assignee}"/>`));
    const three = (...names: [string, string, string]) =>
      `${start}${names.map((name, index) => asked('ABC'.charAt(index), name)).join('')}${end}${flows('S>A A>B B>C C>E')}`;
    const problem = await only(rule, three('requester', 'requester', 'requestor'));
    expect(problem).toMatchObject({ element: 'C' });
    expect(problem.message).toContain('elsewhere "requester" is read.');
    expect(await found(rule, three('requester', 'requester', 'approver'))).toEqual([]);
  });

  describe('in a process that says what comes from outside', () => {
    const forms = { f: { type: 'default', id: 'f', components: [{ key: 'days', type: 'number' }] } };
    const begun = node('startEvent', 'S', extensions('<zeebe:formDefinition formId="f"/>'));
    const formed = node('userTask', 'A', extensions('<zeebe:userTask/><zeebe:formDefinition formId="f"/>'));
    const all = (condition: string, first = formed) =>
      `${begun}${first}${node('exclusiveGateway', 'X', '', 'default="X_B"')}${node('manualTask', 'B')}${node('manualTask', 'C')}${end}
       ${flows('S>A A>X X>B B>E C>E')}${when('X_C', 'X', 'C', condition)}`;

    it('is any name that no form, mapping or result writes', async () => {
      const problem = await only(rule, all('dayz > 1'), { options: { forms } });
      expect(problem).toMatchObject({ element: 'X_C', hint: 'Write "days", if that is meant.' });
      const far = await only(rule, all('amountCents > 1'), { options: { forms } });
      expect(far.hint).toMatch(/^Correct the name/);
      expect(await found(rule, all('days > 1 and facility = "BJ"'), { options: { forms } })).toEqual([]);
    });

    it.each([
      ['a job', node('serviceTask', 'A', extensions('<zeebe:taskDefinition type="work"/>'))],
      ['a called process', node('callActivity', 'A', extensions('<zeebe:calledElement processId="p"/>'))],
    ])('is none that %s may bring', async (_, first) => {
      expect(await found(rule, all('amountCents > 1', first), { options: { forms } })).toEqual([]);
    });

    it('is one that a task without a form does not bring, because it declares nothing', async () => {
      expect(await found(rule, all('amountCents > 1', task('A')), { options: { forms } })).toEqual(['X_C']);
    });

    it('is one that a job does not bring, because its outputs are mapped', async () => {
      const mapped = node(
        'serviceTask',
        'A',
        extensions(
          '<zeebe:taskDefinition type="work"/><zeebe:ioMapping><zeebe:output source="=done" target="done"/></zeebe:ioMapping>',
        ),
      );
      expect(await found(rule, all('amountCents > 1', mapped), { options: { forms } })).toEqual(['X_C']);
    });
  });

  it('is what a column or the title reads and nothing else writes or reads', async () => {
    const column = (value: string) => extensions(`<careloop:column id="c" name="列" value="=${value}"/>`);
    const problem = await only(rule, `${column('amountCent')}${read('amountCents > 1')}`);
    expect(problem).toMatchObject({ element: 'P', hint: 'Write "amountCents", if that is meant.' });
    expect(problem.message).toContain('The column "c" of "流程" reads "amountCent"');
    expect(await found(rule, `${column('amountCents + paidCents')}${read('paidCents > 1')}`)).toEqual([]);
    expect(await found(rule, `${column('get or else(other, null)')}${read('amountCents > 1')}`)).toEqual(['P']);
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
    ['category', 'categorie', true],
    ['requester', 'requestor', true],
    ['paidCents', 'planCents', false],
    ['startedAt', 'startedBy', false],
    ['decision', 'division', false],
  ])('%s for %s is a slip of the pen: %s', (one, other, slip) => {
    expect(isSlip(one, other)).toBe(slip);
    expect(isSlip(other, one)).toBe(slip);
  });
});
