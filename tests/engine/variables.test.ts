import { describe, expect, test } from 'vitest';
import { aPlan, feel } from './support/plan.ts';
import { play } from './support/play.ts';

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
