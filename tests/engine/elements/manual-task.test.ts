import { describe, expect, test } from 'vitest';
import { aPlan, feel } from '../support/plan.ts';
import { play } from '../support/play.ts';

describe('a manual task', () => {
  test('completes as soon as it is reached', () => {
    const p = play(
      aPlan().add('startEvent', 'Start').add('manualTask', 'A').add('userTask', 'B').flow('Start', 'A', 'B').build(),
    );
    expect(p.completed()).toEqual(['Start', 'A']);
    expect(p.waiting()).toEqual(['B']);
  });

  test('moves data by its mappings all the same', () => {
    const p = play(
      aPlan()
        .add('manualTask', 'A', {
          inputs: [{ source: feel('amount * 2'), target: 'double' }],
          outputs: [{ source: feel('double + 1'), target: 'total' }],
        })
        .build(),
      { amount: 5 },
    );
    expect(p.variables).toEqual({ amount: 5, total: 11 });
  });

  test('done for each of several items is complete when all are', () => {
    const loop = { type: 'multi', sequential: false, inputCollection: feel('items'), behavior: 'all' } as const;
    const p = play(aPlan().add('manualTask', 'A', { loop }).build(), { items: [1, 2, 3] });
    expect(p.completed().filter((id) => id === 'A')).toHaveLength(4);
    expect(p.state.status).toBe('completed');
  });
});
