import { describe, expect, test } from 'vitest';
import { aPlan, feel, literal } from '../support/plan.ts';
import { Play, play } from '../support/play.ts';

describe('a receive task', () => {
  const plan = aPlan()
    .add('receiveTask', 'Receive', {
      message: { name: literal('answer'), correlationKey: feel('order') },
      outputs: [{ source: feel('text'), target: 'reply' }],
    })
    .boundary('Receive', 'Late', { events: [{ type: 'timer', timer: { kind: 'duration', value: literal('P1D') } }] })
    .add('userTask', 'After')
    .add('userTask', 'Remind')
    .flow('Receive', 'After')
    .flow('Late', 'Remind')
    .build();

  test('waits for its message, by name and key, and maps what that brings', () => {
    const p = play(plan, { order: 'O1' });
    expect(p.message('answer', { key: 'O2' }).waiting()).toEqual(['Late', 'Receive']);
    p.message('answer', { key: 'O1', variables: { text: 'yes', more: 1 } });
    expect(p.waiting()).toEqual(['After']);
    expect(p.variables).toEqual({ order: 'O1', reply: 'yes' });
  });

  test('is left by its boundary event, and takes no message afterwards', () => {
    const p = play(plan, { order: 'O1' }).advance('P2D');
    expect(p.waiting()).toEqual(['Remind']);
    p.message('answer', { key: 'O1' });
    expect(p.last.refusal?.code).toBe('message-not-expected');
  });

  test('whose key cannot be evaluated has not begun: nothing is armed', () => {
    const p = play(plan);
    expect(p.incident('Receive')?.code).toBe('missing-variable');
    expect(p.commandsTo('arm-timer')).toEqual([]);
  });

  test('that starts the instance has its message already', () => {
    const starting = aPlan()
      .add('receiveTask', 'Receive', { message: { name: literal('order') }, instantiate: true })
      .add('userTask', 'After')
      .flow('Receive', 'After')
      .build();
    expect(new Play(starting).start({}, 'Receive').waiting()).toEqual(['After']);
    expect(play(starting).waiting(), 'begun by hand it waits').toEqual(['Receive']);
  });
});
