import { expect, test } from 'vitest';
import { aPlan, feel, literal } from '../support/plan.ts';
import { play } from '../support/play.ts';

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

test('a script that cannot be evaluated is an incident, and nothing is written', () => {
  const p = play(
    aPlan()
      .add('scriptTask', 'Count', { script: { source: feel('amount + 1'), resultVariable: 'total' } })
      .build(),
  );
  expect(p.incident('Count')?.code).toBe('missing-variable');
  expect(p.variables).toEqual({});
  expect(p.set({ amount: 1 }).retry('Count').variables).toEqual({ amount: 1, total: 2 });
});

test('a script in another language is the work of a job', () => {
  const p = play(
    aPlan()
      .add('scriptTask', 'Count', { job: { type: literal('python') } })
      .build(),
  );
  expect(p.commandsTo('run-job')).toMatchObject([{ element: 'Count', type: 'python' }]);
  expect(p.job('Count', { total: 3 }).variables).toEqual({ total: 3 });
});
