import { describe, expect, test } from 'vitest';
import type { EventDefinition } from '../../../engine/model/plan.ts';
import { aPlan, feel, literal, type PlanBuilder } from '../support/plan.ts';
import { Play, play } from '../support/play.ts';
import { lines, migrated, migrating, operator } from './migrated.ts';

const timer = (duration: string, limit?: string): EventDefinition => ({
  type: 'timer',
  timer: { kind: 'duration', value: literal(duration) },
  ...(limit !== undefined && { limit: { id: limit, name: limit, tell: ['president'] } }),
});
const message = (name: string): EventDefinition => ({ type: 'message', name: literal(name) });

/** One user task with whatever hangs on it. */
const review = (more: (builder: PlanBuilder) => void = () => {}, id = 'Review') => {
  const builder = aPlan().add('startEvent', 'Start').add('userTask', id, { name: '审核' }).flow('Start', id);
  more(builder);
  return builder.build();
};

describe('what waits', () => {
  test('stays at the element of the same id, with its key, its variables and its assignee', () => {
    const p = play(review(), { amount: 5 }).act('Review', { type: 'claim' });
    const next = migrated(
      p,
      review((b) => b.add('userTask', 'Sign').flow('Review', 'Sign')),
    );
    expect(next.at('Review')).toEqual(p.at('Review'));
    expect(next.variables).toEqual({ amount: 5 });
    expect(next.state.definition).toMatchObject({ version: 2, hash: 'h2' });
    expect(next.task('Review').waiting()).toEqual(['Sign']);
    expect(next.task('Sign').state.status).toBe('completed');
  });

  test('moves where the mapping says, under the name and with the form of the new definition', () => {
    const to = aPlan()
      .add('startEvent', 'Start')
      .add('userTask', 'Check', { name: '复核', user: { formId: 'check' } })
      .flow('Start', 'Check')
      .build();
    const p = play(review());
    const next = migrated(p, to, { mapping: { Review: 'Check' } });
    expect(next.at('Check')).toMatchObject({ key: p.at('Review').key, task: { name: '复核', formId: 'check' } });
    expect(next.journal.slice(-2)).toMatchObject([
      { kind: 'instance-migrated', by: operator, data: { from: 1, to: 2 } },
      { kind: 'token-moved', element: 'Check', data: { from: 'Review' } },
    ]);
  });

  test('needs a decision when its element was removed or is of another kind, and nothing is changed', () => {
    const p = play(review());
    const gone = migrating(p, review(undefined, 'Other'));
    expect(lines(gone)).toEqual(['needs-decision Review: element-gone']);
    expect(gone.refusal).toMatchObject({ code: 'decisions-needed', details: { count: 1 } });
    expect(gone.report[0]?.words.zh).toContain('审核');
    const job = aPlan().add('startEvent', 'Start').add('serviceTask', 'Review').flow('Start', 'Review').build();
    expect(lines(migrating(p, job))).toEqual(['needs-decision Review → Review: kind-changed']);
  });

  test('keeps to the start event that a listener of its event subprocess has been asked for', () => {
    const alarmed = (rang: string) =>
      review((b) =>
        b.scope(
          'eventSubProcess',
          'Alarm',
          (inside) =>
            inside
              .add('startEvent', rang, { events: [message('alarm')] })
              .add('userTask', 'Answer')
              .flow(rang, 'Answer'),
          { listeners: { start: [{ type: literal('prepare') }] } },
        ),
      );
    const p = play(alarmed('Rang')).message('alarm');
    const next = migrated(p, alarmed('Bell'), { mapping: { Rang: 'Bell' } });
    expect(next.job('Alarm').waiting()).toEqual(['Answer']);
    expect(lines(migrating(p, alarmed('Bell')))).toEqual(['needs-decision Alarm: element-gone']);
  });

  test('at a complex gateway remembers the flows it has had a token of, whatever they are called now', () => {
    const discriminating = (a: string) =>
      aPlan()
        .add('startEvent', 'Start')
        .add('parallelGateway', 'Fork')
        .add('userTask', a)
        .add('userTask', 'B')
        .add('complexGateway', 'First', { activationCondition: feel('activationCount >= 1') })
        .add('userTask', 'After')
        .flow('Start', 'Fork', a, 'First')
        .flow('Fork', 'B', 'First', 'After')
        .build();
    const p = play(discriminating('A')).task('A');
    const next = migrated(p, discriminating('A2'), { mapping: { A: 'A2' } });
    expect(next.at('First')).toMatchObject({ from: ['A2-First'] });
    expect(next.task('B').waiting()).toEqual(['After']);
  });

  test('needs a decision when it would lie in another scope', () => {
    const wrapped = aPlan()
      .add('startEvent', 'Start')
      .scope('subProcess', 'Part', (b) => b.add('userTask', 'Review'))
      .flow('Start', 'Part')
      .build();
    expect(lines(migrating(play(review()), wrapped))).toEqual(['needs-decision Review → Review: scope-changed']);
    expect(lines(migrating(play(wrapped), review()))).toEqual([
      'needs-decision Part: element-gone',
      'needs-decision Review → Review: scope-changed',
    ]);
  });

  test('needs a decision when it repeats in another way', () => {
    const many = aPlan()
      .add('startEvent', 'Start')
      .add('userTask', 'Review', {
        loop: { type: 'multi', sequential: false, cardinality: feel('2'), behavior: 'all' },
      })
      .flow('Start', 'Review')
      .build();
    expect(lines(migrating(play(review()), many))).toEqual(['needs-decision Review → Review: loop-changed']);
    expect(new Set(lines(migrating(play(many), review())))).toEqual(
      new Set(['needs-decision Review → Review: loop-changed']),
    );
  });

  test('ends where the mapping says so, unless it is the last token', () => {
    const both = aPlan()
      .add('startEvent', 'Start')
      .add('serviceTask', 'Book')
      .add('userTask', 'Review')
      .flow('Start', 'Book')
      .flow('Start', 'Review')
      .build();
    const p = play(both);
    const next = migrated(p, review(), { mapping: { Book: null } });
    expect(next.waiting()).toEqual(['Review']);
    expect(next.last.commands).toEqual([{ do: 'drop', key: p.at('Book').key }]);
    expect(next.task('Review').state.status).toBe('completed');
    const last = migrating(play(review()), review(undefined, 'Other'), { mapping: { Review: null } });
    expect(lines(last)).toEqual(['needs-decision Review: last-token']);
  });

  test('a subprocess that ends takes all that is inside with it', () => {
    const from = aPlan()
      .add('startEvent', 'Start')
      .scope('subProcess', 'Part', (b) => b.add('userTask', 'Inside').add('serviceTask', 'Job'))
      .add('userTask', 'Review')
      .flow('Start', 'Part')
      .flow('Start', 'Review')
      .build();
    const result = migrating(play(from), review(), { mapping: { Part: null } });
    expect(lines(result)).toEqual([
      'dropped Inside: inside-dropped',
      'dropped Job: inside-dropped',
      'dropped Part: mapped',
      'stays Review',
    ]);
    expect(migrated(play(from), review(), { mapping: { Part: null } }).task('Review').state.status).toBe('completed');
  });

  test('a job that an incident has stopped is tried again as the new definition says', () => {
    const drawn = (type: string) =>
      aPlan()
        .add('startEvent', 'Start')
        .add('serviceTask', 'Pay', { job: { type: literal(type) } })
        .flow('Start', 'Pay')
        .build();
    const p = play(drawn('old-bank')).jobFails('Pay');
    const next = migrated(p, drawn('new-bank')).retry('Pay');
    expect(next.commandsTo('run-job').map((job) => job.type)).toEqual(['old-bank', 'new-bank']);
  });
});

describe('an incident', () => {
  test('that a wrong definition has caused is overcome by migrating and retrying', () => {
    const drawn = (flow: { condition: string; default?: true }) =>
      aPlan()
        .add('startEvent', 'Start')
        .add('exclusiveGateway', 'Choose')
        .add('userTask', 'Review')
        .flow('Start', 'Choose')
        .branch('Choose', 'Review', flow)
        .build();
    const p = play(drawn({ condition: 'amount > 5' }), { amount: 1 });
    expect(p.incident('Choose')?.code).toBe('no-flow');
    expect(
      migrated(p, drawn({ condition: 'amount > 0' }))
        .retry('Choose')
        .waiting(),
    ).toEqual(['Review']);
  });
});

describe('boundary events and event subprocesses', () => {
  const late = (definition: EventDefinition) => (b: PlanBuilder) => {
    b.boundary('Review', 'Late', { interrupting: false, events: [definition] });
    b.add('userTask', 'Remind').flow('Late', 'Remind');
  };

  test('new ones are armed on kept waits, removed ones are dropped', () => {
    const p = play(review());
    const added = migrating(p, review(late(timer('P3D'))));
    expect(lines(added)).toEqual(['created Late', 'stays Review']);
    expect(added.report[1]).toMatchObject({ dueAt: '2026-10-01T01:00:00.000Z' });
    const next = migrated(p, review(late(timer('P3D')))).advance('P3D');
    expect(next.waiting()).toEqual(['Remind', 'Review']);
    const q = play(review(late(timer('P3D'))));
    const back = migrated(q, review());
    expect(back.waiting()).toEqual(['Review']);
    expect(back.last.commands).toEqual([{ do: 'drop', key: q.at('Late').key }]);
  });

  test('one that has fired already does not come again', () => {
    const p = play(review(late(timer('P1D'))))
      .advance('P2D')
      .task('Remind');
    expect(lines(migrating(p, review(late(timer('P1D')))))).toEqual(['stays Review']);
  });

  test('one drawn with another kind of event is recreated', () => {
    const result = migrating(play(review(late(timer('P3D')))), review(late(message('hurry'))));
    expect(lines(result)).toEqual(['created Late', 'dropped Late: events-changed', 'stays Review']);
  });

  test('one that cannot be evaluated refuses the migration', () => {
    const result = migrating(
      play(review()),
      review(late({ type: 'timer', timer: { kind: 'duration', value: feel('unknownTime') } })),
    );
    expect(lines(result)).toEqual(['needs-decision Late: evaluation-failed', 'stays Review']);
    expect(result.refusal?.code).toBe('decisions-needed');
  });

  test('a new event subprocess listens at once', () => {
    const to = review((b) =>
      b.scope('eventSubProcess', 'Withdrawal', (inside) =>
        inside
          .add('startEvent', 'Withdrawn', { events: [message('withdrawn')] })
          .add('userTask', 'Confirm')
          .flow('Withdrawn', 'Confirm'),
      ),
    );
    const next = migrated(play(review()), to).message('withdrawn');
    expect(next.waiting()).toEqual(['Confirm']);
    expect(next.task('Confirm').state.status).toBe('completed');
  });

  test('a message that came early is given to an event that is new', () => {
    const p = play(review()).message('hurry', { timeToLive: 'P7D' });
    expect(migrated(p, review(late(message('hurry')))).waiting()).toEqual(['Late', 'Remind', 'Review']);
  });
});

describe('timers', () => {
  const drawn = (duration: string, limit?: string) =>
    review((b) => {
      b.boundary('Review', 'Late', { interrupting: false, events: [timer(duration, limit)] });
      b.add('endEvent', 'Told').flow('Late', 'Told');
    });

  test('are kept, unless asked otherwise', () => {
    const p = play(drawn('P3D')).advance('P1D');
    const next = migrated(p, drawn('P7D'));
    expect(next.nextTimer()).toEqual(p.nextTimer());
    expect(next.last.commands).toEqual([]);
  });

  test('recomputed due dates count from when the wait began, and their timers are armed again', () => {
    const p = play(drawn('P3D')).advance('P1D');
    const next = migrated(p, drawn('P7D'), { timers: 'reevaluate' });
    const { key } = p.at('Late');
    expect(next.last.commands).toEqual([
      { do: 'drop', key },
      { do: 'arm-timer', key, trigger: 0, element: 'Late', dueAt: '2026-10-05T01:00:00.000Z' },
    ]);
    expect(next.journal.at(-1)).toMatchObject({ kind: 'due-date-moved', data: { to: '2026-10-05T01:00:00.000Z' } });
  });

  test('take the promise that rests on them along', () => {
    const p = play(drawn('P3D', 'closure'));
    const moved = migrated(p, drawn('P7D', 'closure'), { timers: 'reevaluate' });
    expect(moved.state.clocks).toMatchObject([{ id: 'closure', status: 'running', dueAt: '2026-10-05T01:00:00.000Z' }]);
    expect(moved.advance('P8D').state.clocks).toMatchObject([{ status: 'breached' }]);
    expect(migrated(p, review()).state.clocks).toEqual([]);
    expect(migrated(p, drawn('P3D', 'answer')).state.clocks).toMatchObject([{ id: 'answer', status: 'running' }]);
  });

  test('of a task move with its due date', () => {
    const due = (duration: string) =>
      aPlan()
        .add('startEvent', 'Start')
        .add('userTask', 'Review', { user: { dueDate: literal(duration) } })
        .flow('Start', 'Review')
        .build();
    const next = migrated(play(due('P1D')).advance('PT5H'), due('P2D'), { timers: 'reevaluate' });
    expect(next.at('Review')).toMatchObject({ task: { dueAt: '2026-09-30T01:00:00.000Z' } });
  });
});

describe('messages', () => {
  const drawn = (name: string) =>
    aPlan()
      .add('startEvent', 'Start')
      .add('intermediateCatchEvent', 'Answer', {
        events: [{ type: 'message', name: literal(name), correlationKey: feel('caseId') }],
      })
      .flow('Start', 'Answer')
      .build();

  test('are waited for under the old name, or under the new one when asked', () => {
    const p = play(drawn('answer'), { caseId: 'C1' });
    expect(migrated(p, drawn('reply')).message('answer', { key: 'C1' }).state.status).toBe('completed');
    const next = migrated(p, drawn('reply'), { messages: 'reevaluate' });
    expect(next.waits('event')[0]?.triggers).toEqual([{ type: 'message', name: 'reply', correlationKey: 'C1' }]);
    expect(next.message('reply', { key: 'C1' }).state.status).toBe('completed');
  });
});

describe('joins', () => {
  const forked = (...names: string[]) => {
    const builder = aPlan()
      .add('startEvent', 'Start')
      .add('parallelGateway', 'Fork')
      .add('parallelGateway', 'Join')
      .add('userTask', 'After')
      .flow('Start', 'Fork');
    for (const name of names) builder.add('userTask', name).flow('Fork', name, 'Join');
    return builder.flow('Join', 'After').build();
  };

  test('keep the flows that were taken', () => {
    const next = migrated(play(forked('A', 'B')).task('A'), forked('A', 'B'));
    expect(next.task('B').waiting()).toEqual(['After']);
  });

  test('continue when the new definition asks for less', () => {
    const p = play(forked('A', 'B', 'C'))
      .task('A')
      .task('B');
    expect(migrated(p, forked('A', 'B'), { mapping: { C: null } }).waiting()).toEqual(['After']);
  });

  test('need a decision when a flow that was taken leads there no more', () => {
    const p = play(forked('A', 'B')).task('A');
    const to = forked('X', 'B');
    expect(lines(migrating(p, to))).toEqual(['needs-decision Join → Join: flow-gone', 'stays B']);
    expect(
      migrated(p, to, { mapping: { 'A-Join': 'X-Join' } })
        .task('B')
        .waiting(),
    ).toEqual(['After']);
    expect(
      migrated(p, to, { mapping: { A: 'X' } })
        .task('B')
        .waiting(),
    ).toEqual(['After']);
  });

  test('that could no longer complete are evaluated again', () => {
    const dead = (...into: string[]) => {
      const builder = aPlan()
        .add('startEvent', 'Start')
        .add('exclusiveGateway', 'Choose')
        .add('userTask', 'A')
        .add('userTask', 'B')
        .add('parallelGateway', 'Join')
        .add('userTask', 'After')
        .flow('Start', 'Choose')
        .branch('Choose', 'A', { default: true })
        .branch('Choose', 'B', { condition: 'false' })
        .flow('Join', 'After');
      for (const id of into) builder.flow(id, 'Join');
      return builder.build();
    };
    const p = play(dead('A', 'B')).task('A');
    expect(p.incident('Join')?.code).toBe('join-unreachable');
    expect(migrated(p, dead('A')).waiting()).toEqual(['After']);
  });
});

describe('an event-based gateway', () => {
  const first = (...names: string[]) => {
    const builder = aPlan().add('startEvent', 'Start').add('eventBasedGateway', 'First').flow('Start', 'First');
    for (const name of names)
      builder
        .add('intermediateCatchEvent', name, { events: [message(name)] })
        .add('userTask', `After${name}`)
        .flow('First', name, `After${name}`);
    return builder.build();
  };

  test('gets the branches of the new definition', () => {
    const p = play(first('Yes', 'No'));
    expect(lines(migrating(p, first('Yes', 'Later')))).toEqual([
      'created Later',
      'dropped No: guard-gone',
      'stays First',
      'stays Yes',
    ]);
    const next = migrated(p, first('Yes', 'Later')).message('Later');
    expect(next.waiting()).toEqual(['AfterLater']);
    expect(next.task('AfterLater').state.status).toBe('completed');
  });
});

describe('what was done', () => {
  const transaction = (work: string, handler: string) =>
    aPlan()
      .add('startEvent', 'Start')
      .add('serviceTask', work)
      .add('serviceTask', handler, { forCompensation: true })
      .boundary(work, 'OnUndo', { events: [{ type: 'compensate', waitForCompletion: true }], handler })
      .add('userTask', 'Review')
      .add('endEvent', 'Undo', { events: [{ type: 'compensate', waitForCompletion: true }] })
      .flow('Start', work, 'Review', 'Undo')
      .build();

  test('can still be undone, by the handler of the new definition', () => {
    const p = play(transaction('Book', 'Unbook')).job('Book');
    expect(lines(migrating(p, transaction('Reserve', 'Release')))).toEqual([
      'needs-decision Book: handler-gone',
      'stays Review',
    ]);
    const next = migrated(p, transaction('Reserve', 'Release'), { mapping: { Book: 'Reserve' } }).task('Review');
    expect(next.waits('job').map((job) => job.element)).toEqual(['Release']);
    expect(next.job('Release').state.status).toBe('completed');
  });
});

describe('a migration that makes no sense', () => {
  test('is refused with a code and a sentence', () => {
    const p = play(review());
    expect(migrating(p, aPlan('another').build()).refusal?.code).toBe('other-process');
    expect(migrating(p, review(), { mapping: { Reveiw: 'Review' } }).refusal).toMatchObject({
      code: 'mapping-unknown',
      details: { elements: ['Reveiw'] },
      message: { zh: expect.stringContaining('：Reveiw。'), en: expect.stringContaining(': Reveiw.') },
    });
    expect(migrating(p.task('Review'), review()).refusal?.code).toBe('not-active');
    expect(migrating(new Play(review()), review()).refusal?.code).toBe('not-active');
  });
});
