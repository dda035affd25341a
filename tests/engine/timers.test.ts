import { describe, expect, test } from 'vitest';
import { dueDateOf } from '../../engine/explain/due-dates.ts';
import { explain, isOverdue } from '../../engine/index.ts';
import { incidentMessage } from '../../engine/messages/incidents.ts';
import type { TimerDefinition } from '../../engine/model/plan.ts';
import type { Trigger, WaitOf } from '../../engine/model/types.ts';
import { addDays } from '../../engine/time/date.ts';
import { addDuration } from '../../engine/time/duration.ts';
import { around, diagramXml, errorsOf } from './compile/builders.ts';
import { aPlan, feel, literal } from './support/plan.ts';
import { calendar, Play, play, startedAt } from './support/play.ts';

const waitFor = (timer: TimerDefinition) =>
  aPlan()
    .add('startEvent', 'Start')
    .add('intermediateCatchEvent', 'Wait', { name: '等候', events: [{ type: 'timer', timer }] })
    .add('endEvent', 'End')
    .flow('Start', 'Wait', 'End')
    .build();

test('a duration counts from the arming', () => {
  const p = play(waitFor({ kind: 'duration', value: literal('PT90M') }));
  expect(p.commandsTo('arm-timer')).toMatchObject([{ dueAt: '2026-09-28T02:30:00.000Z', trigger: 0 }]);
  expect(p.advance('PT89M').state.status).toBe('active');
  expect(p.advance('PT1M').state.status).toBe('completed');
});

test('ten years are only a date', () => {
  const p = play(waitFor({ kind: 'duration', value: literal('P10Y') }));
  expect(p.commandsTo('arm-timer')[0]?.dueAt).toBe('2036-09-28T01:00:00.000Z');
});

test('a date in the past is armed as it is, so that it fires at once', () => {
  const p = play(waitFor({ kind: 'date', value: literal('2020-01-01T00:00:00+08:00') }));
  expect(p.commandsTo('arm-timer')[0]?.dueAt).toBe('2019-12-31T16:00:00.000Z');
  expect(p.advance('PT0S').state.status).toBe('completed');
});

test('a date in working days says which days it rests on', () => {
  const plan = waitFor({ kind: 'date', value: feel('add working days("2026-09-30T10:00:00Z", 3)') });
  const p = play(plan);
  const [wait] = p.waits('event');
  expect(wait?.triggers[0]).toMatchObject({ reason: { kind: 'working-days', days: 3, provisional: false } });
  const [explained] = explain(plan, p.state, p.env).waits;
  expect(explained?.why?.dueDate).toBe('2026-10-10');
  expect(explained?.why?.sentences.zh).toContain('国庆节');
});

test.each([
  ['a variable that is missing', feel('nobody'), 'missing-variable'],
  ['what is no duration', literal('three days'), 'bad-timer'],
  ['a number', feel('3'), 'bad-timer'],
])('a timer made of %s is an incident', (_, value, code) => {
  expect(play(waitFor({ kind: 'duration', value })).incident('Wait')?.code).toBe(code);
});

describe('a cycle', () => {
  const reminded = (cycle: string) =>
    aPlan()
      .add('userTask', 'Work')
      .boundary('Work', 'Reminder', {
        interrupting: false,
        events: [{ type: 'timer', timer: { kind: 'cycle', value: literal(cycle) } }],
      })
      .add('sendTask', 'Remind')
      .flow('Reminder', 'Remind')
      .build();

  test('fires as often as it says, counted from its due dates', () => {
    const p = play(reminded('R3/PT1H'));
    p.advance('PT1H');
    const late = p.commandsTo('arm-timer').at(-1);
    expect(late?.dueAt).toBe('2026-09-28T03:00:00.000Z');
    p.advance('P1D');
    expect(p.commandsTo('run-job')).toHaveLength(3);
    expect(p.waiting()).toEqual(['Remind', 'Remind', 'Remind', 'Work']);
  });

  test('fires for a late report of an earlier round only once', () => {
    const p = play(reminded('R3/PT1H'));
    const { key } = p.at('Reminder');
    p.send({ type: 'timer', key, trigger: 0 });
    const { state } = p;
    p.send({ type: 'timer', key, trigger: 0 });
    expect(p.state).toBe(state);
  });

  test('ends with its activity', () => {
    const p = play(reminded('R/PT1H')).advance('PT1H');
    p.task('Work');
    expect(p.last.commands).toMatchObject([{ do: 'drop' }]);
    expect(p.waiting()).toEqual(['Remind']);
  });
});

describe('a promise with a limit', () => {
  const plan = aPlan()
    .add('userTask', 'Close', { user: { candidateGroups: literal('cs-director') } })
    .boundary('Close', 'Limit', {
      interrupting: false,
      events: [
        {
          type: 'timer',
          timer: { kind: 'duration', value: literal('P7D') },
          limit: { id: 'closure', name: '结案时限', tell: ['president'] },
        },
      ],
    })
    .build();

  test('runs, and is kept when what it is about ends in time', () => {
    const p = play(plan);
    expect(p.state.clocks).toMatchObject([{ id: 'closure', status: 'running', dueAt: '2026-10-05T01:00:00.000Z' }]);
    p.advance('P6D').task('Close');
    expect(p.state.clocks).toMatchObject([{ status: 'met', endedAt: p.now }]);
    expect(p.commandsTo('tell')).toEqual([]);
  });

  test('that is broken makes the instance overdue until the thing is done, and stays on record', () => {
    const p = play(plan).advance('P8D');
    expect(p.commandsTo('tell')).toMatchObject([{ clock: { id: 'closure', tell: ['president'] } }]);
    expect(isOverdue(p.state, p.now)).toBe(true);
    p.task('Close');
    expect(p.state.clocks).toMatchObject([
      { status: 'breached', breachedAt: '2026-10-05T01:00:00.000Z', endedAt: p.now },
    ]);
    expect(isOverdue(p.state, p.now)).toBe(false);
  });

  test('is kept until the instant before its limit', () => {
    const p = play(plan);
    p.now = '2026-10-05T00:59:59.999Z';
    p.task('Close');
    expect(p.state.clocks).toMatchObject([{ status: 'met' }]);
  });

  test('is broken at its limit, also when its end comes before the timer', () => {
    const p = play(plan);
    p.now = '2026-10-05T01:00:00.000Z';
    p.task('Close');
    expect(p.state.clocks).toMatchObject([{ status: 'breached' }]);
    expect(p.commandsTo('tell')).toHaveLength(1);
  });
});

test('an open task past its due date makes the instance overdue', () => {
  const p = play(
    aPlan()
      .add('userTask', 'Work', { user: { dueDate: literal('PT1H') } })
      .build(),
  );
  expect(p.waits('task')[0]?.task.dueAt).toBe('2026-09-28T02:00:00.000Z');
  expect(isOverdue(p.state, startedAt)).toBe(false);
  const overdueAt = (now: string) => [
    isOverdue(p.state, now),
    explain(p.plan, p.state, { ...p.env, now }).waits[0]?.overdue,
  ];
  expect(overdueAt('2026-09-28T01:59:59.999Z')).toEqual([false, false]);
  expect(overdueAt('2026-09-28T02:00:00.000Z'), 'from its instant on').toEqual([true, true]);
});

test('an event is due by the timers that have not fired, and an instance that has ended is not overdue', () => {
  const timer = (dueAt: string): Trigger => ({ type: 'timer', dueAt, reason: { kind: 'date', source: dueAt } });
  const wait: WaitOf<'event'> = {
    kind: 'event',
    key: '2',
    element: 'A',
    scope: '1',
    since: startedAt,
    triggers: [timer('2026-10-01T00:00:00.000Z'), timer('2026-10-03T00:00:00.000Z'), timer('2026-10-02T00:00:00.000Z')],
  };
  expect(dueDateOf(wait)?.at).toBe('2026-10-01T00:00:00.000Z');
  expect(dueDateOf({ ...wait, fired: [0] })?.at).toBe('2026-10-02T00:00:00.000Z');
  const p = play(
    aPlan()
      .add('userTask', 'Work', { user: { dueDate: literal('PT1H') } })
      .build(),
  ).advance('PT2H');
  expect(isOverdue(p.state, p.now)).toBe(true);
  expect(isOverdue({ ...p.state, status: 'cancelled' }, p.now)).toBe(false);
});

describe('a new notice', () => {
  const plan = aPlan()
    .add('userTask', 'Work', { user: { dueDate: feel('add working days("2026-12-30T02:00:00Z", 3)') } })
    .boundary('Work', 'Late', {
      events: [{ type: 'timer', timer: { kind: 'date', value: feel('add working days("2026-12-30T02:00:00Z", 3)') } }],
    })
    .build();
  const notice = {
    ...calendar,
    version: calendar.version + 1,
    years: { ...calendar.years, '2027': { notice: '2027年放假通知' }, '2028': { notice: '2028年放假通知' } },
    off: { ...calendar.off, '2027-01-01': '元旦', '2027-01-04': '元旦', '2027-01-05': '元旦' },
  };

  test('moves what rested on provisional days, arms it again and says so', () => {
    const p = play(plan);
    const before = p.waits('task')[0]!.task;
    expect(before.dueReason).toMatchObject({ provisional: true });
    p.send({ type: 'calendar', calendar: notice });
    expect(p.waits('task')[0]!.task.dueAt! > before.dueAt!).toBe(true);
    expect(p.last.commands.map((command) => command.do)).toEqual(['drop', 'arm-timer']);
    expect(p.last.journal.map((entry) => entry.kind)).toEqual(['due-date-moved', 'due-date-moved']);
  });

  test('that is known already changes nothing', () => {
    const p = play(plan);
    p.send({ type: 'calendar', calendar: notice });
    const { state } = p;
    p.send({ type: 'calendar', calendar: notice });
    expect(p.state).toBe(state);
  });
});

describe('a calendar in which no working day comes', () => {
  const days = Array.from({ length: 4000 }, (_, n) => addDays('2026-01-01', n));
  const closed = {
    ...calendar,
    version: calendar.version + 1,
    off: Object.fromEntries(days.map((day) => [day, '停业'])),
    worked: {},
  };
  const sum = 'add working days(now(), 3)';
  const waiting = aPlan()
    .add('userTask', 'Work', { user: { dueDate: feel('add working days("2026-12-30T02:00:00Z", 3)') } })
    .add('userTask', 'Next', { user: { dueDate: feel(sum) } })
    .flow('Work', 'Next')
    .build();

  const found = (p: Play) => Object.values(p.state.waits).flatMap(({ incident }) => incident ?? []);

  test.each([
    [
      'a due date',
      aPlan()
        .add('userTask', 'At', { user: { dueDate: feel(sum) } })
        .build(),
    ],
    ['a timer', waitFor({ kind: 'date', value: feel(sum) })],
    [
      'an input',
      aPlan()
        .add('userTask', 'At', { inputs: [{ source: feel(sum), target: 'due' }] })
        .build(),
    ],
  ])('makes %s an incident that says so', (_, plan) => {
    const [incident, ...others] = found(new Play(plan, closed).start({}));
    expect(others).toEqual([]);
    expect(incident && incidentMessage(incident.params).en).toMatch(/no working day is found/);
  });

  test('that comes as a notice is an incident that says so, and the dates stay', () => {
    const p = play(waiting);
    const before = p.waits('task')[0]!.task.dueAt;
    p.send({ type: 'calendar', calendar: closed });
    const [incident] = found(p);
    expect(incident).toMatchObject({ code: 'bad-timer', params: { reason: 'dates-of-calendar' } });
    const { zh, en } = incidentMessage(incident!.params);
    expect(en).toMatch(/^The working calendar does not give the dates: .* no working day is found/);
    expect(zh).toMatch(/^按工作日历算不出日期。.*找不到工作日。$/);
    expect(p.waits('task')[0]!.task.dueAt).toBe(before);
    expect(p.state.calendar.version).toBe(calendar.version);
  });
});

describe('a time that no calendar has', () => {
  const nines = '9'.repeat(400);
  const durations = [
    'P300000Y',
    '-P300000Y',
    'P-300000Y',
    'P8000Y',
    `P${nines}Y`,
    `P${nines}M`,
    `P${nines}D`,
    `PT${nines}S`,
  ];

  test.each(durations)('%s is a bad timer, however it is given', (duration) => {
    const zones = ['Asia/Shanghai', 'Europe/Berlin', 'UTC'];
    for (const zone of zones) expect(() => addDuration(startedAt, duration, zone), zone).toThrow(/years 1 to 9999/);
    expect(play(waitFor({ kind: 'duration', value: feel('d') }), { d: duration }).incident('Wait')?.code).toBe(
      'bad-timer',
    );
    const cycle = play(waitFor({ kind: 'cycle', value: feel('d') }), { d: `R/${duration}` });
    expect(cycle.incident('Wait')?.code).toBe('bad-timer');
    const plan = aPlan()
      .add('userTask', 'Task', { user: { dueDate: feel('d'), followUpDate: feel('d') } })
      .build();
    expect(play(plan, { d: duration }).incident('Task')?.code).toBe('bad-timer');
    const kept = play(waitFor({ kind: 'duration', value: literal('PT1H') }));
    kept.message('nobody', { timeToLive: duration });
    expect(kept.last.refusal?.code).toBe('bad-time-to-live');
  });

  test.each(durations)('%s is refused where it is written', async (duration) => {
    const event = (kind: string, text: string) =>
      around(
        `<bpmn:intermediateCatchEvent id="A"><bpmn:timerEventDefinition><bpmn:${kind}>${text}</bpmn:${kind}></bpmn:timerEventDefinition></bpmn:intermediateCatchEvent>`,
      );
    expect(await errorsOf(diagramXml(event('timeDuration', duration)))).toEqual(['bad-timer A']);
    expect(await errorsOf(diagramXml(event('timeCycle', `R/${duration}`)))).toEqual(['bad-timer A']);
  });
});
