/** Ids are what the standard's schema allows (NCName): letters of every script, also where they become keys, paths and variables. */
import { describe, expect, it } from 'vitest';
import { withDiagram } from '../../../engine/compile/auto-layout.ts';
import { compileDmn } from '../../../engine/dmn/compile.ts';
import { evaluateDecision } from '../../../engine/dmn/evaluate.ts';
import { context } from '../dmn/models.ts';
import { play } from '../support/play.ts';
import { around, diagramXml, errorsOf, extensions, flow, planOf, problemsOf } from './builders.ts';

describe('ids in Chinese', () => {
  const formal = (name: string, feel: string) =>
    `<bpmn:${name} xsi:type="bpmn:tFormalExpression">${feel}</bpmn:${name}>`;
  const process = `<bpmn:startEvent id="开始"/><bpmn:parallelGateway id="分支"/><bpmn:userTask id="核对"/><bpmn:userTask id="通知"/>
    <bpmn:complexGateway id="先到">${formal('activationCondition', '流_核对 &gt;= 1')}</bpmn:complexGateway>
    <bpmn:subProcess id="处理"><bpmn:property id="结果" name="结果"/><bpmn:startEvent id="处理开始"/>
      <bpmn:scriptTask id="计算">${extensions('<zeebe:script expression="=金额 * 2" resultVariable="结果"/>')}</bpmn:scriptTask><bpmn:endEvent id="处理结束"/>
      ${flow('流_a', '处理开始', '计算')}${flow('流_b', '计算', '处理结束')}</bpmn:subProcess>
    <bpmn:boundaryEvent id="超时" attachedToRef="核对"><bpmn:timerEventDefinition>${formal('timeDuration', 'P1D')}</bpmn:timerEventDefinition></bpmn:boundaryEvent>
    <bpmn:endEvent id="结束"/><bpmn:endEvent id="超时结束"/>
    ${flow('流_1', '开始', '分支')}${flow('流_2', '分支', '核对')}${flow('流_3', '分支', '通知')}${flow('流_核对', '核对', '先到')}
    ${flow('流_通知', '通知', '先到')}${flow('流_4', '先到', '处理')}${flow('流_5', '处理', '结束')}${flow('流_6', '超时', '超时结束')}`;
  const xml = diagramXml(process).replace('id="P"', 'id="退费"');

  it('are deployed and run', async () => {
    expect(await errorsOf(xml)).toEqual([]);
    const p = play(await planOf(xml), { 金额: 3 });
    expect(p.waiting()).toEqual(['核对', '超时', '通知'].sort());
    p.task('通知').task('核对');
    expect(p.state.status).toBe('completed');
    expect(p.completed()).toContain('处理');
    expect(p.variables).toEqual({ 金额: 3 });
  });

  it('get a diagram like all others', async () => {
    const plain = diagramXml(
      `<bpmn:startEvent id="开始"/><bpmn:userTask id="核对" name="核对（一）"/><bpmn:endEvent id="结束"/>${flow('流_1', '开始', '核对')}${flow('流_2', '核对', '结束')}`,
    );
    const drawn = await withDiagram(plain, {});
    expect(drawn).toContain('bpmnElement="核对"');
    expect(drawn).toContain('name="核对（一）"');
  });

  it('are reported as they stand in the file, with their place', async () => {
    const wrong = diagramXml(around('<bpmn:userTask id="A"/>\n<bpmn:userTask id="核对"/><bpmn:userTask id="核对"/>'));
    expect(await problemsOf(wrong)).toContainEqual(
      expect.objectContaining({
        code: 'duplicate-id',
        message: 'The id "核对" stands at more than one element.',
        position: { line: expect.any(Number), column: 25 },
      }),
    );
    for (const id of ['核 对', '1核对', '·核'])
      expect(await problemsOf(diagramXml(around(`<bpmn:userTask id="A"/><bpmn:userTask id="${id}"/>`)))).toContainEqual(
        expect.objectContaining({ severity: 'error', message: expect.stringContaining(`"${id}" is no id`) }),
      );
  });

  it('name decisions too', async () => {
    const { decisions, problems } = await compileDmn(
      `<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="规则" name="规则" namespace="t"><decision id="谁" name="谁"><variable name="谁"/><literalExpression><text>"法务"</text></literalExpression></decision></definitions>`,
    );
    expect(problems).toEqual([]);
    expect(evaluateDecision(decisions, '谁', {}, context)).toMatchObject({ ok: true, value: '法务' });
  });
});
