import { describe, expect, test } from 'vitest';
import { aPlan, feel, literal } from '../support/plan.ts';
import { play } from '../support/play.ts';

describe('a send task', () => {
  test('with a job has its worker send, and is complete with its answer', () => {
    const p = play(aPlan().add('sendTask', 'Send').add('userTask', 'After').flow('Send', 'After').build());
    expect(p.commandsTo('run-job')).toMatchObject([{ element: 'Send', type: 'send' }]);
    expect(p.job('Send', { sent: true }).waiting()).toEqual(['After']);
    expect(p.variables).toEqual({ sent: true });
  });

  const publishing = () =>
    aPlan()
      .add('sendTask', 'Send', {
        job: undefined as never,
        message: { name: literal('paid'), correlationKey: feel('order') },
        inputs: [{ source: feel('sum'), target: 'amount' }],
      })
      .add('userTask', 'After')
      .flow('Send', 'After')
      .build();

  test('with a message publishes it with its inputs, and continues at once', () => {
    const p = play(publishing(), { order: 'O1', sum: 7 });
    expect(p.commandsTo('publish-message')).toMatchObject([
      { element: 'Send', name: 'paid', correlationKey: 'O1', variables: { amount: 7 } },
    ]);
    expect(p.waiting()).toEqual(['After']);
  });

  test('whose correlation key cannot be evaluated sends nothing, and is an incident until it can be', () => {
    const p = play(publishing(), { sum: 7 });
    expect(p.incident('Send')?.code).toBe('missing-variable');
    expect(p.commandsTo('publish-message')).toEqual([]);
    expect(p.set({ order: 'O2' }).retry('Send').commandsTo('publish-message')).toMatchObject([
      { correlationKey: 'O2' },
    ]);
  });
});
