import { describe, expect, test } from 'vitest';
import { advance } from '../../engine/core/lifecycle.ts';
import { newRun } from '../../engine/core/run.ts';
import type { Phase, Token } from '../../engine/core/run-types.ts';
import { kinds } from '../../engine/elements/registry.ts';
import { refuse } from '../../engine/index.ts';
import type { EngineEvent } from '../../engine/model/types.ts';
import { aPlan, feel } from './support/plan.ts';
import { Play, play, someone } from './support/play.ts';

const plan = aPlan().add('task', 'A', { stage: 'investigation' }).build();

function through(...phases: Phase[]): { kinds: string[]; stage: string | undefined } {
  const run = newRun(plan, new Play(plan).state, new Play(plan).env, kinds);
  const token: Token = { element: plan.elements['A']!, key: '2', scope: '1', phase: 'activating' };
  for (const phase of phases) advance(run, token, phase);
  return { kinds: run.journal.map((entry) => entry.kind), stage: run.patch?.stage?.id };
}

describe('the life of an element', () => {
  test('writes a line when it becomes active and when it is complete, and begins its stage', () => {
    expect(through('active', 'completing', 'completed')).toEqual({
      kinds: ['element-activated', 'element-completed'],
      stage: 'investigation',
    });
  });

  test('can be cancelled from anywhere before its end', () => {
    for (const before of [[], ['active'], ['active', 'completing']] as Phase[][])
      expect(through(...before, 'cancelling', 'cancelled').kinds.at(-1)).toBe('element-cancelled');
  });

  test.each<Phase[]>([['completed'], ['active', 'completed'], ['cancelled'], ['active', 'activating']])(
    'knows no other way (%s %s)',
    (...phases) => {
      expect(() => through(...phases)).toThrow(/cannot go from/);
    },
  );
});

describe('an instance', () => {
  const asking = aPlan().add('userTask', 'Ask').build();

  test('starts once', () => {
    const p = play(asking, { a: 1 });
    const { state } = p;
    p.send({ type: 'start', variables: { a: 2 } });
    expect(p.state).toBe(state);
  });

  test('does not start at a place its definition does not have', () => {
    const p = new Play(asking).start({}, 'Nowhere');
    expect(p.last.refusal?.code).toBe('unknown-start-event');
    expect(p.start().waiting()).toEqual(['Ask']);
  });

  test('ignores late events for a removed wait', () => {
    const p = play(asking);
    const { state } = p;
    const late: EngineEvent[] = [
      { type: 'job-completed', key: '99', variables: {} },
      { type: 'job-failed', key: '99', code: 'x', message: 'x' },
      { type: 'timer', key: '99', trigger: 0 },
      { type: 'call-completed', key: '99', variables: {} },
      { type: 'call-failed', key: '99', code: 'x', message: 'x' },
      { type: 'job-completed', key: p.at('Ask').key, variables: {} },
    ];
    for (const event of late) expect(p.send(event).state).toBe(state);
  });

  test('that has ended takes nothing any more', () => {
    const p = play(asking).task('Ask');
    const { state } = p;
    const acts: EngineEvent[] = [
      { type: 'cancel', reason: 'x', by: someone },
      { type: 'set-variables', variables: { a: 1 }, by: someone },
      { type: 'retry', key: '2', by: someone },
      { type: 'message', id: 'm', name: 'x', variables: {} },
    ];
    for (const event of acts) {
      expect(p.send(event)).toMatchObject({ state, refusal: { code: 'not-active' } });
      expect(refuse(asking, state, event, p.env)?.code).toBe('not-active');
    }
    expect(p.send({ type: 'signal', name: 'x', variables: {} }).refusal).toBeUndefined();
  });

  test('tells who did what, and does not lay to their account what followed by itself', () => {
    const p = play(aPlan().add('userTask', 'Ask').add('serviceTask', 'Then').flow('Ask', 'Then').build()).task('Ask');
    expect(p.last.journal.map((entry) => [entry.kind, entry.by?.id])).toEqual([
      ['task-completed', someone.id],
      ['element-completed', undefined],
      ['flow-taken', undefined],
      ['element-activated', undefined],
    ]);
  });

  test('keeps the stage it reached last', () => {
    const p = play(
      aPlan()
        .add('userTask', 'A', { stage: 'accepted' })
        .add('userTask', 'B')
        .add('userTask', 'C', { stage: 'closing' })
        .flow('A', 'B', 'C')
        .build(),
    );
    expect(p.state.stage?.id).toBe('accepted');
    expect(p.task('A').state.stage?.id).toBe('accepted');
    expect(p.task('B').state.stage).toEqual({ id: 'closing', since: p.now });
  });

  test('whose name for a variable is one of JavaScript’s own does not find it there', () => {
    const p = play(
      aPlan()
        .add('scriptTask', 'Read', { script: { source: feel('constructor'), resultVariable: 'x' } })
        .build(),
    );
    expect(p.incident('Read')?.code).toBe('missing-variable');
  });
});
