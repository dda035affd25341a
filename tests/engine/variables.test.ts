import { describe, expect, test } from 'vitest';
import type { Mapping } from '../../engine/model/plan.ts';
import { aPlan, feel, literal } from './support/plan.ts';
import { play } from './support/play.ts';

const aJob = (more: { inputs?: Mapping[]; outputs?: Mapping[] } = {}) =>
  aPlan()
    .add('startEvent', 'Start')
    .add('serviceTask', 'Job', more)
    .add('userTask', 'After')
    .flow('Start', 'Job', 'After')
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

describe('scopes', () => {
  const plan = aPlan()
    .add('startEvent', 'Start')
    .scope('subProcess', 'Inside', (inside) => inside.add('serviceTask', 'Job'), {
      inputs: [{ source: feel('a'), target: 'mine' }],
      outputs: [{ source: feel('mine'), target: 'result' }],
    })
    .add('userTask', 'After')
    .flow('Start', 'Inside', 'After')
    .build();

  test('a result goes to the nearest scope that has the variable, else to the process', () => {
    const p = play(plan, { a: 1 });
    expect(p.commandsTo('run-job')).toMatchObject([{ input: { a: 1, mine: 1 } }]);
    p.job('Job', { mine: 2, other: 3 });
    expect(p.variables).toEqual({ a: 1, other: 3, result: 2 });
  });

  test('variables can be set in one scope by hand', () => {
    const p = play(plan, { a: 1 });
    p.set({ mine: 7 }, p.at('Inside').key);
    const { state } = p;
    p.set({ mine: 7 }, p.at('Inside').key);
    expect(p.state).toBe(state);
    p.job('Job');
    expect(p.variables).toMatchObject({ result: 7 });
  });
});

test('a script puts its value where it says', () => {
  const p = play(
    aPlan()
      .add('scriptTask', 'Sum', { script: { source: feel('a + b'), resultVariable: 'sum' } })
      .add('userTask', 'After')
      .flow('Sum', 'After')
      .build(),
    { a: 1, b: 2 },
  );
  expect(p.variables['sum']).toBe(3);
});

test('a call hands variables over and brings back what it is told to', () => {
  const call = (more: object) =>
    play(
      aPlan()
        .add('callActivity', 'Refund', { process: literal('refund'), ...more })
        .add('userTask', 'After')
        .flow('Refund', 'After')
        .build(),
      { a: 1 },
    );
  const all = call({});
  expect(all.commandsTo('call')).toMatchObject([{ process: 'refund', businessKey: 'K1-2', variables: { a: 1 } }]);
  all.send({ type: 'call-completed', key: all.at('Refund').key, variables: { paid: 5 } });
  expect(all.variables).toEqual({ a: 1, paid: 5 });

  const some = call({
    propagateAllParent: false,
    propagateAllChild: false,
    businessKey: feel('"R" + string(a)'),
    inputs: [{ source: feel('a'), target: 'amount' }],
  });
  expect(some.commandsTo('call')).toMatchObject([{ businessKey: 'R1', variables: { amount: 1 } }]);
  some.send({ type: 'call-completed', key: some.at('Refund').key, variables: { paid: 5 } });
  expect(some.variables).toEqual({ a: 1 });
});
