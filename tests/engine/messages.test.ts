import { describe, expect, test } from 'vitest';
import type { EventDefinition } from '../../engine/model/plan.ts';
import { aPlan, feel, literal } from './support/plan.ts';
import { play } from './support/play.ts';

const answers = aPlan()
  .add('startEvent', 'Start')
  .add('receiveTask', 'First', { message: { name: literal('answer'), correlationKey: feel('caseNumber') } })
  .add('receiveTask', 'Second', { message: { name: literal('answer'), correlationKey: feel('caseNumber') } })
  .flow('Start', 'First', 'Second')
  .build();

test('a message is taken by name and key', () => {
  const p = play(answers, { caseNumber: 'BJ1' });
  p.message('answer', { key: 'BJ2' });
  expect(p.last.refusal?.code).toBe('message-not-expected');
  p.message('question', { key: 'BJ1' });
  expect(p.last.refusal?.code).toBe('message-not-expected');
  p.message('answer', { key: 'BJ1', variables: { text: 'yes' } });
  expect(p.waiting()).toEqual(['Second']);
  expect(p.variables['text']).toBe('yes');
});

test('the same message twice counts once, even where the next step waits for the same', () => {
  const p = play(answers, { caseNumber: 'BJ1' }).message('answer', { key: 'BJ1', id: 'm1' });
  const { state } = p;
  p.message('answer', { key: 'BJ1', id: 'm1' });
  expect(p.state).toBe(state);
  expect(p.message('answer', { key: 'BJ1', id: 'm2' }).state.status).toBe('completed');
});

test('the journal tells which message was taken, also one that was kept', () => {
  const takenIn = (p: ReturnType<typeof play>) =>
    p.last.journal.filter((line) => line.kind === 'event-fired').map((line) => [line.element, line.data]);
  const p = play(answers, { caseNumber: 'BJ1' }).message('answer', { key: 'BJ1', id: 'm1' });
  expect(takenIn(p)).toEqual([['First', { type: 'message', message: 'm1' }]]);
  const kept = play(
    aPlan()
      .add('userTask', 'Before')
      .add('receiveTask', 'Answer', { message: { name: literal('answer') } })
      .flow('Before', 'Answer')
      .build(),
  ).message('answer', { timeToLive: 'PT1H', id: 'm2' });
  expect(takenIn(kept.task('Before'))).toEqual([['Answer', { type: 'message', message: 'm2' }]]);
});

test('a signal delivered twice is caught once, also where the next step waits for the same', () => {
  const hears = (id: string) => [{ type: 'signal' as const, name: literal(id) }];
  const p = play(
    aPlan()
      .add('intermediateCatchEvent', 'A', { events: hears('fire') })
      .add('intermediateCatchEvent', 'B', { events: hears('fire') })
      .flow('A', 'B')
      .build(),
  );
  const told = { type: 'signal' as const, id: 'ops#1', name: 'fire', variables: {} };
  for (const _ of ['first', 'again']) {
    p.send(told);
    expect(p.waiting()).toEqual(['B']);
  }
  p.send({ ...told, id: 'ops#2' });
  expect(p.state.status).toBe('completed');
});

test('a message has one taker: who has waited longest', () => {
  const p = play(
    aPlan()
      .add('receiveTask', 'A', { message: { name: literal('go') } })
      .add('receiveTask', 'B', { message: { name: literal('go') } })
      .build(),
  ).message('go');
  expect(p.waiting()).toEqual(['B']);
});

describe('a message that comes too early', () => {
  const plan = aPlan()
    .add('userTask', 'Before')
    .add('receiveTask', 'Answer', { message: { name: literal('answer') } })
    .flow('Before', 'Answer')
    .build();

  test('is kept for its time to live and taken when somebody waits', () => {
    const p = play(plan).message('answer', { timeToLive: 'PT1H', variables: { text: 'x' } });
    expect(p.state.buffer).toHaveLength(1);
    p.task('Before');
    expect(p.state.status).toBe('completed');
    expect(p.variables['text']).toBe('x');
  });

  test('is removed when its time to live is over', () => {
    const p = play(plan).message('answer', { timeToLive: 'PT1H' });
    p.advance('PT2H').task('Before');
    expect(p.waiting()).toEqual(['Answer']);
  });

  test('is kept once, however often it is sent', () => {
    const p = play(plan).message('answer', { timeToLive: 'PT1H', id: 'm1' });
    const { state } = p;
    p.message('answer', { timeToLive: 'PT1H', id: 'm1' });
    expect(p.state).toBe(state);
  });

  test('without a time to live is refused to its sender', () => {
    const p = play(plan).message('answer');
    expect(p.last.refusal?.code).toBe('message-not-expected');
  });
});

test('a signal is for everyone who waits for it', () => {
  const p = play(
    aPlan()
      .add('intermediateCatchEvent', 'A', { events: [{ type: 'signal', name: literal('fire') }] })
      .add('intermediateCatchEvent', 'B', { events: [{ type: 'signal', name: literal('fire') }] })
      .add('userTask', 'Work')
      .boundary('Work', 'Out', { events: [{ type: 'signal', name: literal('fire') }] })
      .build(),
  );
  p.send({ type: 'signal', name: 'fire', variables: {} });
  expect(p.state.status).toBe('completed');
});

describe('a signal that its own instance may catch', () => {
  const fire: { events: EventDefinition[] } = { events: [{ type: 'signal', name: literal('fire') }] };

  /** The runtime brings what was thrown back to the instance (workflows/runtime/commands.ts). */
  function comesBack(p: ReturnType<typeof play>): number {
    let times = 0;
    const thrown = () => p.last.commands.filter((one) => one.do === 'broadcast-signal');
    for (let next = thrown(); next.length > 0 && times < 10; next = thrown(), times++)
      for (const { id, name } of next) p.send({ type: 'signal', id, name, variables: {} });
    return times;
  }

  test('is heard by a branch beside the thrower, also one that comes to its wait only after it', () => {
    const p = play(
      aPlan()
        .add('startEvent', 'Start')
        .add('parallelGateway', 'Both')
        .add('intermediateThrowEvent', 'Throw', fire)
        .add('task', 'Before')
        .add('intermediateCatchEvent', 'Hear', fire)
        .flow('Start', 'Both', 'Throw')
        .flow('Both', 'Before', 'Hear')
        .build(),
    );
    comesBack(p);
    expect(p.state.status).toBe('completed');
  });

  test('is not heard by what comes after the throw', () => {
    const p = play(
      aPlan()
        .add('startEvent', 'Start')
        .add('intermediateThrowEvent', 'Throw', fire)
        .add('intermediateCatchEvent', 'Hear', fire)
        .flow('Start', 'Throw', 'Hear')
        .build(),
    );
    comesBack(p);
    expect(p.state.status).toBe('active');
    p.send({ type: 'signal', id: 'another', name: 'fire', variables: {} });
    expect(p.state.status).toBe('completed');
  });

  test('does not set a loop off by itself that waits for it and throws it', () => {
    const p = play(
      aPlan()
        .add('startEvent', 'Start')
        .add('exclusiveGateway', 'Again')
        .add('intermediateCatchEvent', 'Hear', fire)
        .add('intermediateThrowEvent', 'Throw', fire)
        .flow('Start', 'Again', 'Hear', 'Throw', 'Again')
        .build(),
    );
    p.send({ type: 'signal', id: 'another', name: 'fire', variables: {} });
    expect(comesBack(p)).toBe(1);
    expect(p.state.status).toBe('active');
  });

  test('takes the thrower with it when it ends the scope of the throw', () => {
    const p = play(
      aPlan()
        .add('startEvent', 'Start')
        .scope('subProcess', 'Inner', (inside) =>
          inside
            .add('startEvent', 'Begin')
            .add('intermediateThrowEvent', 'Throw', fire)
            .add('userTask', 'Never')
            .flow('Begin', 'Throw', 'Never'),
        )
        .boundary('Inner', 'Out', { ...fire, interrupting: true })
        .add('userTask', 'After')
        .flow('Start', 'Inner')
        .flow('Out', 'After')
        .build(),
    );
    comesBack(p);
    expect(p.waiting()).toEqual(['After']);
  });
});
