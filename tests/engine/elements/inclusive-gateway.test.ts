import { describe, expect, test } from 'vitest';
import { aPlan, literal } from '../support/plan.ts';
import { play } from '../support/play.ts';

describe('inclusive gateway', () => {
  const plan = aPlan()
    .add('startEvent', 'Start')
    .add('inclusiveGateway', 'Split')
    .add('userTask', 'A')
    .add('userTask', 'B')
    .add('userTask', 'C')
    .add('inclusiveGateway', 'Join')
    .add('userTask', 'After')
    .flow('Start', 'Split')
    .branch('Split', 'A', { condition: 'n > 0' })
    .branch('Split', 'B', { condition: 'n > 1' })
    .branch('Split', 'C', { default: true })
    .flow('A', 'Join')
    .flow('B', 'Join')
    .flow('C', 'Join', 'After')
    .build();

  test('takes every flow whose condition holds, and waits for just those', () => {
    const p = play(plan, { n: 2 });
    expect(p.waiting()).toEqual(['A', 'B']);
    expect(p.task('A').waiting()).toEqual(['B', 'Join']);
    expect(p.task('B').waiting()).toEqual(['After']);
  });

  test('takes the default flow when none holds', () => {
    expect(play(plan, { n: 0 }).task('C').waiting()).toEqual(['After']);
  });

  test('continues when the token it waited for is cancelled away', () => {
    const p = play(
      aPlan()
        .add('startEvent', 'Start')
        .add('parallelGateway', 'Fork')
        .add('userTask', 'A')
        .add('userTask', 'B')
        .boundary('B', 'Late', { events: [{ type: 'timer', timer: { kind: 'duration', value: literal('PT1H') } }] })
        .add('endEvent', 'Over')
        .add('inclusiveGateway', 'Join')
        .add('userTask', 'After')
        .flow('Start', 'Fork', 'A', 'Join')
        .flow('Fork', 'B', 'Join', 'After')
        .flow('Late', 'Over')
        .build(),
    ).task('A');
    expect(p.waiting()).toEqual(['B', 'Join', 'Late']);
    expect(p.advance('PT1H').waiting()).toEqual(['After']);
  });

  test('does not wait for a token that comes round again', () => {
    const p = play(
      aPlan()
        .add('startEvent', 'Start')
        .add('inclusiveGateway', 'Again')
        .add('userTask', 'Work')
        .add('exclusiveGateway', 'More')
        .add('endEvent', 'End')
        .flow('Start', 'Again', 'Work', 'More')
        .branch('More', 'Again', { condition: 'more' })
        .branch('More', 'End', { default: true })
        .build(),
    );
    expect(p.task('Work', { more: true }).waiting()).toEqual(['Work']);
    expect(p.task('Work', { more: false }).state.status).toBe('completed');
  });
});
