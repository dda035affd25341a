import { describe, expect, test } from 'vitest';
import { explain } from '../../engine/index.ts';
import { aPlan, literal } from './support/plan.ts';
import { play } from './support/play.ts';

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
