import { describe, expect, test } from 'vitest';
import { explain } from '../../engine/index.ts';
import { aPlan, feel, literal } from './support/plan.ts';
import { jobOf, Play, play } from './support/play.ts';

describe('exclusive gateway', () => {
  const plan = aPlan()
    .add('startEvent', 'Start')
    .add('exclusiveGateway', 'Choose', { name: '金额？' })
    .add('userTask', 'Large')
    .add('userTask', 'Small')
    .flow('Start', 'Choose')
    .branch('Choose', 'Large', { condition: 'amount > 100' })
    .branch('Choose', 'Small', { condition: 'amount <= 100' })
    .build();

  test('takes the first flow whose condition holds', () => {
    expect(play(plan, { amount: 500 }).waiting()).toEqual(['Large']);
    expect(play(plan, { amount: 5 }).waiting()).toEqual(['Small']);
  });

  test('never takes the default flow because a variable is missing', () => {
    const withDefault = aPlan()
      .add('startEvent', 'Start')
      .add('exclusiveGateway', 'Choose')
      .add('userTask', 'Large')
      .add('userTask', 'Small')
      .flow('Start', 'Choose')
      .branch('Choose', 'Large', { condition: 'amount > 100' })
      .branch('Choose', 'Small', { default: true })
      .build();
    const p = play(withDefault);
    expect(p.incident('Choose')?.code).toBe('missing-variable');
    expect(p.set({ amount: 1 }).retry('Choose').waiting()).toEqual(['Small']);
  });

  test('is an incident when no condition holds and there is no default', () => {
    const p = play(
      aPlan()
        .add('startEvent', 'Start')
        .add('exclusiveGateway', 'Choose')
        .add('task', 'Only')
        .flow('Start', 'Choose')
        .branch('Choose', 'Only', { condition: 'amount > 100' })
        .build(),
      { amount: 1 },
    );
    expect(p.incident('Choose')?.code).toBe('no-flow');
  });

  test('is an incident when a condition is neither true nor false', () => {
    const p = play(plan, { amount: null });
    expect(p.incident('Choose')?.code).toBe('expression-failed');
  });
});

describe('parallel gateway', () => {
  const plan = aPlan()
    .add('startEvent', 'Start')
    .add('parallelGateway', 'Fork')
    .add('userTask', 'A')
    .add('userTask', 'B')
    .add('parallelGateway', 'Join')
    .add('userTask', 'After')
    .flow('Start', 'Fork', 'A', 'Join')
    .flow('Fork', 'B', 'Join', 'After')
    .build();

  test('goes on when every incoming flow was taken', () => {
    const p = play(plan).task('A');
    expect(p.waiting()).toEqual(['B', 'Join']);
    expect(p.task('B').waiting()).toEqual(['After']);
    expect(p.task('After').state.status).toBe('completed');
  });

  test('that nobody can complete any more is told at once', () => {
    const p = play(
      aPlan()
        .add('startEvent', 'Start')
        .add('exclusiveGateway', 'Choose')
        .add('userTask', 'A')
        .add('userTask', 'B')
        .add('parallelGateway', 'Join')
        .flow('Start', 'Choose')
        .branch('Choose', 'A', { default: true })
        .branch('Choose', 'B', { condition: 'false' })
        .flow('A', 'Join')
        .flow('B', 'Join')
        .build(),
    );
    p.task('A');
    expect(p.incident('Join')?.code).toBe('join-unreachable');
    expect(explain(p.plan, p.state, p.env).waits).toMatchObject([{ element: 'Join', canMove: false }]);
  });

  test('with one token too many keeps it for the next round', () => {
    const p = play(
      aPlan()
        .add('startEvent', 'Start')
        .add('parallelGateway', 'Fork')
        .add('task', 'A')
        .add('task', 'B')
        .add('exclusiveGateway', 'Merge')
        .add('userTask', 'C')
        .add('parallelGateway', 'Join')
        .add('userTask', 'After')
        .flow('Start', 'Fork', 'A', 'Merge')
        .flow('Fork', 'B', 'Merge', 'Join')
        .flow('Fork', 'C', 'Join', 'After')
        .build(),
    );
    p.task('C');
    expect(p.waiting()).toEqual(['After', 'Join']);
    expect(p.waits('join')[0]?.taken).toEqual({ 'Merge-Join': 1 });
  });
});

describe('event-based gateway', () => {
  const plan = aPlan()
    .add('startEvent', 'Start')
    .add('eventBasedGateway', 'First')
    .add('receiveTask', 'Answer', { message: { name: literal('answer') } })
    .add('intermediateCatchEvent', 'Silence', {
      events: [{ type: 'timer', timer: { kind: 'duration', value: literal('P3D') } }],
    })
    .add('userTask', 'Read')
    .add('userTask', 'Call')
    .flow('Start', 'First', 'Answer', 'Read')
    .flow('First', 'Silence', 'Call')
    .build();

  test('follows the event that comes first and withdraws the others', () => {
    const p = play(plan).message('answer', { variables: { text: 'fine' } });
    expect(p.waiting()).toEqual(['Read']);
    expect(p.variables).toMatchObject({ text: 'fine' });
    expect(p.last.commands).toMatchObject([{ do: 'drop' }]);
  });

  test('follows the timer when nothing else came', () => {
    const p = play(plan).advance('P3D');
    expect(p.waiting()).toEqual(['Call']);
    p.message('answer');
    expect(p.last.refusal?.code).toBe('nobody-waits');
  });
});

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

  test('without start and end event it begins where nothing leads in and ends where nothing leads out', () => {
    const p = play(aPlan().add('userTask', 'A').add('userTask', 'B').build());
    expect(p.waiting()).toEqual(['A', 'B']);
    expect(p.task('A').task('B').state.status).toBe('completed');
  });

  test('an empty process is complete at once', () => {
    expect(play(aPlan().build()).state.status).toBe('completed');
  });

  test('a loop that nothing stops is cut by an incident, and a retry goes on from there', () => {
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

describe('inclusive gateway', () => {
  const plan = aPlan()
    .add('startEvent', 'Start')
    .add('inclusiveGateway', 'Split')
    .add('userTask', 'A')
    .add('userTask', 'B')
    .add('userTask', 'C')
    .add('inclusiveGateway', 'Join')
    .add('userTask', 'After')
    .flow('Start', 'Split')
    .branch('Split', 'A', { condition: 'n > 0' })
    .branch('Split', 'B', { condition: 'n > 1' })
    .branch('Split', 'C', { default: true })
    .flow('A', 'Join')
    .flow('B', 'Join')
    .flow('C', 'Join', 'After')
    .build();

  test('takes every flow whose condition holds, and waits for just those', () => {
    const p = play(plan, { n: 2 });
    expect(p.waiting()).toEqual(['A', 'B']);
    expect(p.task('A').waiting()).toEqual(['B', 'Join']);
    expect(p.task('B').waiting()).toEqual(['After']);
  });

  test('takes the default flow when none holds', () => {
    expect(play(plan, { n: 0 }).task('C').waiting()).toEqual(['After']);
  });

  test('goes on when the token it waited for is cancelled away', () => {
    const p = play(
      aPlan()
        .add('startEvent', 'Start')
        .add('parallelGateway', 'Fork')
        .add('userTask', 'A')
        .add('userTask', 'B')
        .boundary('B', 'Late', { events: [{ type: 'timer', timer: { kind: 'duration', value: literal('PT1H') } }] })
        .add('endEvent', 'Over')
        .add('inclusiveGateway', 'Join')
        .add('userTask', 'After')
        .flow('Start', 'Fork', 'A', 'Join')
        .flow('Fork', 'B', 'Join', 'After')
        .flow('Late', 'Over')
        .build(),
    ).task('A');
    expect(p.waiting()).toEqual(['B', 'Join', 'Late']);
    expect(p.advance('PT1H').waiting()).toEqual(['After']);
  });

  test('does not wait for a token that comes round again', () => {
    const p = play(
      aPlan()
        .add('startEvent', 'Start')
        .add('inclusiveGateway', 'Again')
        .add('userTask', 'Work')
        .add('exclusiveGateway', 'More')
        .add('endEvent', 'End')
        .flow('Start', 'Again', 'Work', 'More')
        .branch('More', 'Again', { condition: 'more' })
        .branch('More', 'End', { default: true })
        .build(),
    );
    expect(p.task('Work', { more: true }).waiting()).toEqual(['Work']);
    expect(p.task('Work', { more: false }).state.status).toBe('completed');
  });
});

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

  test('goes on as soon as its condition holds, and swallows what comes later', () => {
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

  test('tells of a condition that can no longer be worked out, and goes on when it can be', () => {
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

  test('is an incident where a condition cannot be worked out at the reset, and a retry takes it from there', () => {
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

describe('gateways that start an instance', () => {
  const plan = (parallel: boolean) =>
    aPlan()
      .add('eventBasedGateway', 'First', { instantiate: true, parallel })
      .add('receiveTask', 'Order', { message: { name: literal('order') }, instantiate: true })
      .add('receiveTask', 'Payment', { message: { name: literal('payment') }, instantiate: true })
      .add('userTask', 'Pack')
      .add('userTask', 'Book')
      .flow('First', 'Order', 'Pack')
      .flow('First', 'Payment', 'Book')
      .build();

  test('begin behind the event that came', () => {
    const p = new Play(plan(false)).start({}, 'Order');
    expect(p.waiting()).toEqual(['Pack']);
  });

  test('parallel, wait for the others as well', () => {
    const p = new Play(plan(true)).start({}, 'Order');
    expect(p.waiting()).toEqual(['Pack', 'Payment']);
    expect(p.message('payment').waiting()).toEqual(['Book', 'Pack']);
  });
});
