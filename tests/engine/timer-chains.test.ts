/** Timers that set each other off without end are stopped; those that wait, or many side by side, are not. */
import { expect, test } from 'vitest';
import type { Plan } from '../../engine/model/plan.ts';
import { aPlan, feel, literal } from './support/plan.ts';
import { type Play, play } from './support/play.ts';

const duration = (value: string) => ({ type: 'timer', timer: { kind: 'duration', value: literal(value) } }) as const;
const cycle = (value: string) => ({ type: 'timer', timer: { kind: 'cycle', value: literal(value) } }) as const;

const loopOf = (value: string, inside: 'task' | 'serviceTask' = 'task'): Plan =>
  aPlan()
    .add('startEvent', 'Start')
    .add('exclusiveGateway', 'Again')
    .add('intermediateCatchEvent', 'Wait', { events: [duration(value)] })
    .add(inside, 'Work')
    .flow('Start', 'Again', 'Wait', 'Work', 'Again')
    .build();

/** Fires what is due, as long as something is. @returns how many timers fired */
function fireAll(p: Play, most: number): number {
  for (let fired = 0; fired < most; fired++) {
    const wait = Object.values(p.state.waits).find(
      (one) => one.kind === 'event' && one.incident === undefined && one.triggers.some(({ type }) => type === 'timer'),
    );
    if (wait?.kind !== 'event') return fired;
    const index = wait.triggers.findIndex(({ type }) => type === 'timer');
    const trigger = wait.triggers[index];
    if (trigger?.type === 'timer' && trigger.dueAt > p.now) p.now = trigger.dueAt;
    p.send({ type: 'timer', key: wait.key, trigger: index });
  }
  return most;
}

test.each(['PT0S', 'PT0.001S', 'PT0.5S', '-PT1H'])(
  'a loop through a timer of %s stops with an incident after a thousand rounds',
  (value) => {
    const p = play(loopOf(value));
    expect(fireAll(p, 3000)).toBe(1000);
    expect(p.incident('Wait')).toMatchObject({ code: 'endless-loop', params: { reason: 'timer-chain', timers: 1000 } });
  },
);

test('after a retry it goes round another thousand times', () => {
  const p = play(loopOf('PT0S'));
  fireAll(p, 3000);
  p.retry('Wait');
  expect(fireAll(p, 3000)).toBe(1000);
  expect(p.incident('Wait')).toMatchObject({ code: 'endless-loop' });
});

test.each(['PT1S', 'PT1M', 'P1D'])('a loop through a timer of %s goes on', (value) => {
  expect(fireAll(play(loopOf(value)), 1500)).toBe(1500);
});

test('a boundary event that fires each hundredth of a second is stopped, and what it watches goes on', () => {
  const plan = aPlan()
    .add('userTask', 'Watched')
    .boundary('Watched', 'Tick', { interrupting: false, events: [cycle('R/PT0.01S')] })
    .add('endEvent', 'Ticked')
    .flow('Tick', 'Ticked')
    .build();
  const p = play(plan);
  expect(fireAll(p, 3000)).toBe(1000);
  expect(p.incident('Tick')).toMatchObject({ code: 'endless-loop' });
  expect(p.waiting()).toContain('Watched');
  p.retry('Tick');
  expect(fireAll(p, 3000)).toBe(1000);
  p.task('Watched');
  expect(p.state.status).toBe('completed');
});

test('a job in the loop is something from outside', () => {
  const p = play(loopOf('PT0S', 'serviceTask'));
  for (let round = 0; round < 1100; round++) {
    fireAll(p, 1);
    p.job('Work');
  }
  expect(p.state.waits).not.toMatchObject({ incident: expect.anything() });
  expect(p.waiting()).toEqual(['Wait']);
});

test('timers side by side are no loop, however many they are', () => {
  const plan = aPlan()
    .add('startEvent', 'Start')
    .scope(
      'subProcess',
      'Each',
      (inside) =>
        inside
          .add('intermediateCatchEvent', 'First', { events: [duration('PT0S')] })
          .add('intermediateCatchEvent', 'Second', { events: [duration('PT0S')] })
          .flow('First', 'Second'),
      { loop: { type: 'multi', sequential: false, cardinality: feel('30'), behavior: 'all' } },
    )
    .add('endEvent', 'End')
    .flow('Start', 'Each', 'End')
    .build();
  const p = play(plan);
  fireAll(p, 30);
  const chains = Object.values(p.state.waits).flatMap((wait) =>
    wait.kind === 'event' && wait.element === 'Second' ? wait.triggers : [],
  );
  expect(chains).toHaveLength(30);
  expect(chains.every((trigger) => trigger.type === 'timer' && trigger.chain?.timers === 2)).toBe(true);
  expect(fireAll(p, 100)).toBe(30);
  expect(p.state.status).toBe('completed');
});
