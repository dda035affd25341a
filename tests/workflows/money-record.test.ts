/** What an approval is recorded for: what its decider saw, wherever somebody has set it. */
import { expect, it } from 'vitest';
import type { Variables } from '../../engine/model/plan.ts';
import type { InstanceState, Wait } from '../../engine/model/types.ts';
import { appliedFor } from '../../workflows/processes/refund/money-record.ts';

const wait = (key: string, variables: Variables, scope?: string) =>
  ({ key, variables, ...(scope !== undefined && { scope }) }) as unknown as Wait;

const stateOf = (process: Variables, inner: Variables, task: Variables) =>
  ({
    root: 'root',
    waits: {
      root: wait('root', process),
      inner: wait('inner', inner, 'root'),
      task: wait('task', task, 'inner'),
    },
  }) as unknown as InstanceState;

const applied = { amountCents: 8_800_000, paymentId: 'PAY1', method: 'cash' };

it.each<[string, Variables, Variables, typeof applied]>([
  ['the application', {}, {}, applied],
  ['a smaller amount in the sub-process', { amountCents: 100 }, {}, { ...applied, amountCents: 100 }],
  ['a smaller amount in the task', {}, { amountCents: 100 }, { ...applied, amountCents: 100 }],
  ['another payment in the sub-process', { paymentId: 'PAY2' }, {}, { ...applied, paymentId: 'PAY2' }],
  ['another method in the task', {}, { method: 'card' }, { ...applied, method: 'card' }],
  ['an application without a method', { method: null }, {}, { ...applied, method: '' }],
  ['an amount that is no number', {}, { amountCents: 'all' }, { ...applied, amountCents: 0 }],
])('an approval is for what its decider sees: %s', (_what, inner, task, seen) => {
  expect(appliedFor(stateOf(applied, inner, task), 'task')).toEqual(seen);
});
