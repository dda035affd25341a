import { describe, expect, test } from 'vitest';
import { aPlan, feel } from '../support/plan.ts';
import { play } from '../support/play.ts';

describe('an embedded subprocess', () => {
  const plan = aPlan()
    .add('startEvent', 'Start')
    .scope('subProcess', 'Part', (inside) => inside.add('userTask', 'A').add('userTask', 'B'), {
      inputs: [{ source: feel('outer + 1'), target: 'own' }],
      outputs: [{ source: feel('found'), target: 'result' }],
    })
    .add('userTask', 'After')
    .flow('Start', 'Part', 'After')
    .build();

  test('keeps its token until no token is left inside', () => {
    const p = play(plan, { outer: 1 });
    expect(p.waiting()).toEqual(['A', 'B']);
    expect(p.task('A', { found: 1 }).waiting()).toEqual(['B']);
    expect(p.task('B').waiting()).toEqual(['After']);
  });

  test('gives its scope its inputs, and hands out what its outputs name', () => {
    const p = play(plan, { outer: 1, found: 0 });
    expect(p.at('Part').variables).toEqual({ own: 2 });
    p.set({ found: 5 }, p.at('Part').key).task('A').task('B');
    expect(p.variables).toEqual({ outer: 1, found: 0, result: 5 });
  });

  test('with nothing inside is complete at once', () => {
    const empty = aPlan()
      .scope('subProcess', 'Part', () => {})
      .add('userTask', 'After')
      .flow('Part', 'After')
      .build();
    expect(play(empty).waiting()).toEqual(['After']);
  });

  test('that is cancelled takes everything inside with it, inside out', () => {
    const p = play(plan, { outer: 1 });
    p.send({ type: 'cancel', reason: 'over', by: { id: 'ops' } });
    const cancelled = p.journal.flatMap(({ kind, element }) => (kind === 'element-cancelled' ? [element] : []));
    expect(cancelled).toEqual(['A', 'B', 'Part', 'process']);
  });
});
