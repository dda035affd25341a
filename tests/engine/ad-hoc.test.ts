/** Ad-hoc subprocesses whose completion condition holds while branches inside have yet to meet, and what begins by many events. */
import { expect, test } from 'vitest';
import { aPlan, feel, literal } from './support/plan.ts';
import { play } from './support/play.ts';

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

test('a parallel event-based gateway needs all its events, also when the process is begun by hand', () => {
  const message = (name: string) => ({ events: [{ type: 'message' as const, name: literal(name) }] });
  const plan = aPlan()
    .add('eventBasedGateway', 'Begin', { instantiate: true, parallel: true })
    .add('intermediateCatchEvent', 'A', message('a'))
    .add('intermediateCatchEvent', 'B', message('b'))
    .add('parallelGateway', 'Both')
    .add('userTask', 'Work')
    .flow('Begin', 'A', 'Both')
    .flow('Begin', 'B', 'Both')
    .flow('Both', 'Work')
    .build();
  const p = play(plan).message('a');
  expect(p.waiting()).toEqual(['B', 'Both']);
  expect(p.message('b').waiting()).toEqual(['Work']);
});
