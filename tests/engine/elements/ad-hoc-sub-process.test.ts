import { describe, expect, it, test } from 'vitest';
import { explain, modify } from '../../../engine/index.ts';
import { aPlan, feel, type PlanBuilder } from '../support/plan.ts';
import { play, someone } from '../support/play.ts';

const adHoc = (cancelRemaining: boolean) =>
  aPlan()
    .add('startEvent', 'Start')
    .add('userTask', 'After')
    .scope(
      'adHocSubProcess',
      'Work',
      (inside) =>
        inside
          .add('parallelGateway', 'Split')
          .add('userTask', 'A')
          .add('userTask', 'B')
          .add('parallelGateway', 'Join')
          .add('userTask', 'Together')
          .flow('Split', 'A', 'Join')
          .flow('Split', 'B', 'Join')
          .flow('Join', 'Together'),
      { cancelRemaining, completionCondition: feel('done') },
    )
    .flow('Start', 'Work', 'After')
    .build();

const collecting = (element: string, more = {}, fill?: (inside: PlanBuilder) => void) =>
  aPlan()
    .add('startEvent', 'Start')
    .add('userTask', 'After')
    .scope(
      'adHocSubProcess',
      'Work',
      fill ??
        ((inside) => inside.add('serviceTask', 'A').add('serviceTask', 'B').add('serviceTask', 'C').flow('B', 'C')),
      { collects: { into: 'results', element: feel(element) }, ...more },
    )
    .flow('Start', 'Work', 'After')
    .build();

describe('an ad-hoc subprocess', () => {
  const adHoc = (more: object) =>
    aPlan()
      .scope(
        'adHocSubProcess',
        'Any',
        (inside) => inside.add('userTask', 'A').add('userTask', 'B').add('userTask', 'C'),
        more,
      )
      .add('userTask', 'After')
      .flow('Any', 'After')
      .build();

  test('starts all its activities and ends when all are complete', () => {
    const p = play(adHoc({}));
    expect(p.task('C').task('A').waiting()).toEqual(['B']);
    expect(p.task('B').waiting()).toEqual(['After']);
  });

  test('in sequence has one thing at a time', () => {
    const p = play(adHoc({ ordering: 'sequential' }));
    expect(p.waiting()).toEqual(['A']);
    expect(p.task('A').waiting()).toEqual(['B']);
    expect(p.task('B').task('C').waiting()).toEqual(['After']);
  });

  test('ends when its completion condition holds, and cancels the rest or lets it end', () => {
    const condition = { completionCondition: feel('enough') };
    const cancelled = play(adHoc(condition), { enough: false }).task('A');
    expect(cancelled.task('B', { enough: true }).waiting()).toEqual(['After']);
    const patient = play(adHoc({ ...condition, cancelRemaining: false }), { enough: false });
    expect(patient.task('B', { enough: true }).waiting()).toEqual(['A', 'C']);
    expect(patient.task('A').task('C').waiting()).toEqual(['After']);
  });

  test('starts only what its definition chooses', () => {
    expect(play(adHoc({ activeElements: feel('chosen') }), { chosen: ['B'] }).waiting()).toEqual(['B']);
    expect(play(adHoc({ activeElements: feel('chosen') }), { chosen: ['X'] }).incident('Any')?.code).toBe(
      'expression-failed',
    );
  });
});

test('what runs ends by itself, and a branch waiting at a join is no reason to wait', () => {
  const p = play(adHoc(false), { done: false }).task('A').task('B', { done: true });
  expect(p.waiting()).toEqual(['After']);
  expect(p.journal.filter(({ kind }) => kind === 'incident-raised')).toEqual([]);
});

test('once the condition has held nothing more begins, whatever becomes of it', () => {
  const p = play(adHoc(false), { done: false }).task('A', { done: true });
  expect(p.waiting()).toEqual(['B']);
  p.set({ done: false }).task('B');
  expect(p.waiting()).toEqual(['After']);
});

test('with the remaining ones cancelled it is over at once', () => {
  expect(play(adHoc(true), { done: false }).task('A', { done: true }).waiting()).toEqual(['After']);
});

test('what the last activity of each branch brings is collected as the branches end', () => {
  const p = play(collecting('result')).job('B', { result: 'not the end' });
  p.job('C', { result: 'c' }).job('A', { result: 'a', other: 1 });
  expect(p.waiting()).toEqual(['After']);
  expect(p.variables).toEqual({ results: ['c', 'a'], other: 1 });
});

test('the collection is a variable of the subprocess, which its completion condition and output mappings read', () => {
  const p = play(
    collecting('result', {
      completionCondition: feel('count(results) = 1'),
      outputs: [{ source: feel('results[1]'), target: 'best' }],
    }),
  );
  p.job('A', { result: 7 });
  expect(p.waiting()).toEqual(['After']);
  expect(p.variables).toEqual({ best: 7 });
});

test('a branch that does not bring it leaves null in its place; one that fails to say it is an incident', () => {
  const p = play(collecting('result.score + 1'));
  p.job('A', { result: { score: 'high' } });
  expect(p.incident('A')).toMatchObject({ code: 'expression-failed' });
  p.set({ result: { score: 1 } }, p.at('A').key)
    .retry('A')
    .job('B');
  p.job('C', { result: { score: 2 } });
  expect(p.variables['results']).toEqual([2, 3]);
  expect(play(collecting('result')).job('A').job('B').job('C', { result: 1 }).variables).toEqual({
    results: [null, 1],
  });
});

test('a branch that is a multi-instance brings its own collection', () => {
  const p = play(
    collecting('each', {}, (inside) =>
      inside.add('serviceTask', 'A', {
        loop: {
          type: 'multi',
          sequential: true,
          cardinality: feel('2'),
          behavior: 'all',
          outputCollection: 'each',
          outputElement: feel('one'),
        },
      }),
    ),
  );
  p.job('A', { one: 1 }).job('A', { one: 2 });
  expect(p.variables).toEqual({ results: [[1, 2]] });
});

test('a skipped activity brings nothing to the collection', () => {
  const p = play(collecting('result')).jobFails('A');
  p.send({ type: 'skip', key: p.at('A').key, reason: 'not needed', by: someone });
  p.job('B').job('C', { result: 3 });
  expect(p.variables).toEqual({ results: [3] });
});

test('a completion condition that could not be decided is decided as soon as it can be', () => {
  const plan = (cancelRemaining: boolean) =>
    collecting('1', { completionCondition: feel('enough'), cancelRemaining, collects: undefined });
  const p = play(plan(true)).job('A');
  expect(p.incident('Work')).toMatchObject({ code: 'missing-variable' });
  p.set({ enough: false });
  expect(p.incident('Work')).toBeUndefined();
  expect(p.waiting()).toEqual(['B']);

  const over = play(plan(true)).job('A').set({ enough: true });
  expect(over.waiting()).toEqual(['After']);
  expect(over.journal.filter(({ kind }) => kind.startsWith('incident')).map(({ kind }) => kind)).toEqual([
    'incident-raised',
    'incident-resolved',
  ]);

  const later = play(plan(false)).job('A').job('B', { enough: true });
  expect(later.waiting(), 'the activity that brought it').toEqual(['After']);
});

describe('what is said of an ad-hoc subprocess', () => {
  it('names it when its completion condition cannot be decided', () => {
    const plan = aPlan()
      .add('startEvent', 'S')
      .scope('adHocSubProcess', 'H', (inside) => inside.add('userTask', 'A').add('userTask', 'B'), {
        completionCondition: feel('done >= 2'),
      })
      .add('endEvent', 'E')
      .flow('S', 'H', 'E')
      .build();
    const p = play(plan);
    expect(explain(plan, p.state, p.env).waits.map((wait) => wait.element)).toEqual(['A', 'B']);
    p.task('A');
    const told = explain(plan, p.state, p.env).waits.find((wait) => wait.element === 'H');
    expect(told).toMatchObject({ canMove: false, incident: { code: 'missing-variable' } });
  });
});

test('a throw event that no flow leaves is the last of its branch', () => {
  const plan = aPlan()
    .add('startEvent', 'Start')
    .add('userTask', 'After')
    .scope('adHocSubProcess', 'Work', (inside) =>
      inside.add('userTask', 'A').add('intermediateThrowEvent', 'Done').flow('A', 'Done'),
    )
    .flow('Start', 'Work', 'After')
    .build();
  const p = play(plan);
  p.task('A');
  expect(p.waiting()).toEqual(['After']);
});

describe('a branch of an ad-hoc subprocess that collects', () => {
  const two = (inside: PlanBuilder) =>
    inside
      .add('userTask', 'A1')
      .add('userTask', 'A2')
      .add('userTask', 'B1')
      .add('userTask', 'B2')
      .flow('A1', 'A2')
      .flow('B1', 'B2');

  test('keeps what it brings its own until its end, and brings null when it has nothing', () => {
    const p = play(collecting('vote', {}, two), { vote: 'outside' }).task('A1', { vote: 'a' });
    p.task('B1').task('B2').task('A2');
    expect(p.waiting()).toEqual(['After']);
    expect(p.variables).toEqual({ vote: 'outside', results: [null, 'a'] });
  });

  test('keeps it as a property and in a larger expression, whatever writes it', () => {
    const p = play(collecting('{by: r.by, note: note}', {}, two)).task('A1', { r: { by: 'x' } });
    p.task('B1', { note: 'n' }).task('B2').task('A2');
    expect(p.variables).toEqual({
      results: [
        { by: null, note: 'n' },
        { by: 'x', note: null },
      ],
    });
  });

  test('may be a subprocess, which writes it inside', () => {
    const sub = (inside: PlanBuilder) =>
      inside
        .scope('subProcess', 'A', (b) => b.add('userTask', 'In').add('userTask', 'Then').flow('In', 'Then'))
        .add('userTask', 'B');
    const p = play(collecting('vote', {}, sub))
      .task('In', { vote: 1 })
      .task('B')
      .task('Then');
    expect(p.variables).toEqual({ results: [null, 1] });
  });

  test('is counted by the engine, whoever writes the collection', () => {
    const p = play(collecting('vote', {}, two))
      .task('A1', { results: ['x', 'y', 'z'] })
      .task('A2', { vote: 1, results: 'none' });
    p.task('B1').task('B2', { vote: 2 });
    expect(p.variables).toEqual({ results: [1, 2] });
  });

  test('is one where flows join what begins in it', () => {
    const joined = (inside: PlanBuilder) =>
      inside
        .add('userTask', 'A')
        .add('userTask', 'B')
        .add('parallelGateway', 'J')
        .add('userTask', 'C')
        .flow('A', 'J', 'C')
        .flow('B', 'J');
    const p = play(collecting('vote', {}, joined))
      .task('A', { vote: 1 })
      .task('B');
    expect(p.task('C').variables).toEqual({ results: [1] });
  });

  test('goes with the others when the completion condition holds', () => {
    const condition = { completionCondition: feel('count(results) = 1') };
    const p = play(collecting('vote', condition, two))
      .task('A1', { vote: 1 })
      .task('A2');
    expect(p.waiting()).toEqual(['After']);
    expect(p.variables).toEqual({ results: [1] });
    const patient = play(collecting('vote', { ...condition, cancelRemaining: false }, two))
      .task('A1', { vote: 1 })
      .task('A2');
    expect(patient.waiting()).toEqual(['B1']);
    expect(patient.task('B1', { vote: 2 }).waiting()).toEqual(['After']);
  });

  test('comes one after the other in sequence, and its errors are caught outside', () => {
    const jobs = (inside: PlanBuilder) =>
      inside
        .add('serviceTask', 'A')
        .add('serviceTask', 'B')
        .boundary('B', 'Late', { events: [{ type: 'error' }] })
        .add('userTask', 'Help')
        .flow('Late', 'Help');
    const p = play(collecting('vote', { ordering: 'sequential' }, jobs))
      .job('A', { vote: 1 })
      .jobFails('B', 'E');
    expect(p.task('Help', { vote: 2 }).variables).toEqual({ results: [1, 2] });
    const plan = aPlan()
      .add('startEvent', 'S')
      .scope('adHocSubProcess', 'Work', (b) => b.add('serviceTask', 'A').add('serviceTask', 'B'), {
        collects: { into: 'results', element: feel('vote') },
      })
      .boundary('Work', 'Failed', { events: [{ type: 'error' }] })
      .add('userTask', 'Rescue')
      .flow('S', 'Work')
      .flow('Failed', 'Rescue')
      .build();
    expect(play(plan).jobFails('A', 'E').waiting()).toEqual(['Rescue']);
  });

  test('is undone with the subprocess, also from another branch', () => {
    const undoing = (inside: PlanBuilder) =>
      inside
        .add('userTask', 'A')
        .add('userTask', 'U', { forCompensation: true })
        .boundary('A', 'C', { events: [{ type: 'compensate', waitForCompletion: true }], handler: 'U' })
        .add('userTask', 'B')
        .add('intermediateThrowEvent', 'T', { events: [{ type: 'compensate', waitForCompletion: true }] })
        .flow('B', 'T');
    const p = play(collecting('vote', {}, undoing))
      .task('A')
      .task('B');
    expect(p.waiting()).toEqual(['T', 'U']);
    expect(p.task('U').waiting()).toEqual(['After']);
  });

  test('is begun by an operator, too', () => {
    const p = play(collecting('vote', { activeElements: feel('["A1"]') }, two));
    const start = { type: 'start', element: 'B2', where: 'before' } as const;
    const moved = modify(p.plan, p.state, [start], someone, p.env);
    expect(moved.refusal).toBeUndefined();
    p.state = moved.state!;
    p.task('B2', { vote: 2 }).task('A1').task('A2', { vote: 1 });
    expect(p.variables).toEqual({ results: [2, 1] });
  });
});
