import { describe, expect, test } from 'vitest';
import { aPlan, feel, literal } from '../support/plan.ts';
import { play, someone } from '../support/play.ts';

describe('an escalation', () => {
  const raising = (interrupting: boolean) =>
    aPlan()
      .scope('subProcess', 'Inside', (inside) =>
        inside
          .add('startEvent', 'Start')
          .add('intermediateThrowEvent', 'Raise', {
            events: [{ type: 'escalation', code: literal('late') }],
            inputs: [{ source: feel('"why"'), target: 'reason' }],
          })
          .add('userTask', 'GoOn')
          .flow('Start', 'Raise', 'GoOn'),
      )
      .boundary('Inside', 'Heard', {
        interrupting,
        events: [{ type: 'escalation', code: literal('late'), codeVariable: 'code' }],
        outputs: [
          { source: feel('code'), target: 'code' },
          { source: feel('reason'), target: 'reason' },
        ],
      })
      .add('userTask', 'Boss')
      .flow('Heard', 'Boss')
      .build();

  test('is heard beside what raised it', () => {
    const p = play(raising(false));
    expect(p.waiting()).toEqual(['Boss', 'GoOn']);
    expect(p.variables).toMatchObject({ code: 'late', reason: 'why' });
  });

  test('ends what raised it when it interrupts', () => {
    expect(play(raising(true)).waiting()).toEqual(['Boss']);
  });

  test('that is not caught changes nothing', () => {
    const p = play(
      aPlan()
        .add('startEvent', 'Start')
        .add('intermediateThrowEvent', 'Raise', { events: [{ type: 'escalation', code: literal('late') }] })
        .add('userTask', 'GoOn')
        .flow('Start', 'Raise', 'GoOn')
        .build(),
    );
    expect(p.waiting()).toEqual(['GoOn']);
  });
});

test('a boundary timer that cannot be evaluated stops its activity before it begins', () => {
  const p = play(
    aPlan()
      .add('serviceTask', 'Job')
      .boundary('Job', 'Late', { events: [{ type: 'timer', timer: { kind: 'duration', value: feel('limit') } }] })
      .build(),
  );
  expect(p.incident('Job')?.code).toBe('missing-variable');
  expect(p.commands).toEqual([]);
  p.set({ limit: 'PT1H' }).retry('Job');
  expect(p.commandsTo('run-job')).toHaveLength(1);
  expect(p.commandsTo('arm-timer')).toHaveLength(1);
});

test('an interrupting timer cancels its activity, and the act of a person comes too late', () => {
  const p = play(
    aPlan()
      .add('userTask', 'Work')
      .boundary('Work', 'Late', { events: [{ type: 'timer', timer: { kind: 'duration', value: literal('PT1H') } }] })
      .add('userTask', 'Escalated')
      .flow('Late', 'Escalated')
      .build(),
  );
  const { key } = p.at('Work');
  p.advance('PT1H');
  expect(p.waiting()).toEqual(['Escalated']);
  p.send({ type: 'task', key, action: { type: 'complete', variables: {} }, by: someone });
  expect(p.last.refusal).toMatchObject({ code: 'task-gone', details: { how: 'cancelled' } });
});
