import { describe, expect, test } from 'vitest';
import type { Mapping, Variables } from '../../../engine/model/plan.ts';
import { aPlan, feel, literal } from '../support/plan.ts';
import { Play, play } from '../support/play.ts';

const escalation = literal('late');

const escalated = { events: [{ type: 'escalation' as const, code: escalation, codeVariable: 'code' }] };

const caller = (interrupting: boolean, more: object = {}, outputs: object = {}) =>
  aPlan()
    .add('startEvent', 'Start')
    .add('callActivity', 'Call', more)
    .boundary('Call', 'Late', { ...escalated, interrupting, ...outputs })
    .add('userTask', 'Help')
    .add('userTask', 'After')
    .flow('Start', 'Call', 'After')
    .flow('Late', 'Help')
    .build();

const hears = (plan: ReturnType<typeof caller>, code = 'late', variables: Variables = { by: 3 }) => {
  const p = play(plan);
  const { key } = p.at('Call');
  p.send({ type: 'call-escalated', key, code, variables });
  return { p, key };
};

const undo = { events: [{ type: 'compensate' as const, waitForCompletion: true }] };

describe('an escalation of a called process', () => {
  test('makes a further token at a boundary event that does not interrupt; the call continues', () => {
    const { p, key } = hears(caller(false));
    expect(p.waiting()).toEqual(['Call', 'Help']);
    expect(p.variables).toMatchObject({ code: 'late', by: 3 });
    expect(p.commandsTo('drop')).toEqual([]);
    p.send({ type: 'call-escalated', key, code: 'late', variables: {} });
    expect(p.waiting()).toEqual(['Call', 'Help', 'Help']);
  });

  test('ends the call at a boundary event that interrupts', () => {
    const { p, key } = hears(caller(true));
    expect(p.waiting()).toEqual(['Help']);
    expect(p.commandsTo('drop')).toMatchObject([{ key }]);
    const { state } = p;
    p.send({ type: 'call-escalated', key, code: 'late', variables: {} });
    p.send({ type: 'call-completed', key, variables: {} });
    expect(p.state).toBe(state);
  });

  test('starts an event subprocess of the caller', () => {
    const p = play(
      aPlan()
        .add('startEvent', 'Start')
        .add('callActivity', 'Call')
        .scope('eventSubProcess', 'Helping', (inside) =>
          inside
            .add('startEvent', 'OnLate', { ...escalated, interrupting: false })
            .add('userTask', 'Help')
            .flow('OnLate', 'Help'),
        )
        .flow('Start', 'Call')
        .build(),
    );
    p.send({ type: 'call-escalated', key: p.at('Call').key, code: 'late', variables: {} });
    expect(p.waiting()).toEqual(['Call', 'Help']);
  });

  test('brings its data only to mappings where the call does not take over all of it', () => {
    expect(hears(caller(false, { propagateAllChild: false })).p.variables).not.toHaveProperty('by');
    const outputs = { outputs: [{ source: feel('by + 1'), target: 'next' }] };
    const { p } = hears(caller(false, { propagateAllChild: false }, outputs));
    expect(p.variables).toMatchObject({ next: 4 });
    expect(p.variables).not.toHaveProperty('by');
  });

  test('that the caller does not catch either is journaled and passed to its own caller, and blocks nothing', () => {
    const { p } = hears(caller(true), 'other');
    expect(p.waiting()).toEqual(['Call']);
    expect(p.commandsTo('escalate')).toMatchObject([{ element: 'Call', code: 'other', variables: { by: 3 } }]);
    expect(p.journal.at(-1)).toMatchObject({ kind: 'escalation-uncaught', element: 'Call', data: { code: 'other' } });
  });
});

test('an uncaught escalation is journaled and reported to the caller, and its thrower continues', () => {
  const events = [{ type: 'escalation' as const, code: literal('late') }];
  const p = play(
    aPlan()
      .add('startEvent', 'Start')
      .scope('subProcess', 'Inside', (inside) =>
        inside
          .add('intermediateThrowEvent', 'Escalate', {
            events,
            inputs: [{ source: feel('1 + 1'), target: 'days' }],
          })
          .add('userTask', 'Work')
          .flow('Escalate', 'Work'),
      )
      .flow('Start', 'Inside')
      .build(),
  );
  expect(p.waiting()).toEqual(['Work']);
  expect(p.commandsTo('escalate')).toMatchObject([{ element: 'Escalate', code: 'late', variables: { days: 2 } }]);
  expect(p.journal.filter(({ kind }) => kind === 'escalation-uncaught')).toMatchObject([
    { element: 'Escalate', data: { code: 'late' } },
  ]);
});

describe('an error of a called process', () => {
  const plan = (propagateAllChild: boolean, outputs?: Mapping[]) =>
    aPlan()
      .add('startEvent', 'Start')
      .add('callActivity', 'Call', { propagateAllChild })
      .boundary('Call', 'Refused', {
        events: [{ type: 'error', code: literal('refused'), codeVariable: 'code', messageVariable: 'why' }],
        ...(outputs && { outputs }),
      })
      .add('userTask', 'Explain')
      .flow('Start', 'Call')
      .flow('Refused', 'Explain')
      .build();
  const failed = (of: ReturnType<typeof plan>) => {
    const p = play(of);
    const { key } = p.at('Call');
    const brought = { amount: 5, code: 'its own' };
    p.send({ type: 'call-failed', key, code: 'unhandled-error', message: 'no', errorCode: 'refused', brought });
    return p;
  };

  test('arrives with its code, its message and what the process ended with', () => {
    const p = failed(plan(true));
    expect(p.waiting()).toEqual(['Explain']);
    expect(p.variables).toMatchObject({ code: 'refused', why: 'no', amount: 5 });
  });

  test('gives mappings what it ended with, and nothing else, where the call takes over nothing', () => {
    expect(failed(plan(false)).variables).not.toHaveProperty('amount');
    const { variables } = failed(plan(false, [{ source: feel('amount * 2'), target: 'twice' }]));
    expect(variables).toMatchObject({ twice: 10 });
    expect(variables).not.toHaveProperty('amount');
  });

  test('that is not caught is an incident at the call', () => {
    const p = play(aPlan().add('callActivity', 'Call').build());
    const { key } = p.at('Call');
    p.send({ type: 'call-failed', key, code: 'unhandled-error', message: 'no', errorCode: 'E', brought: {} });
    expect(p.incident('Call')).toMatchObject({ code: 'unhandled-error', params: { errorCode: 'E' } });
  });
});

test('calls go fifty deep; the next is an incident, which a retry does not pass', () => {
  const plan = aPlan().add('callActivity', 'Call').build();
  const at = (depth: number) => {
    const p = new Play(plan);
    p.state = { ...p.state, depth };
    return p.start();
  };
  expect(at(49).at('Call').kind).toBe('call');
  const p = at(50);
  expect(p.incident('Call')).toMatchObject({ code: 'call-too-deep', params: { depth: 51, limit: 50 } });
  expect(p.retry('Call').incident('Call')).toMatchObject({ code: 'call-too-deep' });
  expect(p.commandsTo('call')).toEqual([]);
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

test('a call passes variables to the called process and takes back those that are mapped', () => {
  const call = (more: object) =>
    play(
      aPlan()
        .add('callActivity', 'Refund', { process: literal('refund'), ...more })
        .add('userTask', 'After')
        .flow('Refund', 'After')
        .build(),
      { a: 1 },
    );
  const all = call({});
  expect(all.commandsTo('call')).toMatchObject([{ process: 'refund', businessKey: 'K1-2', variables: { a: 1 } }]);
  all.send({ type: 'call-completed', key: all.at('Refund').key, variables: { paid: 5 } });
  expect(all.variables).toEqual({ a: 1, paid: 5 });

  const some = call({
    propagateAllParent: false,
    propagateAllChild: false,
    businessKey: feel('"R" + string(a)'),
    inputs: [{ source: feel('a'), target: 'amount' }],
  });
  expect(some.commandsTo('call')).toMatchObject([{ businessKey: 'R1', variables: { amount: 1 } }]);
  some.send({ type: 'call-completed', key: some.at('Refund').key, variables: { paid: 5 } });
  expect(some.variables).toEqual({ a: 1 });
});

test('a call activity is undone by its handler; without one there is nothing to undo', () => {
  const call = (handler: boolean) => {
    const builder = aPlan().add('startEvent', 'Start').add('callActivity', 'Call');
    if (handler)
      builder
        .add('callActivity', 'UndoCall', { forCompensation: true, process: literal('undoing') })
        .boundary('Call', 'OnCall', { ...undo, handler: 'UndoCall' });
    const p = play(builder.add('endEvent', 'Undo', undo).flow('Start', 'Call', 'Undo').build());
    p.send({ type: 'call-completed', key: p.at('Call').key, variables: {} });
    return p;
  };
  expect(call(false).state.status).toBe('completed');
  const p = call(true);
  expect(p.commandsTo('call').at(-1)).toMatchObject({ process: 'undoing' });
  p.send({ type: 'call-completed', key: p.at('UndoCall').key, variables: {} });
  expect(p.state.status).toBe('completed');
});
