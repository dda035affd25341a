import { describe, expect, test } from 'vitest';
import { createEvaluator } from '../../../engine/feel/evaluator.ts';
import { modify } from '../../../engine/modify/modify.ts';
import type { ElementInstruction, ModificationResult } from '../../../engine/modify/types.ts';
import { aPlan, feel, literal } from '../support/plan.ts';
import { type Play, play } from '../support/play.ts';

const operator = { id: 'ops-1', role: 'ops' };

function modifying(p: Play, ...instructions: ElementInstruction[]): ModificationResult {
  const frozen = JSON.stringify(p.state);
  const result = modify(p.plan, p.state, instructions, operator, { now: p.now, evaluator: createEvaluator(p.plan) });
  expect(JSON.stringify(p.state), 'the state before is never changed').toBe(frozen);
  expect(JSON.parse(JSON.stringify(result))).toStrictEqual(result);
  return result;
}

function modified(p: Play, ...instructions: ElementInstruction[]): Play {
  const { refusal, state, commands, journal } = modifying(p, ...instructions);
  if (!state || !commands || !journal) throw new Error(JSON.stringify(refusal));
  p.last = { state, commands, journal };
  p.state = state;
  p.commands.push(...commands);
  p.journal.push(...journal);
  return p;
}

const codeOf = (p: Play, ...instructions: ElementInstruction[]) => modifying(p, ...instructions).refusal?.code;
const lines = ({ report }: ModificationResult) => report.map(({ outcome, element }) => `${outcome} ${element}`);
const key = (p: Play, element: string) => p.at(element).key;

const steps = aPlan()
  .add('startEvent', 'Start')
  .add('userTask', 'First')
  .add('serviceTask', 'Second')
  .boundary('Second', 'Late', { events: [{ type: 'timer', timer: { kind: 'duration', value: literal('P1D') } }] })
  .add('userTask', 'Third')
  .add('endEvent', 'End')
  .flow('Start', 'First', 'Second', 'Third', 'End')
  .flow('Late', 'Third')
  .build();

describe('a token', () => {
  test('moves to another element, forward and back', () => {
    const p = play(steps);
    expect(lines(modifying(p, { type: 'move', key: key(p, 'First'), to: 'Third' }))).toEqual([
      'cancelled First',
      'created Third',
    ]);
    modified(p, { type: 'move', key: key(p, 'First'), to: 'Third', variables: { skipped: true } });
    expect(p.waiting()).toEqual(['Third']);
    expect(p.variables).toEqual({ skipped: true });
    modified(p, { type: 'move', key: key(p, 'Third'), to: 'Second' });
    expect(p.waiting()).toEqual(['Late', 'Second']);
    expect(p.job('Second').task('Third').state.status).toBe('completed');
    expect(p.journal.find((entry) => entry.kind === 'instance-modified')).toMatchObject({ by: operator });
  });

  test('leaves what it was at in order: jobs and timers go', () => {
    const p = play(steps).task('First');
    const open = [key(p, 'Second'), key(p, 'Late')].sort();
    modified(p, { type: 'move', key: key(p, 'Second'), to: 'Third' });
    expect(p.last.commands.flatMap((one) => (one.do === 'drop' ? [one.key] : [])).sort()).toEqual(open);
    expect(p.journal).toContainEqual(expect.objectContaining({ kind: 'token-moved', element: 'Third' }));
  });

  test('that an incident has stopped moves on as well', () => {
    const p = play(steps).task('First').jobFails('Second');
    expect(modified(p, { type: 'move', key: key(p, 'Second'), to: 'Second', where: 'after' }).waiting()).toEqual([
      'Third',
    ]);
  });
});

describe('by element', () => {
  test('whatever waits there moves or ends', () => {
    const p = modified(play(steps), { type: 'start', element: 'First', where: 'before' });
    expect(p.waiting()).toEqual(['First', 'First']);
    modified(p, { type: 'move', from: 'First', to: 'Third' });
    expect(p.waiting()).toEqual(['Third', 'Third']);
    modified(p, { type: 'start', element: 'Second', where: 'before' }, { type: 'cancel', element: 'Third' });
    expect(p.waiting()).toEqual(['Late', 'Second']);
    expect(modified(p, { type: 'cancel', element: 'Late' }).waiting()).toEqual(['Second']);
  });

  test('a repeated activity is meant as a whole', () => {
    const plan = aPlan()
      .add('startEvent', 'Start')
      .add('userTask', 'Each', { loop: { type: 'multi', sequential: false, cardinality: feel('3'), behavior: 'all' } })
      .add('userTask', 'Then')
      .add('endEvent', 'End')
      .flow('Start', 'Each', 'Then', 'End')
      .build();
    expect(modified(play(plan), { type: 'move', from: 'Each', to: 'Then' }).waiting()).toEqual(['Then']);
  });

  test('where nothing waits, or the definition has no such element, it is refused', () => {
    const p = play(steps);
    expect(codeOf(p, { type: 'move', from: 'Third', to: 'First' })).toBe('nothing-there');
    expect(codeOf(p, { type: 'cancel', element: 'Nowhere' })).toBe('unknown-element');
  });
});

describe('starting', () => {
  test('before or after an element makes a further token, with variables', () => {
    const p = play(steps);
    modified(p, { type: 'start', element: 'Second', where: 'before', variables: { given: 1 } });
    expect(p.waiting()).toEqual(['First', 'Late', 'Second']);
    expect(p.commandsTo('run-job')).toMatchObject([{ input: { given: 1 } }]);
    modified(p, { type: 'start', element: 'Second', where: 'after' });
    expect(p.waiting()).toEqual(['First', 'Late', 'Second', 'Third']);
  });

  test('tells an incident it would lead to', () => {
    const plan = aPlan()
      .add('startEvent', 'Start')
      .add('userTask', 'First')
      .add('exclusiveGateway', 'Choose')
      .add('endEvent', 'End')
      .flow('Start', 'First', 'Choose')
      .branch('Choose', 'End', { condition: 'amount > 5' })
      .build();
    const { report } = modifying(play(plan), { type: 'start', element: 'Choose', where: 'before' });
    expect(report).toMatchObject([{ outcome: 'created', element: 'Choose', incident: 'missing-variable' }]);
  });

  test('of what cannot be started is refused', () => {
    const p = play(steps);
    expect(codeOf(p, { type: 'start', element: 'Nowhere', where: 'before' })).toBe('unknown-element');
    expect(codeOf(p, { type: 'start', element: 'Late', where: 'before' })).toBe('not-startable');
    expect(codeOf(p, { type: 'start', element: 'process', where: 'before' })).toBe('not-startable');
    expect(codeOf(p, { type: 'start', element: 'End', where: 'after' })).toBe('nothing-after');
    expect(codeOf(p, { type: 'start', element: 'Third', where: 'before', flow: 'First-Second' })).toBe('flow-wrong');
  });
});

describe('cancelling', () => {
  const both = aPlan()
    .add('startEvent', 'Start')
    .add('userTask', 'A')
    .add('userTask', 'B')
    .flow('Start', 'A')
    .flow('Start', 'B')
    .build();

  test('ends one token; the instance continues with the others', () => {
    const p = play(both);
    modified(p, { type: 'cancel', key: key(p, 'A') });
    expect(p.waiting()).toEqual(['B']);
    expect(p.state.closedTasks).toMatchObject([{ element: 'A', how: 'cancelled' }]);
    expect(p.task('B').state.status).toBe('completed');
  });

  test('the last one completes the instance, and a dry run says so', () => {
    const p = play(steps);
    expect(modifying(p, { type: 'cancel', key: key(p, 'First') })).toMatchObject({ status: 'completed' });
    expect(p.state.status).toBe('active');
  });

  test('an armed boundary event leaves its activity', () => {
    const p = play(steps).task('First');
    modified(p, { type: 'cancel', key: key(p, 'Late') });
    expect(p.waiting()).toEqual(['Second']);
    expect(p.last.commands).toHaveLength(1);
  });

  test('one instance of many, or the instance as a whole, is refused', () => {
    const many = aPlan()
      .add('startEvent', 'Start')
      .add('userTask', 'Ask', { loop: { type: 'multi', sequential: false, cardinality: feel('3'), behavior: 'all' } })
      .add('userTask', 'After')
      .flow('Start', 'Ask', 'After')
      .build();
    const p = play(many);
    expect(codeOf(p, { type: 'cancel', key: key(p, 'Ask') })).toBe('inner-instance');
    expect(codeOf(p, { type: 'cancel', key: p.state.root })).toBe('whole-instance');
    expect(codeOf(p, { type: 'cancel', key: '99' })).toBe('unknown-key');
    const body = p.waits('multi')[0]!;
    expect(modified(p, { type: 'move', key: body.key, to: 'After' }).waiting()).toEqual(['After']);
  });
});

describe('scopes', () => {
  const plan = aPlan()
    .add('startEvent', 'Start')
    .add('userTask', 'Outside')
    .scope('subProcess', 'Part', (b) =>
      b
        .add('startEvent', 'PartStart')
        .add('userTask', 'One')
        .scope('subProcess', 'Deep', (inner) => inner.add('userTask', 'Two'))
        .flow('PartStart', 'One', 'Deep'),
    )
    .boundary('Part', 'Late', { events: [{ type: 'timer', timer: { kind: 'duration', value: literal('P1D') } }] })
    .add('userTask', 'After')
    .flow('Start', 'Outside', 'Part', 'After')
    .flow('Late', 'After')
    .build();

  test('that do not run are refused, or created with all that guards them', () => {
    const p = play(plan);
    const move = { type: 'move', key: key(p, 'Outside'), to: 'Two' } as const;
    expect(codeOf(p, move)).toBe('scope-not-active');
    modified(p, { ...move, createScopes: true });
    expect(p.waiting()).toEqual(['Late', 'Two']);
    expect(p.waits('scope').map((scope) => [scope.element, scope.tokens])).toEqual([
      ['process', 1],
      ['Part', 1],
      ['Deep', 1],
    ]);
    expect(p.task('Two').task('After').state.status).toBe('completed');
  });

  test('of which several run must be named', () => {
    const p = play(plan).task('Outside');
    modified(p, { type: 'start', element: 'Part', where: 'before' });
    expect(codeOf(p, { type: 'start', element: 'One', where: 'before' })).toBe('scope-ambiguous');
    const scope = p.waits('scope').at(-1)!.key;
    modified(p, { type: 'start', element: 'Deep', where: 'before', scope });
    expect(p.waits('task').filter((task) => task.element === 'Two')).toHaveLength(1);
    expect(codeOf(p, { type: 'start', element: 'After', where: 'before', scope })).toBe('scope-wrong');
  });

  test('a token moves out of its subprocess, which is complete then', () => {
    const p = play(plan).task('Outside');
    modified(p, { type: 'move', key: key(p, 'Part'), to: 'Outside' });
    expect(p.waiting()).toEqual(['Outside']);
  });

  test('nothing is started in what the same modification cancels', () => {
    const p = play(plan).task('Outside');
    const cancel = { type: 'cancel', key: key(p, 'Part') } as const;
    expect(codeOf(p, { type: 'start', element: 'Deep', where: 'before' }, cancel)).toBe('scope-cancelled');
    expect(codeOf(p, cancel, cancel)).toBe('named-twice');
    expect(codeOf(p)).toBe('nothing-to-do');
  });

  test('that repeat cannot be created', () => {
    const many = aPlan()
      .add('startEvent', 'Start')
      .add('userTask', 'Outside')
      .scope('subProcess', 'Each', (b) => b.add('userTask', 'Inside'), {
        loop: { type: 'multi', sequential: false, cardinality: feel('2'), behavior: 'all' },
      })
      .flow('Start', 'Outside', 'Each')
      .build();
    const start = { type: 'start', element: 'Inside', where: 'before', createScopes: true } as const;
    expect(codeOf(play(many), start)).toBe('scope-not-creatable');
  });
});

describe('joins', () => {
  const forked = aPlan()
    .add('startEvent', 'Start')
    .add('parallelGateway', 'Fork')
    .add('userTask', 'A')
    .add('userTask', 'B')
    .add('parallelGateway', 'Join')
    .add('userTask', 'After')
    .flow('Start', 'Fork', 'A', 'Join')
    .flow('Fork', 'B', 'Join', 'After')
    .build();

  test('a token comes to one by a flow that is named', () => {
    const p = play(forked).task('A');
    const before = { type: 'move', key: key(p, 'B'), to: 'Join' } as const;
    expect(codeOf(p, before)).toBe('flow-needed');
    expect(codeOf(p, { ...before, flow: 'A-Join' })).toBe('join-count');
    expect(modified(p, { ...before, flow: 'B-Join' }).waiting()).toEqual(['After']);
  });

  test('none is left waiting for a token that cannot come', () => {
    const p = play(forked);
    expect(codeOf(p, { type: 'cancel', key: key(p, 'A') })).toBe('join-count');
    p.task('A');
    expect(codeOf(p, { type: 'cancel', key: key(p, 'B') })).toBe('join-count');
    modified(p, { type: 'cancel', key: key(p, 'Join') }, { type: 'move', key: key(p, 'B'), to: 'After' });
    expect(p.waiting()).toEqual(['After']);
    expect(p.task('After').state.status).toBe('completed');
  });
});

test('an instance that has ended is not modified', () => {
  const p = play(steps).task('First').job('Second').task('Third');
  expect(codeOf(p, { type: 'start', element: 'First', where: 'before' })).toBe('not-active');
});
