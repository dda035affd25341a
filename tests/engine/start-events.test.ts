/** Start events of a process that begin it by the clock or by a condition. */
import { describe, expect, it } from 'vitest';
import { holds, startConditionsOf, startProblems, startTimersOf } from '../../engine/analysis/start-events.ts';
import { compile } from '../../engine/compile/index.ts';
import { createEvaluator } from '../../engine/feel/evaluator.ts';
import type { Plan } from '../../engine/model/plan.ts';
import { chinaCalendar } from '../../engine/time/china.ts';
import { diagramXml } from './compile/builders.ts';

const timer = (id: string, value: string, kind = 'timeCycle') =>
  `<bpmn:timerEventDefinition id="${id}"><bpmn:${kind}>${value}</bpmn:${kind}></bpmn:timerEventDefinition>`;
const condition = (id: string, feel: string) =>
  `<bpmn:conditionalEventDefinition id="${id}"><bpmn:condition>${feel}</bpmn:condition></bpmn:conditionalEventDefinition>`;
const beginning = (events: string, attributes = '') =>
  `<bpmn:startEvent id="Begin" name="开始" ${attributes}>${events}</bpmn:startEvent>
   <bpmn:sequenceFlow id="f" sourceRef="Begin" targetRef="End" /><bpmn:endEvent id="End" name="完" />`;

async function planOf(content: string): Promise<Plan> {
  const { plans, problems } = await compile(diagramXml(content));
  const [plan] = plans;
  if (!plan) throw new Error(JSON.stringify(problems));
  return plan;
}

const context = { now: '2026-11-22T00:00:00.000Z', calendar: chinaCalendar() };

describe('timers that begin a process', () => {
  it('are found with the facilities they begin it at', async () => {
    const plan = await planOf(beginning(timer('T', 'R/P1D'), 'careloop:facilities="SH, BJ"'));
    expect(startTimersOf(plan)).toEqual([
      {
        id: 'Begin',
        element: 'Begin',
        name: '开始',
        timer: { kind: 'cycle', value: { literal: 'R/P1D' } },
        facilities: ['BJ', 'SH'],
      },
    ]);
    expect(startProblems(plan)).toEqual([]);
  });

  it('have ids of their own where one event has several', async () => {
    const plan = await planOf(beginning(timer('T1', 'R/P1D') + timer('T2', 'R/P7D')));
    expect(startTimersOf(plan).map(({ id, element }) => [id, element])).toEqual([
      ['Begin', 'Begin'],
      ['Begin-2', 'Begin'],
    ]);
  });

  it('may read the facility and its rules, and nothing that an instance would have', async () => {
    const fine = await planOf(beginning(timer('T', '=duration(rules.limits.closure)', 'timeDuration')));
    expect(startProblems(fine)).toEqual([]);
    const wrong = await planOf(beginning(timer('T', '=receivedAt', 'timeDate')));
    expect(startProblems(wrong)).toMatchObject([
      { severity: 'error', code: 'timer-reads-variables', element: 'Begin', elementName: '开始' },
    ]);
  });

  it('are refused where they would have to wait for another event as well', async () => {
    const plan = await planOf(beginning(timer('T', 'R/P1D') + condition('C', '=a &gt; 1'), 'parallelMultiple="true"'));
    expect(startProblems(plan)).toMatchObject([{ code: 'unsupported-start', element: 'Begin' }]);
  });
});

describe('conditions that begin a process', () => {
  const asked = async (feel: string, variables: Record<string, number | string>, more = '') => {
    const plan = await planOf(beginning(condition('C', feel) + more));
    const [start] = startConditionsOf(plan);
    if (!start) throw new Error('There is no conditional start event.');
    return holds(start, createEvaluator(plan), (name) => variables[name], context);
  };

  it('hold, do not hold, or read what is not there', async () => {
    expect(await asked('=stock &lt; 5', { stock: 3 })).toEqual({ ok: true, holds: true });
    expect(await asked('=stock &lt; 5', { stock: 7 })).toEqual({ ok: true, holds: false });
    expect(await asked('=stock &lt; 5', {})).toMatchObject({ ok: true, holds: false, missing: expect.any(String) });
    expect(await asked('=stock &lt; 5', { late: 1 }, condition('D', '=late = 1'))).toEqual({ ok: true, holds: true });
  });

  it('fail as a value', async () => {
    expect(await asked('=1 / stock &gt; 2', { stock: 0 })).toMatchObject({ ok: false, code: 'expression-failed' });
  });
});
