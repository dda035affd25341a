import { describe, expect, it } from 'vitest';
import { compile } from '../../../engine/compile/index.ts';
import { compileDmn } from '../../../engine/dmn/compile.ts';
import type { DecisionPlan } from '../../../engine/dmn/plan.ts';
import type { Variables } from '../../../engine/plan.ts';
import { play } from '../support/play.ts';
import { decision, input, model, table } from './models.ts';

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

async function routingPlan(): Promise<DecisionPlan> {
  return (await compileDmn(model(routing))).decisions;
}

async function played(called: string, variables: Variables) {
  const { plans, problems } = await compile(process(called), { decisions: [await routingPlan()] });
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  return play(JSON.parse(JSON.stringify(plans[0])), variables);
}

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

  it('stops with an incident when the table is broken, and goes on when retried with other variables', async () => {
    const p = await played('who', { severity: 'both' });
    expect(p.incident('Decide')).toMatchObject({
      code: 'decision-failed',
      details: { code: 'hit-policy', element: 'who' },
    });
    p.set({ severity: 'major' }).retry('Decide');
    expect(p.state.status).toBe('completed');
  });

  it('is refused when its decision is not deployed', async () => {
    const codes = async (called: string, decisions: DecisionPlan[]) =>
      (await compile(process(called), { decisions })).problems.map(({ code }) => code);
    expect(await codes('other', [await routingPlan()])).toContain('unknown-decision');
    expect(await codes('who', [])).toContain('unknown-decision');
    expect(await codes('who', [await routingPlan(), await routingPlan()])).toContain('ambiguous-decision');
  });
});
