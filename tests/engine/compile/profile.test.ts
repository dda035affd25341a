/** What a process declares of itself: starters, leaders, keys, stages, columns, rules, start form. */
import { describe, expect, it } from 'vitest';
import { keyPatternText, parseKeyPattern } from '../../../engine/compile/key-pattern.ts';
import type { Problem } from '../../../engine/model/plan.ts';
import { around, diagramXml, extensions, planOf, problemsOf, userTask } from './builders.ts';

const declaring = (inside: string, attributes = '', task = userTask()): string =>
  diagramXml(`${extensions(inside)}${around(task)}`, '', attributes);

const profileOf = async (...parts: Parameters<typeof declaring>) => (await planOf(declaring(...parts))).profile;

async function problemIn(...parts: Parameters<typeof declaring>): Promise<Partial<Problem>> {
  const [problem, ...more] = await problemsOf(declaring(...parts));
  if (!problem || more.length > 0) throw new Error(`Not one problem: ${JSON.stringify([problem, ...more])}`);
  return problem;
}

const column = (attributes: string, inside = ''): string =>
  `<careloop:column ${attributes}>${inside}</careloop:column>`;

describe('the profile of a process', () => {
  it('is absent where nothing is declared', async () => {
    expect(await profileOf('')).toBeUndefined();
  });

  it('holds who may start it and who leads it', async () => {
    const groups = 'careloop:candidateStarterGroups=" *" careloop:leaderGroups="cs-director, president,cs-director"';
    expect(await profileOf('', groups)).toEqual({
      candidateStarterGroups: ['*'],
      leaderGroups: ['cs-director', 'president'],
      stages: [],
      columns: [],
    });
  });

  it('belongs to processes only', async () => {
    for (const type of ['stage id="a" name="甲"', 'column id="a" name="甲" value="=a"', 'rules paths="a"'])
      expect(await problemIn('', '', userTask(extensions(`<careloop:${type} />`)))).toMatchObject({
        severity: 'error',
        code: 'unsupported-extension',
        element: 'A',
      });
  });

  it('has no attributes but those that are known', async () => {
    const problem = await problemIn('', 'careloop:leaderGroup="cs-director"');
    expect(problem).toMatchObject({ severity: 'error', code: 'unknown-attribute', element: 'P' });
    expect(problem.hint).toBe('Write careloop:leaderGroups, if that is meant.');
    expect(await problemIn(column('id="a" name="甲" value="=a" serchable="true"'))).toMatchObject({
      code: 'unknown-attribute',
      element: 'P',
      hint: 'Write searchable, if that is meant.',
    });
    expect(await problemIn('<careloop:columns id="a" />')).toMatchObject({
      code: 'unsupported-extension',
      hint: 'Write careloop:column, if that is meant.',
    });
  });
});

describe('careloop:businessKeyPattern', () => {
  it('is read into parts', async () => {
    expect(await profileOf('', 'careloop:businessKeyPattern="{facility}-{yy}{MM}{dd}{serial:4}"')).toMatchObject({
      businessKeyPattern: [
        { kind: 'facility' },
        { kind: 'text', text: '-' },
        { kind: 'date', field: 'yy' },
        { kind: 'date', field: 'MM' },
        { kind: 'date', field: 'dd' },
        { kind: 'serial', digits: 4 },
      ],
    });
  });

  it('is written again as it was', () => {
    const pattern = 'L-{facility}{yyyy}{MM}{dd}_{yy}{serial:6}';
    const parsed = parseKeyPattern(pattern);
    expect('parts' in parsed && keyPatternText(parsed.parts)).toBe(pattern);
  });

  it('is refused with the placeholders that are known when it has another', async () => {
    expect(await problemIn('', 'careloop:businessKeyPattern="{facility}{mm}{serial:4}"')).toEqual({
      severity: 'error',
      code: 'bad-key-pattern',
      element: 'P',
      elementName: '流程',
      message: 'The pattern of business keys "{facility}{mm}{serial:4}": There is no placeholder "{mm}".',
      hint: 'Known are: {facility}, {yyyy}, {yy}, {MM}, {dd}, {serial:4}.',
    });
  });

  it.each([
    ['{serial:4}{serial:4}', 'more than one serial number'],
    ['{serial:0}', '0 digits'],
    ['{serial:10}', '10 digits'],
    ['{serial}', 'no placeholder "{serial}"'],
    ['{facility', '"{" stands alone'],
    ['号{serial:4}', '"号" cannot stand'],
    ['A/{serial:4}', '"A/" cannot stand'],
    ['A'.repeat(61), '61 characters'],
  ])('is refused as %s', (pattern, why) => {
    expect(parseKeyPattern(pattern)).toMatchObject({ message: expect.stringContaining(why) });
  });

  it('should have a serial number', async () => {
    expect(await problemIn('', 'careloop:businessKeyPattern="{facility}{yyyy}"')).toMatchObject({
      severity: 'warning',
      code: 'key-without-serial',
    });
  });
});

describe('careloop:stage', () => {
  const stage = (id: string) => `<careloop:stage id="${id}" name="审批" nameEn="Approval" />`;
  const staged = userTask('', 'careloop:stage="approval"');

  it('is declared with its names, in the order of the file', async () => {
    const paid = '<bpmn:task id="B" careloop:stage="paid"/>';
    const profile = await profileOf(
      `${stage('approval')}<careloop:stage id="paid" name="付款" />`,
      '',
      userTask('', 'careloop:stage="approval"')
        .replace(/userTask/g, 'subProcess')
        .replace('><', `>${paid}<`),
    );
    expect(profile?.stages).toEqual([
      { id: 'approval', name: '审批', englishName: 'Approval' },
      { id: 'paid', name: '付款' },
    ]);
  });

  it('must be declared where an element begins it', async () => {
    expect(await problemIn('', '', staged)).toMatchObject({ severity: 'error', code: 'unknown-stage', element: 'A' });
    const other = '<careloop:stage id="plan" name="方案" />';
    const problems = await problemsOf(declaring(other, '', staged));
    expect(problems.map(({ code, hint }) => [code, hint])).toEqual([
      ['unknown-stage', 'Declared are: plan.'],
      ['unused-stage', expect.stringContaining('careloop:stage="plan"')],
    ]);
  });

  it('is declared once, with an id and a name', async () => {
    expect(await problemIn(stage('approval').repeat(2), '', staged)).toMatchObject({
      severity: 'error',
      code: 'duplicate-stage',
    });
    expect(await problemIn('<careloop:stage id="x" />')).toMatchObject({ code: 'incomplete-stage' });
    expect(await problemIn('<careloop:stage name="审批" />')).toMatchObject({ code: 'incomplete-stage' });
  });
});

describe('careloop:column', () => {
  it('has an expression over the variables, a type and names', async () => {
    const profile = await profileOf(
      column('id="amountCents" name="金额" nameEn="Amount" type="money" value="=plan.amountCents" searchable="true"') +
        column('id="note" name="备注" value="=note"'),
    );
    expect(profile?.columns).toEqual([
      {
        id: 'amountCents',
        name: '金额',
        englishName: 'Amount',
        type: 'money',
        value: { feel: 'plan.amountCents' },
        searchable: true,
      },
      { id: 'note', name: '备注', type: 'text', value: { feel: 'note' }, searchable: false },
    ]);
  });

  it('has the values of a choice with their names', async () => {
    const choices =
      '<careloop:choice value="sick" name="病假" nameEn="Sick leave" /><careloop:choice value="own" name="事假" />';
    const profile = await profileOf(column('id="kind" name="类型" type="choice" value="=kind"', choices));
    expect(profile?.columns[0]?.choices).toEqual([
      { value: 'sick', name: '病假', englishName: 'Sick leave' },
      { value: 'own', name: '事假' },
    ]);
  });

  it.each([
    ['bad-column-id', 'id="a b" name="甲" value="=a"', ''],
    ['bad-column-id', 'id="1a" name="甲" value="=a"', ''],
    ['bad-column-id', 'id="constructor" name="甲" value="=a"', ''],
    ['bad-column-id', 'name="甲" value="=a"', ''],
    ['column-without-name', 'id="a" value="=a"', ''],
    ['unknown-column-type', 'id="a" name="甲" type="boolean" value="=a"', ''],
    ['column-without-value', 'id="a" name="甲"', ''],
    ['column-without-value', 'id="a" name="甲" value="a"', ''],
    ['bad-column', 'id="a" name="甲" value="=a" searchable="yes"', ''],
    ['bad-column', 'id="a" name="甲" value="=a" listed="no"', ''],
    ['bad-column', 'id="a" name="甲" value="=a" listed="false" searchable="true"', ''],
    ['bad-column-choices', 'id="a" name="甲" value="=a" type="choice"', ''],
    ['bad-column-choices', 'id="a" name="甲" value="=a"', '<careloop:choice value="x" name="乙" />'],
    ['bad-expression', 'id="a" name="甲" value="=a +"', ''],
    ['unknown-function', 'id="a" name="甲" value="=total(a)"', ''],
  ])('is refused: %s %s', async (code, attributes, inside) => {
    const problem = await problemIn(column(attributes, inside));
    expect(problem).toMatchObject({ severity: 'error', code, element: 'P' });
    expect(problem.hint).toBeTruthy();
  });

  it('refuses choices without a value or a name, and those that are there twice', async () => {
    const choice = (inside: string) => column('id="a" name="甲" value="=a" type="choice"', inside);
    const good = '<careloop:choice value="x" name="乙" />';
    expect(await problemIn(choice(`${good}<careloop:choice value="y" />`))).toMatchObject({
      code: 'bad-column-choices',
    });
    expect(await problemIn(choice(`${good}<careloop:choice name="丙" />`))).toMatchObject({
      code: 'bad-column-choices',
    });
    expect(await problemIn(choice(good + good))).toMatchObject({ code: 'bad-column-choices' });
  });

  it('is there once, and there are no more than twenty', async () => {
    const one = (id: string) => column(`id="${id}" name="甲" value="=a"`);
    expect(await problemIn(one('a') + one('a'))).toMatchObject({ severity: 'error', code: 'duplicate-column' });
    const many = Array.from({ length: 21 }, (_, index) => one(`c${index}`)).join('');
    expect(await problemIn(many)).toMatchObject({ severity: 'error', code: 'too-many-columns' });
  });
});

describe('careloop:rules', () => {
  const rules = (paths: string) => `<careloop:rules paths="${paths}" />`;
  const reading = (expression: string) =>
    userTask(extensions(`<zeebe:userTask/><zeebe:taskSchedule dueDate="=${expression}"/>`));

  it('names the parts of the rule set it gets', async () => {
    const task = reading('now() + rules.limits.refund + duration(rules.refund.months)');
    expect((await profileOf(rules('limits.refund, refund'), '', task))?.rules).toEqual(['limits.refund', 'refund']);
  });

  it('must name what an expression reads', async () => {
    expect(await problemIn('', '', reading('rules.limits.refund'))).toMatchObject({
      severity: 'error',
      code: 'rule-not-declared',
      element: 'A',
      message: 'It reads rules.limits.refund, which the process does not say it gets.',
      hint: expect.stringContaining('paths="limits.refund"'),
    });
    const both = reading('rules.limits.refund + rules.limits.refunds');
    expect(await problemIn(rules('limits.refund'), '', both)).toMatchObject({
      code: 'rule-not-declared',
      hint: expect.stringContaining('paths="limits.refund, limits.refunds"'),
    });
    expect(await problemsOf(declaring(rules('limits.refund'), '', reading('rules.limits')))).toEqual([]);
    expect(await problemsOf(declaring(rules('limits'), '', reading('get or else(rules.limits.refund, 1)')))).toEqual(
      [],
    );
  });

  it('should name nothing that no expression reads', async () => {
    expect(await problemIn(rules('refund'))).toMatchObject({ severity: 'warning', code: 'unused-rule', element: 'P' });
  });

  it('are all there for a timer that begins the process', async () => {
    const timer =
      '<bpmn:timerEventDefinition><bpmn:timeDuration xsi:type="bpmn:tFormalExpression">=rules.limits.refund</bpmn:timeDuration></bpmn:timerEventDefinition>';
    const process = around(userTask()).replace(
      '<bpmn:startEvent id="S"/>',
      `<bpmn:startEvent id="S">${timer}</bpmn:startEvent>`,
    );
    expect(await problemsOf(diagramXml(process))).toEqual([]);
  });

  it('is refused when it names no path', async () => {
    for (const paths of ['', ' , ', 'limits.', '=rules', 'limits refund'])
      expect(await problemIn(rules(paths))).toMatchObject({ severity: 'error', code: 'bad-rule-path', element: 'P' });
  });

  it('is reported for a path within another', async () => {
    expect(await problemIn(rules('limits, limits.refund'), '', reading('rules.limits'))).toMatchObject({
      severity: 'warning',
      code: 'rule-path-twice',
    });
  });

  it('occurs once', async () => {
    expect(await problemIn(rules('refund').repeat(2), '', reading('rules.refund'))).toMatchObject({
      code: 'duplicate-extension',
    });
  });
});

describe('the start form', () => {
  const form = { type: 'default', id: 'leave', components: [{ type: 'number', key: 'days', label: '天数' }] };
  const withForm = (trigger = '') =>
    diagramXml(
      `<bpmn:startEvent id="S">${extensions('<zeebe:formDefinition formId="leave" />')}${trigger}</bpmn:startEvent><bpmn:endEvent id="E"/><bpmn:sequenceFlow id="f" sourceRef="S" targetRef="E"/>`,
    );

  it('is that of the start event without a trigger', async () => {
    const plan = await planOf(withForm(), { forms: { leave: form } });
    expect(plan.profile?.startForm).toBe('leave');
    expect(plan.forms['leave']?.fields.map(({ key }) => key)).toEqual(['days']);
  });

  it('must be deployed with the diagram', async () => {
    expect(await problemsOf(withForm(), { forms: {} })).toMatchObject([
      { severity: 'error', code: 'unknown-form', element: 'S' },
    ]);
  });

  it('is never shown at a start event with a trigger', async () => {
    const timer =
      '<bpmn:timerEventDefinition><bpmn:timeDuration xsi:type="bpmn:tFormalExpression">P1D</bpmn:timeDuration></bpmn:timerEventDefinition>';
    expect(await problemsOf(withForm(timer), { forms: { leave: form } })).toMatchObject([
      { severity: 'warning', code: 'ignored-extension', element: 'S' },
    ]);
  });
});
