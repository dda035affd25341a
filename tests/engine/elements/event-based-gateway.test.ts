import { describe, expect, test } from 'vitest';
import { aPlan, literal } from '../support/plan.ts';
import { Play, play } from '../support/play.ts';

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
    expect(p.last.refusal?.code).toBe('message-not-expected');
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

test('a parallel event-based gateway needs all its events, also when the process is begun by hand', () => {
  const message = (name: string) => ({ events: [{ type: 'message' as const, name: literal(name) }] });
  const plan = aPlan()
    .add('eventBasedGateway', 'Begin', { instantiate: true, parallel: true })
    .add('intermediateCatchEvent', 'A', message('a'))
    .add('intermediateCatchEvent', 'B', message('b'))
    .add('parallelGateway', 'Both')
    .add('userTask', 'Work')
    .flow('Begin', 'A', 'Both')
    .flow('Begin', 'B', 'Both')
    .flow('Both', 'Work')
    .build();
  const p = play(plan).message('a');
  expect(p.waiting()).toEqual(['B', 'Both']);
  expect(p.message('b').waiting()).toEqual(['Work']);
});
