import { describe, expect, test } from 'vitest';
import { aPlan } from './support/plan.ts';
import { play } from './support/play.ts';

describe('flows without a gateway', () => {
  test('several flows out of an activity are all taken, and the instance ends when every token has', () => {
    const p = play(
      aPlan()
        .add('startEvent', 'Start')
        .add('task', 'Split')
        .add('userTask', 'A')
        .add('userTask', 'B')
        .flow('Start', 'Split', 'A')
        .flow('Split', 'B')
        .build(),
    );
    expect(p.waiting()).toEqual(['A', 'B']);
    expect(p.task('A').state.status).toBe('active');
    expect(p.task('B').state.status).toBe('completed');
  });

  test('conditional flows out of an activity are taken when they hold, the default when none does', () => {
    const plan = aPlan()
      .add('startEvent', 'Start')
      .add('task', 'Split')
      .add('userTask', 'A')
      .add('userTask', 'B')
      .add('userTask', 'Else')
      .flow('Start', 'Split')
      .branch('Split', 'A', { condition: 'n > 1' })
      .branch('Split', 'B', { condition: 'n > 2' })
      .branch('Split', 'Else', { default: true })
      .build();
    expect(play(plan, { n: 3 }).waiting()).toEqual(['A', 'B']);
    expect(play(plan, { n: 2 }).waiting()).toEqual(['A']);
    expect(play(plan, { n: 0 }).waiting()).toEqual(['Else']);
  });

  test('tokens that meet at an activity pass one by one', () => {
    const p = play(
      aPlan()
        .add('startEvent', 'Start')
        .add('task', 'Split')
        .add('task', 'A')
        .add('task', 'B')
        .add('userTask', 'Both')
        .flow('Start', 'Split', 'A', 'Both')
        .flow('Split', 'B', 'Both')
        .build(),
    );
    expect(p.waiting()).toEqual(['Both', 'Both']);
  });

  test('two flows between the same nodes make two tokens', () => {
    const p = play(
      aPlan()
        .add('startEvent', 'Start')
        .add('task', 'A')
        .add('userTask', 'B')
        .flow('Start', 'A', 'B')
        .branch('A', 'B', { id: 'again' })
        .build(),
    );
    expect(p.waiting()).toEqual(['B', 'B']);
  });

  test('a loop that nothing stops is cut by an incident, and a retry continues from there', () => {
    const p = play(
      aPlan()
        .add('startEvent', 'Start')
        .add('exclusiveGateway', 'Again')
        .add('scriptTask', 'Count', { script: { source: { feel: 'n + 1' }, resultVariable: 'n' } })
        .add('exclusiveGateway', 'Enough')
        .add('endEvent', 'End')
        .flow('Start', 'Again', 'Count', 'Enough')
        .branch('Enough', 'End', { condition: 'n > 2500' })
        .branch('Enough', 'Again', { default: true })
        .build(),
      { n: 0 },
    );
    expect(p.waits('stuck')).toMatchObject([{ incident: { code: 'endless-loop' } }]);
    for (let i = 0; i < 5 && p.state.status === 'active'; i++) p.retry(p.waiting()[0]!);
    expect(p.state.status).toBe('completed');
    expect(p.variables['n']).toBe(2501);
  });
});

describe('quantities', () => {
  test('an activity begins when as many tokens have come as it asks for, and sends out as many as it says', () => {
    const p = play(
      aPlan()
        .add('startEvent', 'Start')
        .add('task', 'Two', { completionQuantity: 2 })
        .add('userTask', 'Each')
        .add('userTask', 'Both', { startQuantity: 2 })
        .flow('Start', 'Two', 'Each', 'Both')
        .build(),
    );
    expect(p.waiting()).toEqual(['Each', 'Each']);
    expect(p.task('Each').waiting()).toEqual(['Both', 'Each']);
    expect(p.waits('task')).toHaveLength(1);
    expect(p.task('Each').waits('task')).toMatchObject([{ element: 'Both' }]);
  });
});
