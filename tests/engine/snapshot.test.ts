/**
 * The state as it is written down (engine/written). That it is read as it was is checked after every step of every engine test
 * (support/play.ts) and of the tests of the definitions (tests/kit/world.ts).
 */
import { describe, expect, it } from 'vitest';
import type { Plan } from '../../engine/model/plan.ts';
import type { Actor, InstanceState } from '../../engine/model/types.ts';
import { decodeState, encodeState } from '../../engine/snapshot/snapshot.ts';
import { aPlan, feel, literal } from './support/plan.ts';
import { play, someone } from './support/play.ts';

const limit = { id: 'answer', name: '答复时限', tell: ['president'] };
const timer = { kind: 'date' as const, value: feel('add working days("2026-09-30T10:00:00Z", 3)') };

const reviewed = (more: { name?: string; role?: string; limited?: boolean } = {}): Plan =>
  aPlan()
    .add('startEvent', 'Start')
    .add('userTask', 'Review', {
      name: more.name ?? '审核',
      user: { candidateGroups: literal(more.role ?? 'handler'), dueDate: literal('PT24H'), formId: 'review' },
    })
    .boundary('Review', 'Late', {
      interrupting: false,
      events: [{ type: 'timer', timer, ...(more.limited !== false && { limit }) }],
    })
    .add('userTask', 'Close', { user: {} })
    .add('endEvent', 'End')
    .flow('Start', 'Review', 'Close', 'End')
    .build();

const through = (plan: Plan, state: InstanceState): InstanceState =>
  decodeState(plan, JSON.parse(JSON.stringify(encodeState(plan, state))));

describe('a written state', () => {
  it('leaves out what the plan contains and what would be repeated', () => {
    const plan = reviewed();
    const text = JSON.stringify(encodeState(plan, play(plan).state));
    for (const known of ['审核', 'candidateGroups', '答复时限', 'president', 'excludedUsers', 'priority'])
      expect(text).not.toContain(known);
    expect(text.match(/"working-days"/g)).toHaveLength(1);
  });

  it('keeps who closed a task, with the role when it is not the one the task is drawn for', () => {
    const plan = reviewed();
    const closed = (by: Actor) => encodeState(plan, play(plan).task('Review', {}, by).state)['closedTasks'];
    expect(closed(someone)).toEqual([[expect.any(String), 'Review', expect.any(String), someone.id]]);
    expect(closed({ id: 'p', role: 'president' })).toEqual([
      [expect.any(String), 'Review', expect.any(String), 'p', 'president'],
    ]);
    expect(closed({ id: 'p' })).toEqual([[expect.any(String), 'Review', expect.any(String), 'p', null]]);
  });

  it.each([
    ['another name and role', reviewed({ name: '复核', role: 'president' })],
    ['no promise', reviewed({ limited: false })],
    ['none of its elements', aPlan().add('task', 'Other').build()],
  ])('is read as it was beside a plan with %s', (_, other) => {
    const p = play(reviewed()).advance('P30D');
    expect(p.state.clocks).toMatchObject([{ status: 'breached', name: '答复时限' }]);
    for (const state of [play(reviewed()).state, p.state, p.task('Review').state])
      expect(through(other, state)).toStrictEqual(state);
  });

  it('keeps what an act took away, though the plan gives it', () => {
    const plan = reviewed();
    const { state } = play(plan);
    const wait = play(plan).at('Review');
    if (wait.kind !== 'task') throw new Error('Review is a task.');
    const { formId: _, ...task } = { ...wait.task, name: '另一个名字', candidateGroups: [], priority: 90 };
    const changed = { ...state, waits: { ...state.waits, [wait.key]: { ...wait, task } } };
    expect(through(plan, changed)).toStrictEqual(changed);
  });

  describe('of a multi-instance', () => {
    const texts = Array.from({ length: 200 }, (_, n) => ({ n, text: `item ${n}` }));
    const long = JSON.stringify(texts).length;
    const over = (source: string): Plan =>
      aPlan()
        .add('userTask', 'Ask', {
          loop: {
            type: 'multi',
            sequential: true,
            inputCollection: feel(source),
            inputElement: 'one',
            behavior: 'all',
            outputCollection: 'answers',
            outputElement: feel('one.n'),
          },
        })
        .build();
    const multiOf = (state: InstanceState) => {
      const multi = Object.values(state.waits).find((wait) => wait.kind === 'multi');
      if (multi?.kind !== 'multi') throw new Error('There is no multi-instance.');
      return multi;
    };

    it.each([
      ['a variable', 'texts', { texts }],
      ['a part of a variable', 'order.lines', { order: { number: 7, lines: texts } }],
    ])('over %s has the list once, and shares it again when read', (_, source, variables) => {
      const plan = over(source);
      const p = play(plan, variables).task('Ask');
      expect(JSON.stringify(encodeState(plan, p.state)).length).toBeLessThan(long + 2500);
      const read = through(plan, p.state);
      expect(read).toStrictEqual(p.state);
      const root = read.waits[read.root]?.variables;
      expect([root?.['texts'], (root?.['order'] as { lines?: unknown } | undefined)?.lines]).toContain(
        multiOf(read).items,
      );
    });

    it.each([
      ['worked out by an expression', 'for t in texts return t.text', {}],
      ['whose variable was changed since', 'texts', { texts: ['another'] }],
    ])('over a list %s is read as it was', (_, source, since) => {
      const plan = over(source);
      const p = play(plan, { texts });
      p.send({ type: 'set-variables', variables: since, by: someone });
      const read = through(plan, p.task('Ask').state);
      expect(read).toStrictEqual(p.state);
      expect(multiOf(read).items).toHaveLength(200);
    });

    it('has a list that two of them go through once', () => {
      const loop = { type: 'multi', sequential: true, inputCollection: feel('for t in texts return t.text') } as const;
      const plan = aPlan()
        .add('userTask', 'Ask', { loop: { ...loop, behavior: 'all' } })
        .add('userTask', 'Tell', { loop: { ...loop, behavior: 'all' } })
        .build();
      const { state } = play(plan, { texts });
      expect(JSON.stringify(encodeState(plan, state)).match(/"item 199"/g)).toHaveLength(2);
      expect(through(plan, state)).toStrictEqual(state);
    });
  });
});
