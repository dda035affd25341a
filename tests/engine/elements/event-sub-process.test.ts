import { describe, expect, test } from 'vitest';
import type { EventDefinition } from '../../../engine/model/plan.ts';
import { aPlan, feel, literal, type PlanBuilder } from '../support/plan.ts';
import { type Play, play } from '../support/play.ts';

const message = (name: string): EventDefinition => ({ type: 'message', name: literal(name) });

const error = (code?: string): EventDefinition => ({ type: 'error', ...(code && { code: literal(code) }) });

const timer = (value: string, kind: 'duration' | 'cycle' = 'duration'): EventDefinition => ({
  type: 'timer',
  timer: { kind, value: literal(value) },
});

const chain = (b: PlanBuilder) => b.add('startEvent', 'Start').add('userTask', 'After');

const times = (p: Play, element: string) => p.completed().filter((id) => id === element).length;

test('an event subprocess runs beside its scope when it does not interrupt', () => {
  const p = play(
    aPlan()
      .add('userTask', 'Main')
      .scope('eventSubProcess', 'Aside', (aside) =>
        aside
          .add('startEvent', 'On', { interrupting: false, events: [{ type: 'message', name: literal('note') }] })
          .add('serviceTask', 'Take')
          .flow('On', 'Take'),
      )
      .build(),
    { a: 1 },
  );
  p.message('note', { variables: { text: 'x' } }).message('note', { variables: { text: 'y' } });
  expect(p.waiting()).toEqual(['Main', 'On', 'Take', 'Take']);
  p.task('Main').job('Take');
  expect(p.state.status).toBe('active');
  expect(p.job('Take').state.status).toBe('completed');
});

test('an interrupting event subprocess takes the place of everything in its scope', () => {
  const p = play(
    aPlan()
      .add('serviceTask', 'Main')
      .scope('eventSubProcess', 'Instead', (instead) =>
        instead
          .add('startEvent', 'On', { events: [{ type: 'timer', timer: { kind: 'duration', value: feel('limit') } }] })
          .add('userTask', 'Late')
          .flow('On', 'Late'),
      )
      .build(),
    { limit: 'PT1H' },
  ).advance('PT2H');
  expect(p.waiting()).toEqual(['Late']);
  expect(p.commandsTo('drop')).toHaveLength(1);
  expect(p.task('Late').state.status).toBe('completed');
});

describe('event subprocesses', () => {
  test('that do not interrupt run as often as they are called, and the scope waits for all', () => {
    const plan = chain(aPlan())
      .scope('subProcess', 'Sub', (b) =>
        b.add('userTask', 'Work').scope('eventSubProcess', 'Note', (note) =>
          note
            .add('startEvent', 'Called', { events: [message('note')], interrupting: false })
            .add('userTask', 'Write')
            .flow('Called', 'Write'),
        ),
      )
      .flow('Start', 'Sub', 'After')
      .build();
    const p = play(plan).message('note').message('note').task('Work');
    expect(p.waits('task')).toHaveLength(2);
    expect(p.task('Write').task('Write').waiting()).toEqual(['After']);
  });

  test('by a cycle begin as often as it says', () => {
    const plan = chain(aPlan())
      .scope('eventSubProcess', 'Remind', (b) =>
        b
          .add('startEvent', 'Every', { events: [timer('R3/PT1H', 'cycle')], interrupting: false })
          .add('task', 'Tell')
          .flow('Every', 'Tell'),
      )
      .flow('Start', 'After')
      .build();
    const p = play(plan).advance('PT10H');
    expect(times(p, 'Tell')).toBe(3);
    expect(p.waiting()).toEqual(['After']);
  });

  test('that terminate end themselves, and what runs beside them continues', () => {
    const plan = chain(aPlan())
      .scope('eventSubProcess', 'Short', (b) =>
        b
          .add('startEvent', 'Called', { events: [message('go')], interrupting: false })
          .add('parallelGateway', 'Fork')
          .add('userTask', 'Never')
          .add('endEvent', 'Stop', { events: [{ type: 'terminate' }] })
          .flow('Called', 'Fork', 'Never')
          .flow('Fork', 'Stop'),
      )
      .flow('Start', 'After')
      .build();
    expect(
      play(plan)
        .message('go')
        .waiting()
        .filter((id) => id !== 'Called'),
    ).toEqual(['After']);
  });

  test('catch the error of a called process, and go with the activity an outer event interrupts', () => {
    const plan = chain(aPlan())
      .scope('subProcess', 'Sub', (b) =>
        b.add('callActivity', 'Call').scope('eventSubProcess', 'Rescue', (rescue) =>
          rescue
            .add('startEvent', 'Failed', { events: [error('E')] })
            .add('userTask', 'Repair')
            .flow('Failed', 'Repair'),
        ),
      )
      .boundary('Sub', 'Late', { events: [timer('P1D')] })
      .add('userTask', 'Escalate')
      .flow('Start', 'Sub', 'After')
      .flow('Late', 'Escalate')
      .build();
    const p = play(plan);
    p.send({ type: 'call-failed', key: p.at('Call').key, code: 'x', message: 'x', errorCode: 'E' });
    expect(p.waiting()).toEqual(['Late', 'Repair']);
    expect(p.advance('P2D').waiting()).toEqual(['Escalate']);
  });

  test('by a condition that do not interrupt begin each time it begins to hold', () => {
    const plan = chain(aPlan())
      .scope('eventSubProcess', 'Watch', (b) =>
        b
          .add('startEvent', 'High', {
            events: [{ type: 'conditional', condition: feel('level > 3') }],
            interrupting: false,
          })
          .add('task', 'Note')
          .flow('High', 'Note'),
      )
      .flow('Start', 'After')
      .build();
    const p = play(plan, { level: 1 }).set({ level: 5 }).set({ level: 6 }).set({ level: 0 }).set({ level: 4 });
    expect(times(p, 'Note')).toBe(2);
  });
});
