import { describe, expect, it } from 'vitest';
import { compile } from '../../../engine/compile/index.ts';
import { compileDmn } from '../../../engine/dmn/compile.ts';
import { evaluateDecision } from '../../../engine/dmn/evaluate.ts';
import type { DecisionPlan } from '../../../engine/dmn/plan.ts';
import type { Json, Variables } from '../../../engine/model/plan.ts';
import { context, decision, input, literal, model, table } from '../dmn/models.ts';
import { play } from '../support/play.ts';

const process = (called: string): string => `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="definitions" targetNamespace="test">
  <bpmn:process id="Route" name="Route" isExecutable="true">
    <bpmn:startEvent id="Start" name="Start"><bpmn:outgoing>toDecide</bpmn:outgoing></bpmn:startEvent>
    <bpmn:businessRuleTask id="Decide" name="Decide who">
      <bpmn:extensionElements><zeebe:calledDecision decisionId="${called}" resultVariable="route"/></bpmn:extensionElements>
      <bpmn:incoming>toDecide</bpmn:incoming><bpmn:outgoing>toEnd</bpmn:outgoing>
    </bpmn:businessRuleTask>
    <bpmn:endEvent id="End" name="End"><bpmn:incoming>toEnd</bpmn:incoming></bpmn:endEvent>
    <bpmn:sequenceFlow id="toDecide" sourceRef="Start" targetRef="Decide"/>
    <bpmn:sequenceFlow id="toEnd" sourceRef="Decide" targetRef="End"/>
  </bpmn:process>
</bpmn:definitions>`;

const routing =
  input('severity', 'string') +
  decision(
    'who',
    table({
      inputs: [{ text: 'severity' }],
      rules: [
        ['"major"', '"legal"'],
        ['"minor","major?"', '"desk"'],
        ['"both"', '1'],
        ['"both"', '2'],
      ],
    }),
    { inputs: ['severity'] },
  );

const planOf = async (content: string): Promise<DecisionPlan> => (await compileDmn(model(content))).decisions;

async function played(called: string, variables: Variables, content = routing) {
  const { plans, problems } = await compile(process(called), { decisions: [await planOf(content)] });
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  return play(JSON.parse(JSON.stringify(plans[0])), variables);
}

describe('a business rule task bound to a version tag', () => {
  const version = (tag: string, result: string) =>
    decision(
      'who',
      `<extensionElements><zeebe:versionTag value="${tag}"/></extensionElements>${literal(`"${result}"`)}`,
    );
  const bound = (tag: string, id = 'who') => process(`${id}" bindingType="versionTag" versionTag="${tag}`);
  const compiled = async (xml: string) =>
    compile(xml, { decisions: [await planOf(version('v1', 'first')), await planOf(version('v2', 'second'))] });

  it.each([
    ['v1', 'who', 'first'],
    ['v2', 'who', 'second'],
    ['v2', '=which', 'second'],
  ])('takes the decision that has it: %s of %s', async (tag, id, result) => {
    const { plans, problems } = await compiled(bound(tag, id));
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(play(JSON.parse(JSON.stringify(plans[0])), { which: 'who' }).variables['route']).toBe(result);
  });

  it('is refused when none of those deployed with it has the tag', async () => {
    for (const id of ['who', '=which'])
      expect((await compiled(bound('v3', id))).problems).toContainEqual(
        expect.objectContaining({ code: 'unresolved-binding', element: 'Decide', severity: 'error' }),
      );
  });

  it('is an incident when the decision it comes to has another tag', async () => {
    const { plans } = await compiled(bound('v2', '=which'));
    expect(play(plans[0]!, { which: 'whoever' }).incident('Decide')).toMatchObject({
      code: 'decision-failed',
      message: '没有名为“whoever”、版本为“v2”的决策。',
    });
  });

  it('and only this distinguishes two versions of one decision', async () => {
    expect((await compiled(process('who'))).problems).toContainEqual(
      expect.objectContaining({ code: 'ambiguous-decision', severity: 'error' }),
    );
  });
});

describe('a business rule task that calls a decision', () => {
  it('leaves the result under its variable, and the rules that made it in the journal', async () => {
    const p = await played('who', { severity: 'major' });
    expect(p.state.status).toBe('completed');
    expect(p.variables['route']).toBe('legal');
    expect(p.journal.find(({ kind }) => kind === 'decision-made')).toMatchObject({
      element: 'Decide',
      data: { decision: 'who', tables: [{ element: 'who', table: 'table', rules: [{ index: 1, id: 'rule1' }] }] },
    });
  });

  it('may work out which decision it takes', async () => {
    const p = await played('= if severity = &quot;minor&quot; then &quot;who&quot; else &quot;nobody&quot;', {
      severity: 'minor',
    });
    expect(p.variables['route']).toBe('desk');
  });

  it('stops with an incident when the table is invalid, and continues when retried with other variables', async () => {
    const p = await played('who', { severity: 'both' });
    expect(p.incident('Decide')).toMatchObject({
      code: 'decision-failed',
      params: { code: 'hit-policy', element: 'who' },
    });
    p.set({ severity: 'major' }).retry('Decide');
    expect(p.state.status).toBe('completed');
  });

  it('is refused when its decision is not deployed', async () => {
    const codes = async (called: string, decisions: DecisionPlan[]) =>
      (await compile(process(called), { decisions })).problems.map(({ code }) => code);
    expect(await codes('other', [await planOf(routing)])).toContain('unknown-decision');
    expect(await codes('who', [])).toContain('unknown-decision');
    expect(await codes('who', [await planOf(routing), await planOf(routing)])).toContain('ambiguous-decision');
  });
});

describe('a decision whose definition declares no inputs', () => {
  const rules = [
    ['"major"', '> limit', '"legal"'],
    ['-', '-', '"desk"'],
  ];
  const who = (parts = {}) =>
    decision('who', table({ hitPolicy: 'FIRST', inputs: [{ text: 'severity' }, { text: 'amount' }], rules }), parts);

  it('reads the variables of the task, in its columns and in its cells', async () => {
    const p = await played('who', { severity: 'major', amount: 120, limit: 100 }, who());
    expect(p.variables['route']).toBe('legal');
    const below = await played('who', { severity: 'major', amount: 80, limit: 100 }, who());
    expect(below.variables['route']).toBe('desk');
  });

  it('reads them in the decisions it requires, too', async () => {
    const amount = decision('amount', literal('price * pieces'));
    const p = await played(
      'who',
      { severity: 'major', price: 60, pieces: 2, limit: 100 },
      amount + who({ decisions: ['amount'] }),
    );
    expect(p.variables['route']).toBe('legal');
  });

  it('stops with an incident that names what is missing, and continues when it is set', async () => {
    const p = await played('who', { limit: 100 }, who());
    expect(p.incident('Decide')).toMatchObject({
      code: 'missing-variable',
      message: '决策“who”用到的变量不存在：“severity”、“amount”。',
      params: { decision: 'who', element: 'who', missing: ['severity', 'amount'] },
    });
    p.set({ severity: 'major', amount: 120 }).retry('Decide');
    expect(p.state.status).toBe('completed');
    expect(p.variables['route']).toBe('legal');
  });

  it('names what a required decision misses at that decision', async () => {
    const amount = decision('amount', literal('price * 2'));
    const p = await played('who', { severity: 'major', limit: 1 }, amount + who({ decisions: ['amount'] }));
    expect(p.incident('Decide')).toMatchObject({ code: 'missing-variable', params: { element: 'amount' } });
    p.set({ price: 60 }).retry('Decide');
    expect(p.variables['route']).toBe('legal');
  });

  it('takes null for a value, and lets an expression ask whether there is one', async () => {
    const asked = decision('who', literal('if discount = null then "none" else discount'));
    expect((await played('who', {}, asked)).variables['route']).toBe('none');
    expect((await played('who', { severity: null, amount: 1 }, who())).variables['route']).toBe('desk');
  });

  it('reads a date from its text where the column says so', async () => {
    const columns = { inputs: [{ text: 'visit', type: 'date' }], rules: [['< date("2026-10-01")', '"early"']] };
    const p = await played('who', { visit: '2026-09-30' }, decision('who', table(columns)));
    expect(p.variables['route']).toBe('early');
  });

  it('tells functions of FEEL from variables that are called the same', async () => {
    const columns = { inputs: [{ text: 'count(visits)' }, { text: 'count' }], rules: [['2', '5', '"both"']] };
    const counted = decision('who', table(columns));
    expect((await played('who', { visits: [1, 2], count: 5 }, counted)).variables['route']).toBe('both');
    expect((await played('who', { visits: [1, 2] }, counted)).incident('Decide')).toMatchObject({
      code: 'missing-variable',
      params: { missing: ['count'] },
    });
  });

  it('leaves entries of filtered items, names in backticks and names made of several words as they are', async () => {
    const filter = decision('who', literal('count(visits[paid = true and price > limit])'));
    const visits: Json[] = [{ paid: true, price: 5 }, { paid: true, price: 1 }, { price: 9 }];
    expect((await played('who', { visits, limit: 2, price: 0 }, filter)).variables['route']).toBe(1);
    const quoted = decision('who', literal('`refund-total` + order total'));
    expect((await played('who', { 'refund-total': 1, 'order total': 2 }, quoted)).variables['route']).toBe(3);
  });

  it('knows business knowledge models, which may call themselves, from variables', async () => {
    const down =
      '<businessKnowledgeModel id="down" name="down"><variable name="down"/><encapsulatedLogic><formalParameter name="n"/>' +
      `${literal('if n = 0 then start else down(n - 1) + 1')}</encapsulatedLogic></businessKnowledgeModel>`;
    const who = decision('who', literal('down(3)'), { knowledge: ['down'] });
    expect((await played('who', { start: 10, n: 99, down: 1 }, down + who)).variables['route']).toBe(13);
  });

  it('reads nothing but what is declared where the standard is followed to the letter', async () => {
    const decisions = await planOf(decision('d', literal('severity')));
    expect(evaluateDecision(decisions, 'd', { severity: 'major' }, context)).toMatchObject({ ok: true, value: null });
    expect(evaluateDecision(decisions, 'd', { severity: 'major' }, context, { openInputs: true })).toMatchObject({
      value: 'major',
    });
  });
});
