import { describe, expect, test } from 'vitest';
import { aPlan, feel, literal, type PlanBuilder } from './support/plan.ts';
import { play, someone } from './support/play.ts';

const withBoundaries = (fill: (inside: PlanBuilder) => void) =>
  aPlan()
    .add('startEvent', 'Start')
    .scope('subProcess', 'Inside', fill)
    .boundary('Inside', 'Known', {
      events: [{ type: 'error', code: literal('E1'), codeVariable: 'code', messageVariable: 'why' }],
    })
    .boundary('Inside', 'Any', { events: [{ type: 'error' }] })
    .add('userTask', 'AfterKnown')
    .add('userTask', 'AfterAny')
    .flow('Start', 'Inside')
    .flow('Known', 'AfterKnown')
    .flow('Any', 'AfterAny')
    .build();

describe('a job that reports a business error', () => {
  const plan = withBoundaries((inside) => inside.add('serviceTask', 'Job').add('userTask', 'Beside'));

  test('is caught by its code, and everything in the scope is cancelled', () => {
    const p = play(plan).jobFails('Job', 'E1', { extra: 1 });
    expect(p.waiting()).toEqual(['AfterKnown']);
    expect(p.variables).toMatchObject({ code: 'E1', why: 'it broke', extra: 1 });
    expect(p.journal.filter((entry) => entry.kind === 'element-cancelled').map((entry) => entry.element)).toEqual([
      'Job',
      'Beside',
      'Inside',
    ]);
  });

  test('is caught by an event for any error when none has its code', () => {
    expect(play(plan).jobFails('Job', 'E2').waiting()).toEqual(['AfterAny']);
  });

  test('is an incident when nobody catches it, and can be retried', () => {
    const p = play(aPlan().add('serviceTask', 'Job').build()).jobFails('Job', 'E1');
    expect(p.incident('Job')).toMatchObject({ code: 'unhandled-error' });
    p.retry('Job');
    expect(p.at('Job')).toMatchObject({ kind: 'job', attempt: 2 });
    expect(p.incident('Job')).toBeUndefined();
    expect(p.commandsTo('run-job')).toHaveLength(2);
    expect(p.job('Job').state.status).toBe('completed');
  });
});

test('a job that fails is an incident with its code, and a second report of it changes nothing', () => {
  const p = play(aPlan().add('serviceTask', 'Job').build()).jobFails('Job');
  expect(p.incident('Job')).toMatchObject({ code: 'job-failed', params: { reason: 'job' } });
  const { state } = p;
  p.jobFails('Job');
  expect(p.state).toBe(state);
  p.retry('Job');
  p.send({ type: 'retry', key: p.at('Job').key, by: someone });
  expect(p.last.refusal?.code).toBe('nothing-to-retry');
});

test('a call that fails is an incident, and ordered again under the same business key by a retry', () => {
  const p = play(aPlan().add('callActivity', 'Call').build());
  p.send({ type: 'call-failed', key: p.at('Call').key, code: 'not-found', message: 'no such process' });
  expect(p.incident('Call')).toMatchObject({ code: 'call-failed' });
  p.retry('Call');
  expect(p.commandsTo('call').map((command) => command.businessKey)).toEqual(['K1-2', 'K1-2']);
});

test('a called process that ends by an error throws it at the call activity', () => {
  const p = play(
    aPlan()
      .add('callActivity', 'Call')
      .boundary('Call', 'Caught', { events: [{ type: 'error', code: literal('E1') }] })
      .add('userTask', 'After')
      .flow('Caught', 'After')
      .build(),
  );
  p.send({ type: 'call-failed', key: p.at('Call').key, code: 'error', message: 'refused', errorCode: 'E1' });
  expect(p.waiting()).toEqual(['After']);
});

describe('an error end event', () => {
  const throwing = (inside: PlanBuilder) =>
    inside
      .add('startEvent', 'Inner')
      .add('endEvent', 'Throw', { events: [{ type: 'error', code: literal('E1') }] })
      .flow('Inner', 'Throw');

  test('is caught at the boundary of its subprocess', () => {
    expect(play(withBoundaries(throwing)).waiting()).toEqual(['AfterKnown']);
  });

  test('that nobody catches ends the instance as failed, with the code', () => {
    const p = play(throwing(aPlan()).build());
    expect(p.state).toMatchObject({ status: 'failed', error: { code: 'E1' }, waits: {} });
    expect(p.commandsTo('end')).toMatchObject([{ status: 'failed', error: { code: 'E1' } }]);
  });

  test('is caught by an event subprocess before any boundary event', () => {
    const plan = withBoundaries((inside) =>
      throwing(inside).scope('eventSubProcess', 'Rescue', (rescue) =>
        rescue
          .add('startEvent', 'OnError', { events: [{ type: 'error' }] })
          .add('userTask', 'Repair')
          .flow('OnError', 'Repair'),
      ),
    );
    const p = play(plan);
    expect(p.waiting()).toEqual(['Repair']);
    expect(p.task('Repair').state.status).toBe('completed');
  });

  test('inside an event subprocess is not caught by that one again', () => {
    const plan = withBoundaries((inside) =>
      throwing(inside).scope('eventSubProcess', 'Rescue', (rescue) =>
        rescue
          .add('startEvent', 'OnError', { events: [{ type: 'error' }] })
          .add('endEvent', 'Rethrow', { events: [{ type: 'error', code: literal('E2') }] })
          .flow('OnError', 'Rethrow'),
      ),
    );
    expect(play(plan).waiting()).toEqual(['AfterAny']);
  });
});

describe('a terminate end event', () => {
  test('ends the process with everything in it', () => {
    const p = play(
      aPlan()
        .add('userTask', 'Open')
        .add('userTask', 'Stop')
        .add('endEvent', 'Kill', { events: [{ type: 'terminate' }] })
        .flow('Stop', 'Kill')
        .build(),
    ).task('Stop');
    expect(p.state).toMatchObject({ status: 'terminated', waits: {} });
  });

  test('in a subprocess ends only that, and the outer flow goes on', () => {
    const p = play(
      aPlan()
        .scope('subProcess', 'Inside', (inside) =>
          inside
            .add('userTask', 'Open')
            .add('userTask', 'Stop')
            .add('endEvent', 'Kill', { events: [{ type: 'terminate' }] })
            .flow('Stop', 'Kill'),
        )
        .add('userTask', 'After')
        .flow('Inside', 'After')
        .build(),
    ).task('Stop');
    expect(p.waiting()).toEqual(['After']);
  });
});

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

test('a process whose event subprocess cannot be armed has not begun, and begins by a retry', () => {
  const p = play(
    aPlan()
      .add('userTask', 'Main')
      .scope('eventSubProcess', 'Instead', (instead) =>
        instead.add('startEvent', 'On', {
          events: [{ type: 'timer', timer: { kind: 'duration', value: feel('limit') } }],
        }),
      )
      .build(),
  );
  expect(p.waits('stuck')).toMatchObject([{ element: 'process', incident: { code: 'missing-variable' } }]);
  p.set({ limit: 'PT1H' });
  p.send({ type: 'retry', key: p.waits('stuck')[0]!.key, by: someone });
  expect(p.waiting()).toEqual(['Main', 'On']);
});
