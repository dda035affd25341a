import { describe, expect, test } from 'vitest';
import { aPlan } from '../support/plan.ts';
import { play } from '../support/play.ts';

describe('exclusive gateway', () => {
  const plan = aPlan()
    .add('startEvent', 'Start')
    .add('exclusiveGateway', 'Choose', { name: '金额？' })
    .add('userTask', 'Large')
    .add('userTask', 'Small')
    .flow('Start', 'Choose')
    .branch('Choose', 'Large', { condition: 'amount > 100' })
    .branch('Choose', 'Small', { condition: 'amount <= 100' })
    .build();

  test('takes the first flow whose condition holds', () => {
    expect(play(plan, { amount: 500 }).waiting()).toEqual(['Large']);
    expect(play(plan, { amount: 5 }).waiting()).toEqual(['Small']);
  });

  test('never takes the default flow because a variable is missing', () => {
    const withDefault = aPlan()
      .add('startEvent', 'Start')
      .add('exclusiveGateway', 'Choose')
      .add('userTask', 'Large')
      .add('userTask', 'Small')
      .flow('Start', 'Choose')
      .branch('Choose', 'Large', { condition: 'amount > 100' })
      .branch('Choose', 'Small', { default: true })
      .build();
    const p = play(withDefault);
    expect(p.incident('Choose')?.code).toBe('missing-variable');
    expect(p.set({ amount: 1 }).retry('Choose').waiting()).toEqual(['Small']);
  });

  test('is an incident when no condition holds and there is no default', () => {
    const p = play(
      aPlan()
        .add('startEvent', 'Start')
        .add('exclusiveGateway', 'Choose')
        .add('task', 'Only')
        .flow('Start', 'Choose')
        .branch('Choose', 'Only', { condition: 'amount > 100' })
        .build(),
      { amount: 1 },
    );
    expect(p.incident('Choose')?.code).toBe('no-flow');
  });

  test('is an incident when a condition is neither true nor false', () => {
    const p = play(plan, { amount: null });
    expect(p.incident('Choose')?.code).toBe('expression-failed');
  });
});
