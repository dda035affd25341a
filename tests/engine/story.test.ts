import { expect, test } from 'vitest';
import { explain, refuse } from '../../engine/index.ts';
import { aPlan, feel, literal } from './support/plan.ts';
import { play, someone } from './support/play.ts';

const refund = aPlan('refund')
  .add('startEvent', 'Start')
  .add('userTask', 'Approve', { name: '审批', user: { candidateGroups: literal('president, gm') } })
  .boundary('Approve', 'TooLate', {
    interrupting: false,
    events: [
      {
        type: 'timer',
        timer: { kind: 'duration', value: literal('PT48H') },
        limit: { id: 'refund', name: '退款时限', tell: ['president'] },
      },
    ],
  })
  .add('exclusiveGateway', 'Decided', { name: '同意？' })
  .add('serviceTask', 'Pay', {
    name: '付款',
    job: { type: literal('order-payment') },
    inputs: [{ source: feel('amountCents'), target: 'cents' }],
  })
  .add('endEvent', 'Paid')
  .add('endEvent', 'Rejected')
  .add('endEvent', 'Told')
  .flow('Start', 'Approve', 'Decided')
  .branch('Decided', 'Pay', { condition: 'decision = "approve"' })
  .branch('Decided', 'Rejected', { default: true })
  .flow('Pay', 'Paid')
  .flow('TooLate', 'Told')
  .build();

test('a refund is approved, paid and done', () => {
  const p = play(refund, { amountCents: 500 });
  expect(p.waiting()).toEqual(['Approve', 'TooLate']);
  p.task('Approve', { decision: 'approve' });
  expect(p.commandsTo('drop')).toHaveLength(1);
  expect(p.commandsTo('run-job')).toMatchObject([{ type: 'order-payment', input: { cents: 500 }, retries: 3 }]);
  expect(p.state.clocks).toMatchObject([{ id: 'refund', status: 'met' }]);
  p.job('Pay', { paidCents: 500 });
  expect(p.state.status).toBe('completed');
  expect(p.state.waits).toEqual({});
  expect(p.variables).toMatchObject({ paidCents: 500, decision: 'approve' });
});

test('a limit that passes is reported once and stays on record', () => {
  const p = play(refund, { amountCents: 500 }).advance('P3D');
  expect(p.commandsTo('tell')).toMatchObject([{ clock: { id: 'refund', status: 'breached', tell: ['president'] } }]);
  expect(explain(refund, p.state, p.env).summary.zh).toContain('审批');
  p.task('Approve', { decision: 'reject' });
  expect(p.state.status).toBe('completed');
  expect(p.state.clocks).toMatchObject([{ status: 'breached' }]);
  expect(p.state.clocks[0]?.endedAt).toBe(p.now);
});

test('a missing variable in a condition is an incident, and a retry continues once it is there', () => {
  const p = play(refund, { amountCents: 500 }).task('Approve', {});
  expect(p.incident('Decided')?.code).toBe('missing-variable');
  expect(explain(refund, p.state, p.env).waits).toMatchObject([{ element: 'Decided', canMove: false }]);
  p.set({ decision: 'approve' }).retry('Decided');
  expect(p.waiting()).toEqual(['Pay']);
});

test('a second completion is refused, naming who completed the task', () => {
  const p = play(refund, { amountCents: 500 });
  const { key } = p.at('Approve');
  p.task('Approve', { decision: 'approve' });
  const event = { type: 'task', key, action: { type: 'complete', variables: {} }, by: { id: 'gm-sh' } } as const;
  expect(refuse(refund, p.state, event, p.env)).toMatchObject({ code: 'task-gone', details: { by: someone } });
});
