import { describe, expect, test } from 'vitest';
import { explain } from '../../../engine/index.ts';
import { aPlan } from '../support/plan.ts';
import { play } from '../support/play.ts';

describe('parallel gateway', () => {
  const plan = aPlan()
    .add('startEvent', 'Start')
    .add('parallelGateway', 'Fork')
    .add('userTask', 'A')
    .add('userTask', 'B')
    .add('parallelGateway', 'Join')
    .add('userTask', 'After')
    .flow('Start', 'Fork', 'A', 'Join')
    .flow('Fork', 'B', 'Join', 'After')
    .build();

  test('continues when every incoming flow was taken', () => {
    const p = play(plan).task('A');
    expect(p.waiting()).toEqual(['B', 'Join']);
    expect(p.task('B').waiting()).toEqual(['After']);
    expect(p.task('After').state.status).toBe('completed');
  });

  test('that can no longer complete is reported at once', () => {
    const p = play(
      aPlan()
        .add('startEvent', 'Start')
        .add('exclusiveGateway', 'Choose')
        .add('userTask', 'A')
        .add('userTask', 'B')
        .add('parallelGateway', 'Join')
        .flow('Start', 'Choose')
        .branch('Choose', 'A', { default: true })
        .branch('Choose', 'B', { condition: 'false' })
        .flow('A', 'Join')
        .flow('B', 'Join')
        .build(),
    );
    p.task('A');
    expect(p.incident('Join')?.code).toBe('join-unreachable');
    expect(explain(p.plan, p.state, p.env).waits).toMatchObject([{ element: 'Join', canMove: false }]);
  });

  test('with one token too many keeps it for the next round', () => {
    const p = play(
      aPlan()
        .add('startEvent', 'Start')
        .add('parallelGateway', 'Fork')
        .add('task', 'A')
        .add('task', 'B')
        .add('exclusiveGateway', 'Merge')
        .add('userTask', 'C')
        .add('parallelGateway', 'Join')
        .add('userTask', 'After')
        .flow('Start', 'Fork', 'A', 'Merge')
        .flow('Fork', 'B', 'Merge', 'Join')
        .flow('Fork', 'C', 'Join', 'After')
        .build(),
    );
    p.task('C');
    expect(p.waiting()).toEqual(['After', 'Join']);
    expect(p.waits('join')[0]?.taken).toEqual({ 'Merge-Join': 1 });
  });
});
