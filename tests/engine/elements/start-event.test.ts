import { describe, expect, test } from 'vitest';
import { aPlan, feel, literal } from '../support/plan.ts';
import { Play, play } from '../support/play.ts';

describe('a start event', () => {
  const plan = aPlan()
    .add('startEvent', 'Plain')
    .add('startEvent', 'Asked', { events: [{ type: 'message', name: literal('asked') }] })
    .add('userTask', 'A')
    .add('userTask', 'B')
    .flow('Plain', 'A')
    .flow('Asked', 'B')
    .build();

  test('lets its token continue at once: what it waits for has happened', () => {
    const p = new Play(plan).start({}, 'Asked');
    expect(p.completed()).toEqual(['Asked']);
    expect(p.waiting()).toEqual(['B']);
  });

  test('maps what it brings into the instance', () => {
    const p = play(
      aPlan()
        .add('startEvent', 'Start', { outputs: [{ source: feel('amount * 2'), target: 'double' }] })
        .add('userTask', 'A')
        .flow('Start', 'A')
        .build(),
      { amount: 2 },
    );
    expect(p.variables).toEqual({ amount: 2, double: 4 });
  });

  test('of an event subprocess waits as long as the scope around it runs', () => {
    const p = play(
      aPlan()
        .add('userTask', 'Main')
        .scope('eventSubProcess', 'Beside', (inside) =>
          inside
            .add('startEvent', 'Called', { interrupting: false, events: [{ type: 'message', name: literal('call') }] })
            .add('userTask', 'Answer')
            .flow('Called', 'Answer'),
        )
        .build(),
    );
    expect(p.waiting()).toEqual(['Called', 'Main']);
    expect(p.message('call').waiting()).toEqual(['Answer', 'Called', 'Main']);
    p.task('Answer').task('Main');
    expect(p.state.status).toBe('completed');
  });
});
