/**
 * The state as it is written down (engine/written). That it is read as it was is checked after every step of every engine test
 * (support/play.ts) and of the tests of the definitions (tests/kit/world.ts).
 */
import { describe, expect, it } from 'vitest';
import type { Plan } from '../../engine/plan.ts';
import type { Actor, InstanceState } from '../../engine/types.ts';
import { readState, writeState } from '../../engine/written/state.ts';
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
  readState(plan, JSON.parse(JSON.stringify(writeState(plan, state))));

describe('a written state', () => {
  it('leaves out what stands in the plan and what it says twice', () => {
    const plan = reviewed();
    const text = JSON.stringify(writeState(plan, play(plan).state));
    for (const known of ['审核', 'candidateGroups', '答复时限', 'president', 'excludedUsers', 'priority'])
      expect(text).not.toContain(known);
    expect(text.match(/"working-days"/g)).toHaveLength(1);
  });

  it('keeps who closed a task, with the role when it is not the one the task is drawn for', () => {
    const plan = reviewed();
    const closed = (by: Actor) => writeState(plan, play(plan).task('Review', {}, by).state)['closedTasks'];
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

  it('of format 1, the state itself as runs carried it before, is taken as it is', () => {
    const plan = reviewed();
    const { state } = play(plan);
    expect(readState(plan, JSON.parse(JSON.stringify(state)))).toStrictEqual(state);
  });
});
