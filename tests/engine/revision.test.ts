import { describe, expect, it, test } from 'vitest';
import { ENGINE_REVISION, engineChanges, isAtLeast, RELEASED_REVISION } from '../../engine/core/revision.ts';
import { createInstance } from '../../engine/index.ts';
import type { BehaviourChange } from '../../engine/model/behaviour-change.ts';
import { decodeState, encodeState } from '../../engine/snapshot/snapshot.ts';
import { goldenHistories, problemsOf, sourceBut } from '../support/behaviour-changes.ts';
import { calendar, startedAt } from './support/basics.ts';
import { aPlan } from './support/plan.ts';
import { play } from './support/play.ts';

const register: Record<string, BehaviourChange> = engineChanges;

test('the register of engine changes has no gap, no number twice, and golden histories that exist', () => {
  const source = sourceBut('engine/core/revision.ts', 'engine');
  expect(problemsOf(register, { first: 2, histories: goldenHistories(), source })).toEqual([]);
});

test('the engine revision is the number of the newest change', () => {
  expect(ENGINE_REVISION).toBe(Object.keys(register).length + 1);
  expect(RELEASED_REVISION).toBeLessThanOrEqual(ENGINE_REVISION);
});

describe('an instance', () => {
  const plan = aPlan().add('userTask', 'Ask').build();
  const start = {
    id: 'p/K1',
    businessKey: 'K1',
    definition: { key: 'p', version: 1, hash: 'h' },
    calendar,
    now: startedAt,
  };

  it('begins with the newest revision, or with the one that its history has', () => {
    expect(createInstance(plan, start).revision).toBe(ENGINE_REVISION);
    expect(createInstance(plan, { ...start, revision: 7 }).revision).toBe(7);
  });

  it('keeps its revision from step to step and from run to run', () => {
    const p = play(plan);
    p.state = { ...p.state, revision: 7 };
    p.set({ a: 1 });
    expect(p.state.revision).toBe(7);
    expect(decodeState(plan, JSON.parse(JSON.stringify(encodeState(plan, p.state)))).revision).toBe(7);
  });

  it('has the changes up to its revision', () => {
    expect([2, 3, 4].map((number) => isAtLeast({ revision: 3 }, number))).toEqual([true, true, false]);
  });
});

describe('the check of a register', () => {
  const change = (number: number, more: Partial<BehaviourChange> = {}): BehaviourChange => ({
    number,
    what: 'Joins count tokens; before, they counted flows.',
    since: '2026-11-06',
    history: 'two-tasks',
    removable: 'When no instance of before is active.',
    ...more,
  });
  const rules = { first: 2, histories: ['two-tasks'], source: "includesChange(run.before, 'joins-count')" };
  const removed = { removed: '2027-01-04' };

  it('accepts a change that code asks for, and one whose branch was removed', () => {
    expect(problemsOf({ 'joins-count': change(2), 'loops-end': change(3, removed) }, rules)).toEqual([]);
  });

  it.each<[string, Record<string, BehaviourChange>, string]>([
    ['a number twice', { 'joins-count': change(2), 'loops-end': change(2, removed) }, 'The numbers are 2, 2'],
    ['a gap', { 'joins-count': change(3) }, 'The numbers are 3'],
    [
      'a missing golden history',
      { 'joins-count': change(2, { history: 'none' }) },
      'history none, which does not exist',
    ],
    ['a change that no code asks for', { 'loops-end': change(2) }, 'No code asks for loops-end'],
    ['a removed change that code asks for', { 'joins-count': change(2, removed) }, 'code still asks for it'],
    ['a date that is none', { 'joins-count': change(2, { since: 'soon' }) }, 'has no date'],
    ['no explanation', { 'joins-count': change(2, { what: ' ' }) }, 'does not say what changes'],
    ['an id that is no words', { 'joins-count': change(2), X1: change(3, removed) }, 'X1 is not named in words'],
  ])('reports %s', (_, changes, problem) => {
    const found = problemsOf(changes, rules);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(problem);
  });
});
