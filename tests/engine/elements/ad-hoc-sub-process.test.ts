import { describe, expect, it, test } from 'vitest';
import { explain } from '../../../engine/index.ts';
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

  test('starts all that stands in it and ends when all is done', () => {
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

test('what runs ends by itself, and a branch that stands at a join is no reason to wait', () => {
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
  expect(p.variables).toEqual({ result: 'not the end', results: ['c', 'a'], other: 1 });
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
