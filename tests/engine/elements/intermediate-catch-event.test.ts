import { describe, expect, test } from 'vitest';
import { aPlan, feel, literal } from '../support/plan.ts';
import { play } from '../support/play.ts';

describe('a conditional event', () => {
  const waiting = aPlan()
    .add('intermediateCatchEvent', 'Until', { events: [{ type: 'conditional', condition: feel('amount > 100') }] })
    .add('userTask', 'After')
    .flow('Until', 'After')
    .build();

  test('waits until its condition holds, also for a variable that does not exist yet', () => {
    const p = play(waiting);
    expect(p.set({ amount: 5 }).waiting()).toEqual(['Until']);
    expect(p.set({ amount: 500 }).waiting()).toEqual(['After']);
  });

  test('that holds already does not wait', () => {
    expect(play(waiting, { amount: 500 }).waiting()).toEqual(['After']);
  });

  test('beside an activity fires each time its condition begins to hold', () => {
    const p = play(
      aPlan()
        .add('userTask', 'Work')
        .boundary('Work', 'Alarm', { interrupting: false, events: [{ type: 'conditional', condition: feel('hot') }] })
        .add('sendTask', 'Tell')
        .flow('Alarm', 'Tell')
        .build(),
      { hot: false },
    );
    p.set({ hot: true }).set({ other: 1 }).set({ hot: false }).set({ hot: true });
    expect(p.commandsTo('run-job')).toHaveLength(2);
  });
});

describe('multiple events', () => {
  const events = [
    { type: 'message', name: literal('paper') },
    { type: 'signal', name: literal('stamp') },
  ] as const;
  const catching = (parallelMultiple: boolean) =>
    play(
      aPlan()
        .add('intermediateCatchEvent', 'Wait', { events: [...events], parallelMultiple })
        .add('userTask', 'After')
        .flow('Wait', 'After')
        .build(),
    );

  test('any one of them will do', () => {
    expect(catching(false).message('paper').waiting()).toEqual(['After']);
  });

  test('parallel, all of them are needed, and one that comes twice counts once', () => {
    const p = catching(true).message('paper', { id: 'm1', variables: { page: 1 } });
    expect(p.waiting()).toEqual(['Wait']);
    p.message('paper', { id: 'm2' });
    expect(p.last.refusal?.code).toBe('message-not-expected');
    p.send({ type: 'signal', name: 'stamp', variables: {} });
    expect(p.waiting()).toEqual(['After']);
    expect(p.variables).toEqual({ page: 1 });
  });
});
