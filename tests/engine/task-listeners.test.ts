/** Task listeners hold up what happens to a user task; they may correct it and deny what somebody wants, as in Zeebe. */
import { describe, expect, it } from 'vitest';
import { explain, refuse } from '../../engine/index.ts';
import type { Plan } from '../../engine/model/plan.ts';
import type { UserTask } from '../../engine/model/types.ts';
import { around, diagramXml, errorsOf, extensions, flow, planOf } from './compile/builders.ts';
import { type Play, play, someone } from './support/play.ts';

const listener = (eventType: string, type = eventType): string =>
  `<zeebe:taskListener eventType="${eventType}" type="${type}"/>`;
const assigned = '<zeebe:assignmentDefinition assignee="chosen" candidateGroups="handler"/>';
const candidates = '<zeebe:assignmentDefinition candidateGroups="handler"/>';

const task = (listeners: string, more = candidates, beside = ''): Promise<Plan> =>
  planOf(
    diagramXml(
      around(
        `<bpmn:userTask id="A" name="核对">${extensions(`<zeebe:userTask/>${more}<zeebe:taskListeners>${listeners}</zeebe:taskListeners>`)}</bpmn:userTask>${beside}`,
      ),
    ),
  );

const asked = (p: Play): string[] => p.commandsTo('run-job').map(({ type }) => type);
function taskAt(p: Play): UserTask {
  const wait = p.at('A');
  if (wait.kind !== 'task') throw new Error(`There is a ${wait.kind} at A.`);
  return wait.task;
}
const kinds = (p: Play): string[] => p.journal.map(({ kind }) => kind);

describe('task listeners', () => {
  it('come before a task is open: first those of its making, then those of its assignment by the definition', async () => {
    const p = play(await task(listener('creating') + listener('assigning'), assigned));
    expect(p.at('A').kind).toBe('job');
    p.job('A').job('A');
    expect(asked(p)).toEqual(['creating', 'assigning']);
    expect(taskAt(p)).toMatchObject({ assignee: 'chosen' });
  });

  it('guard the task with its boundary events from the first', async () => {
    const timer = `<bpmn:boundaryEvent id="B" attachedToRef="A"><bpmn:timerEventDefinition><bpmn:timeDuration>PT1H</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:boundaryEvent><bpmn:endEvent id="E2"/>${flow('f3', 'B', 'E2')}`;
    const p = play(await task(listener('creating'), candidates, timer));
    expect(p.waiting()).toEqual(['A', 'B']);
    p.advance('PT1H');
    expect(p.completed()).toContain('E2');
    expect(p.state.status).toBe('completed');
  });

  it('see the task in headers under the names workers of Zeebe read', async () => {
    const headers = '<zeebe:taskHeaders><zeebe:header key="rule" value="R1"/></zeebe:taskHeaders>';
    const p = play(await task(listener('assigning'), candidates + headers));
    p.act('A', { type: 'claim' });
    expect(p.commandsTo('run-job')[0]?.headers).toMatchObject({
      rule: 'R1',
      'io.camunda.zeebe:action': 'claim',
      'io.camunda.zeebe:assignee': someone.id,
      'io.camunda.zeebe:changedAttributes': '["assignee"]',
      'io.camunda.zeebe:userTaskKey': p.at('A').key,
    });
  });

  it('hold up a claim, during which other acts are refused; then it is carried out', async () => {
    const p = play(await task(listener('assigning')));
    p.act('A', { type: 'claim' });
    expect(kinds(p)).not.toContain('task-claimed');
    const act = { type: 'task', key: p.at('A').key, action: { type: 'claim' }, by: { id: 'other' } } as const;
    expect(refuse(p.plan, p.state, act, p.env)?.code).toBe('task-busy');
    p.job('A');
    expect(taskAt(p).assignee).toBe(someone.id);
    expect(p.journal.find(({ kind }) => kind === 'task-claimed')?.by).toEqual(someone);
  });

  it('may deny it: the task is unchanged and shows what was denied and why', async () => {
    const p = play(await task(listener('assigning')));
    p.act('A', { type: 'claim' }).job('A', { denied: true, deniedReason: '今日休息' });
    expect(taskAt(p)).toMatchObject({
      assignee: null,
      denied: { act: 'claim', by: someone.id, at: p.now, reason: '今日休息' },
    });
    expect(kinds(p)).not.toContain('task-claimed');
    expect(p.journal.find(({ kind }) => kind === 'listener-denied')).toMatchObject({
      by: someone,
      data: { event: 'assigning', reasonGiven: true },
    });
    p.act('A', { type: 'claim' }).job('A');
    expect(taskAt(p)).not.toHaveProperty('denied');
  });

  it('judge a completion with its values before anything of it counts', async () => {
    const p = play(await task(listener('completing')));
    p.task('A', { amount: 9000 });
    expect(p.commandsTo('run-job')[0]?.input).toMatchObject({ amount: 9000 });
    p.job('A', { denied: true });
    expect(p.variables).toEqual({});
    expect(p.state.closedTasks).toEqual([]);
    p.task('A', { amount: 100 }).job('A');
    expect(p.variables).toEqual({ amount: 100 });
    expect(p.state.closedTasks).toMatchObject([{ how: 'completed', by: someone }]);
    expect(p.state.status).toBe('completed');
  });

  it('may correct the task, each seeing what those before it corrected', async () => {
    const p = play(await task(listener('creating', 'c1') + listener('creating', 'c2')));
    p.job('A', { corrections: { priority: 80, candidateUsers: ['handler-sh'], dueDate: '2026-10-09T18:00:00+08:00' } });
    expect(p.commandsTo('run-job').at(-1)?.headers).toMatchObject({ 'io.camunda.zeebe:priority': '80' });
    p.job('A', { corrections: { candidateGroups: [], assignee: 'chosen', followUpDate: null } });
    expect(taskAt(p)).toMatchObject({
      priority: 80,
      assignee: 'chosen',
      candidateGroups: [],
      candidateUsers: ['handler-sh'],
      dueAt: '2026-10-09T10:00:00.000Z',
    });
  });

  it('stop at an incident when they correct what cannot be, or deny what cannot be denied', async () => {
    const p = play(await task(listener('creating')));
    p.job('A', { corrections: { priority: 'high' } });
    expect(p.incident('A')).toMatchObject({ code: 'job-failed' });
    p.retry('A').job('A', { denied: true });
    expect(p.incident('A')?.message).toContain('不能拒绝');
    p.retry('A').job('A');
    expect(p.at('A').kind).toBe('task');
  });

  it('are called when variables of the task change, and may deny it', async () => {
    const p = play(await task(listener('updating')));
    const { key } = p.at('A');
    p.set({ note: 1 }, key);
    expect(p.at('A').variables).toBeUndefined();
    p.job('A', { denied: true });
    expect(p.at('A').variables).toBeUndefined();
    p.set({ note: 1 }, key).job('A');
    expect(p.at('A').variables).toEqual({ note: 1 });
    expect(kinds(p)).toContain('variables-set');
  });

  it('are called when a task is cancelled; the instance does not end before they complete', async () => {
    const signal = `<bpmn:boundaryEvent id="B" attachedToRef="A"><bpmn:signalEventDefinition signalRef="Sig"/></bpmn:boundaryEvent><bpmn:endEvent id="E2"/>${flow('f3', 'B', 'E2')}`;
    const plan = await planOf(
      diagramXml(
        around(
          `<bpmn:userTask id="A">${extensions(`${candidates}<zeebe:taskListeners>${listener('canceling')}</zeebe:taskListeners>`)}</bpmn:userTask>${signal}`,
        ),
        '<bpmn:signal id="Sig" name="stop"/>',
      ),
    );
    const p = play(plan, { case: 'K' });
    p.send({ type: 'signal', name: 'stop', variables: {} });
    expect(p.completed()).toContain('E2');
    expect(p.state.status).toBe('active');
    expect(p.commandsTo('run-job')[0]).toMatchObject({ type: 'canceling', input: { case: 'K' } });
    p.jobFails('A').retry('A').job('A');
    expect(p.state.status).toBe('completed');
    expect(p.state.waits).toEqual({});
  });

  it('are called when the instance is cancelled', async () => {
    const p = play(await task(listener('canceling')));
    p.send({ type: 'cancel', reason: 'x', by: someone });
    expect(p.state.status).toBe('active');
    p.job('A');
    expect(p.state.status).toBe('cancelled');
    expect(p.journal.at(-1)).toMatchObject({ kind: 'instance-ended', by: someone });
  });

  it('leave the task with its people in the words of the instance', async () => {
    const p = play(await task(listener('completing')));
    p.task('A');
    expect(explain(p.plan, p.state, p.env).waits[0]?.what.zh).toContain('“核对”任务办结时的监听“completing”');
  });

  it('stand between the listeners of the element', async () => {
    const plan = await planOf(
      diagramXml(
        around(
          `<bpmn:userTask id="A">${extensions(`${candidates}<zeebe:taskListeners>${listener('creating')}${listener('completing')}</zeebe:taskListeners><zeebe:executionListeners><zeebe:executionListener eventType="start" type="start"/><zeebe:executionListener eventType="end" type="end"/></zeebe:executionListeners>`)}</bpmn:userTask>`,
        ),
      ),
    );
    const p = play(plan).job('A').job('A').task('A').job('A').job('A');
    expect(asked(p)).toEqual(['start', 'creating', 'completing', 'end']);
    expect(p.state.status).toBe('completed');
  });

  it('are refused at anything but a user task', async () => {
    const xml = diagramXml(
      around(
        `<bpmn:task id="A">${extensions(`<zeebe:taskListeners>${listener('creating')}</zeebe:taskListeners>`)}</bpmn:task>`,
      ),
    );
    expect(await errorsOf(xml)).toEqual(['listener-never-heard A']);
  });
});
