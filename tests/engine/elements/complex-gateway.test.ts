import { describe, expect, test } from 'vitest';
import { aPlan, feel, literal } from '../support/plan.ts';
import { jobOf, play } from '../support/play.ts';

describe('complex gateway', () => {
  const plan = aPlan()
    .add('startEvent', 'Start')
    .add('parallelGateway', 'Fork')
    .add('userTask', 'A')
    .add('userTask', 'B')
    .add('userTask', 'C')
    .add('complexGateway', 'TwoOfThree', { activationCondition: { feel: 'activationCount >= 2' } })
    .add('userTask', 'After')
    .flow('Start', 'Fork', 'A', 'TwoOfThree')
    .flow('Fork', 'B', 'TwoOfThree')
    .flow('Fork', 'C', 'TwoOfThree', 'After')
    .build();

  test('continues as soon as its condition holds, and consumes tokens that arrive later', () => {
    const p = play(plan).task('A');
    expect(p.waiting()).toEqual(['B', 'C', 'TwoOfThree']);
    expect(p.task('C').waiting()).toEqual(['After', 'B', 'TwoOfThree']);
    expect(p.task('B').waiting()).toEqual(['After']);
    expect(p.task('After').state.status).toBe('completed');
  });

  /** A and B lead to the gateway; each is done as often as `again` says. */
  const rounds = (gateway: object = { activationCondition: feel('activationCount >= 1') }) =>
    aPlan()
      .add('startEvent', 'Start')
      .add('parallelGateway', 'Fork')
      .add('userTask', 'A')
      .add('userTask', 'B')
      .add('exclusiveGateway', 'Before', {})
      .add('complexGateway', 'First', gateway)
      .add('userTask', 'After')
      .flow('Start', 'Fork', 'Before', 'A')
      .branch('A', 'Before', { condition: 'again' })
      .branch('A', 'First')
      .flow('Fork', 'B', 'First', 'After');

  test('takes one token of each flow: a second one of the same flow belongs to the next round', () => {
    const p = play(rounds().build());
    p.task('A', { again: true });
    expect(p.waiting(), 'it has gone on, and waits for B').toEqual(['A', 'After', 'B', 'First']);
    p.task('A', { again: false });
    expect(p.waits('task').filter((wait) => wait.element === 'After')).toHaveLength(1);
    p.task('B');
    expect(p.waiting(), 'reset by the one of B, and started again by the second one of A').toEqual(['After', 'After']);
    expect(p.task('After').task('After').state.status).toBe('completed');
  });

  test('waits for reset by no flow it has had a token of', () => {
    const p = play(rounds().build());
    p.task('B').task('A', { again: true });
    expect(p.waiting(), 'both have come: it has started anew').toEqual(['A', 'After']);
    p.task('A', { again: false });
    expect(p.waits('task').filter((wait) => wait.element === 'After')).toHaveLength(2);
  });

  test('looks at its condition again when the data it reads have changed', () => {
    const p = play(rounds({ activationCondition: feel('activationCount >= 1 and enough') }).build(), { enough: false });
    p.task('B', { again: false });
    expect(p.waiting()).toEqual(['A', 'B', 'First'].filter((id) => id !== 'B'));
    p.set({ enough: true });
    expect(p.waiting()).toEqual(['A', 'After', 'First']);
    expect(p.task('A').task('After').state.status).toBe('completed');
  });

  test('tells of a condition that can no longer be evaluated, and continues when it can be', () => {
    const p = play(rounds({ activationCondition: feel('activationCount >= limit') }).build(), { limit: 2 });
    p.task('B').set({ limit: 'many' });
    expect(p.incident('First')).toMatchObject({ code: 'expression-failed' });
    p.set({ limit: 1 });
    expect(p.waiting()).toEqual(['A', 'After', 'First']);
    expect(p.journal.map((entry) => entry.kind)).toContain('incident-resolved');
  });

  const choosing = (reset: (builder: ReturnType<typeof rounds>) => unknown, more = {}) => {
    const builder = aPlan()
      .add('startEvent', 'Start')
      .add('parallelGateway', 'Fork')
      .add('userTask', 'A')
      .add('userTask', 'B')
      .add('complexGateway', 'First', { activationCondition: feel('activationCount >= 1'), ...more })
      .add('userTask', 'Go')
      .add('userTask', 'Late')
      .flow('Start', 'Fork', 'A', 'First')
      .flow('Fork', 'B', 'First');
    reset(builder);
    return play(builder.build());
  };

  test('takes at its reset the flows whose condition holds then', () => {
    const p = choosing((b) =>
      b
        .branch('First', 'Go', { condition: 'waitingForStart' })
        .branch('First', 'Late', { condition: 'not(waitingForStart)' }),
    );
    expect(p.task('A').waiting()).toEqual(['B', 'First', 'Go']);
    expect(p.task('B').waiting()).toEqual(['Go', 'Late']);
    expect(p.task('Go').task('Late').state.status).toBe('completed');
  });

  test('takes its default flow when no condition holds at the reset', () => {
    const p = choosing((b) =>
      b.branch('First', 'Go', { condition: 'waitingForStart' }).branch('First', 'Late', { default: true }),
    );
    expect(p.task('A').waiting()).toEqual(['B', 'First', 'Go']);
    expect(p.task('B').waiting()).toEqual(['Go', 'Late']);
  });

  test('produces nothing at the reset where no condition holds and nothing is default', () => {
    const p = choosing((b) =>
      b.branch('First', 'Go', { condition: 'waitingForStart' }).branch('First', 'Late', { condition: 'false' }),
    );
    expect(p.task('A').task('B').waiting()).toEqual(['Go']);
    expect(p.task('Go').state.status).toBe('completed');
  });

  test('is an incident where a condition cannot be evaluated at the reset, and a retry takes it from there', () => {
    const p = choosing((b) =>
      b.branch('First', 'Go', { condition: 'waitingForStart' }).branch('First', 'Late', {
        condition: 'if waitingForStart then false else late',
      }),
    );
    p.set({ late: true });
    p.task('A').set({ late: 'perhaps' }).task('B');
    expect(p.incident('First')).toMatchObject({ code: 'expression-failed' });
    p.set({ late: true }).retry('First');
    expect(p.waiting()).toEqual(['Go', 'Late']);
  });

  test('asks its listeners once it is activated, and keeps what they brought for the reset', () => {
    const p = choosing(
      (b) =>
        b
          .branch('First', 'Go', { condition: 'waitingForStart and found = 1' })
          .branch('First', 'Late', { condition: 'not(waitingForStart) and found = 1' }),
      { listeners: { start: [{ type: literal('ask') }] } },
    );
    p.task('A').task('B');
    expect(p.waiting(), 'it does not start anew before its listeners have answered').toEqual(['First', 'First']);
    expect(p.commandsTo('run-job')).toHaveLength(1);
    p.send({ type: 'job-completed', ...jobOf(p.waits('job')[0]!), variables: { found: 1 } });
    expect(p.waiting()).toEqual(['Go', 'Late']);
    expect(p.commandsTo('run-job')).toHaveLength(1);
    expect(p.variables).not.toHaveProperty('found');
  });
});
