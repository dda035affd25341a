import { describe, expect, test } from 'vitest';
import type { Mapping } from '../../../engine/model/plan.ts';
import { aPlan, feel, literal, type PlanBuilder } from '../support/plan.ts';
import { play, someone } from '../support/play.ts';

const aJob = (more: { inputs?: Mapping[]; outputs?: Mapping[] } = {}) =>
  aPlan()
    .add('startEvent', 'Start')
    .add('serviceTask', 'Job', more)
    .add('userTask', 'After')
    .flow('Start', 'Job', 'After')
    .build();

const withBoundaries = (fill: (inside: PlanBuilder) => void) =>
  aPlan()
    .add('startEvent', 'Start')
    .scope('subProcess', 'Inside', fill)
    .boundary('Inside', 'Known', {
      events: [{ type: 'error', code: literal('E1'), codeVariable: 'code', messageVariable: 'why' }],
    })
    .boundary('Inside', 'Any', { events: [{ type: 'error' }] })
    .add('userTask', 'AfterKnown')
    .add('userTask', 'AfterAny')
    .flow('Start', 'Inside')
    .flow('Known', 'AfterKnown')
    .flow('Any', 'AfterAny')
    .build();

describe('a job', () => {
  test('with input mappings is given their targets only, and the wait keeps them', () => {
    const plan = aJob({
      inputs: [
        { source: feel('a + 1'), target: 'b' },
        { source: feel('b * 2'), target: 'deep.c' },
      ],
    });
    const p = play(plan, { a: 1, secret: 's' });
    expect(p.commandsTo('run-job')).toMatchObject([{ input: { b: 2, deep: { c: 4 } } }]);
    expect(p.commandsTo('run-job')[0]?.input).not.toHaveProperty('secret');
    expect(p.at('Job').variables).toEqual({ b: 2, deep: { c: 4 } });
    expect(p.job('Job').variables).toEqual({ a: 1, secret: 's' });
  });

  test('without input mappings sees what its scope sees', () => {
    expect(play(aJob(), { a: 1 }).commandsTo('run-job')).toMatchObject([{ input: { a: 1 } }]);
  });

  test('without output mappings leaves all its results, but not over its local variables', () => {
    const p = play(aJob({ inputs: [{ source: feel('1'), target: 'local' }] }), { a: 1 });
    p.job('Job', { a: 2, b: 3, local: 9 });
    expect(p.variables).toEqual({ a: 2, b: 3 });
  });

  test('with output mappings leaves only their targets, also inside what is there', () => {
    const p = play(aJob({ outputs: [{ source: feel('answer.id'), target: 'order.id' }] }), { order: { lines: 2 } });
    p.job('Job', { answer: { id: 'O1' }, noise: true });
    expect(p.variables).toEqual({ order: { lines: 2, id: 'O1' } });
  });

  test('whose input mapping fails has not begun', () => {
    const p = play(aJob({ inputs: [{ source: feel('nobody + 1'), target: 'b' }] }));
    expect(p.incident('Job')?.code).toBe('missing-variable');
    expect(p.commands).toEqual([]);
    p.set({ nobody: 1 }).retry('Job');
    expect(p.commandsTo('run-job')).toMatchObject([{ input: { b: 2 } }]);
    expect(p.journal.map((entry) => entry.kind)).toContain('incident-resolved');
  });

  test('whose output mapping fails keeps its results for the retry, and is not done twice', () => {
    const p = play(aJob({ outputs: [{ source: feel('answer + offset'), target: 'total' }] }));
    p.job('Job', { answer: 40 });
    expect(p.incident('Job')?.code).toBe('missing-variable');
    p.set({ offset: 2 }).retry('Job');
    expect(p.variables).toMatchObject({ total: 42 });
    expect(p.commandsTo('run-job')).toHaveLength(1);
  });

  test('whose retry fails again is stuck again, with what is wrong now', () => {
    const p = play(aJob({ outputs: [{ source: feel('answer + offset'), target: 'total' }] })).job('Job', {
      answer: 40,
    });
    const { key } = p.at('Job');
    p.retry('Job');
    expect(p.incident('Job')?.code).toBe('missing-variable');
    expect(p.at('Job').key).not.toBe(key);
    const { state } = p;
    p.send({ type: 'retry', key, by: { id: 'ops' } });
    expect(p.last.refusal?.code).toBe('unknown-key');
    expect(p.state).toBe(state);
  });
});

describe('a job that reports a business error', () => {
  const plan = withBoundaries((inside) => inside.add('serviceTask', 'Job').add('userTask', 'Beside'));

  test('is caught by its code, and everything in the scope is cancelled', () => {
    const p = play(plan).jobFails('Job', 'E1', { extra: 1 });
    expect(p.waiting()).toEqual(['AfterKnown']);
    expect(p.variables).toMatchObject({ code: 'E1', why: 'it broke', extra: 1 });
    expect(p.journal.filter((entry) => entry.kind === 'element-cancelled').map((entry) => entry.element)).toEqual([
      'Job',
      'Beside',
      'Inside',
    ]);
  });

  test('is caught by an event for any error when none has its code', () => {
    expect(play(plan).jobFails('Job', 'E2').waiting()).toEqual(['AfterAny']);
  });

  test('is an incident when not caught, and can be retried', () => {
    const p = play(aPlan().add('serviceTask', 'Job').build()).jobFails('Job', 'E1');
    expect(p.incident('Job')).toMatchObject({ code: 'unhandled-error' });
    p.retry('Job');
    expect(p.at('Job')).toMatchObject({ kind: 'job', attempt: 2 });
    expect(p.incident('Job')).toBeUndefined();
    expect(p.commandsTo('run-job')).toHaveLength(2);
    expect(p.job('Job').state.status).toBe('completed');
  });
});

test('a job that fails is an incident with its code, and a second report of it changes nothing', () => {
  const p = play(aPlan().add('serviceTask', 'Job').build()).jobFails('Job');
  expect(p.incident('Job')).toMatchObject({ code: 'job-failed', params: { reason: 'job' } });
  const { state } = p;
  p.jobFails('Job');
  expect(p.state).toBe(state);
  p.retry('Job');
  p.send({ type: 'retry', key: p.at('Job').key, by: someone });
  expect(p.last.refusal?.code).toBe('nothing-to-retry');
});
