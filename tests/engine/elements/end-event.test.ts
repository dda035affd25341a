import { describe, expect, test } from 'vitest';
import type { EventDefinition, MultiInstance } from '../../../engine/model/plan.ts';
import { aPlan, feel, literal, type PlanBuilder } from '../support/plan.ts';
import { play } from '../support/play.ts';

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

const each = (more: Partial<MultiInstance> = {}): MultiInstance => ({
  type: 'multi',
  sequential: false,
  inputCollection: feel('items'),
  inputElement: 'item',
  behavior: 'all',
  ...more,
});

const message = (name: string): EventDefinition => ({ type: 'message', name: literal(name) });

const chain = (b: PlanBuilder) => b.add('startEvent', 'Start').add('userTask', 'After');

describe('an error end event', () => {
  const throwing = (inside: PlanBuilder) =>
    inside
      .add('startEvent', 'Inner')
      .add('endEvent', 'Throw', { events: [{ type: 'error', code: literal('E1') }] })
      .flow('Inner', 'Throw');

  test('is caught at the boundary of its subprocess', () => {
    expect(play(withBoundaries(throwing)).waiting()).toEqual(['AfterKnown']);
  });

  test('that is not caught ends the instance as failed, with the code', () => {
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

  test('in a subprocess ends only that, and the outer flow continues', () => {
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

describe('ends', () => {
  test('a terminate end event in a called scope of a multi-instance ends that instance alone', () => {
    const plan = chain(aPlan())
      .scope(
        'subProcess',
        'Each',
        (b) =>
          b
            .add('parallelGateway', 'Fork')
            .add('userTask', 'Wait')
            .add('userTask', 'Stop')
            .add('endEvent', 'Off', { events: [{ type: 'terminate' }] })
            .flow('Fork', 'Wait')
            .flow('Fork', 'Stop', 'Off'),
        { loop: each() },
      )
      .flow('Start', 'Each', 'After')
      .build();
    const p = play(plan, { items: [1, 2] }).task('Stop');
    expect(p.waits('task').map(({ element }) => element)).toEqual(['Wait', 'Stop']);
    expect(p.task('Stop').waiting()).toEqual(['After']);
  });

  test('a multiple end event throws all it names, and terminates last', () => {
    const plan = aPlan()
      .add('startEvent', 'Start')
      .add('parallelGateway', 'Fork')
      .add('userTask', 'Never')
      .add('endEvent', 'All', {
        events: [{ type: 'terminate' }, { type: 'signal', name: literal('done') }, message('done')],
      })
      .flow('Start', 'Fork', 'Never')
      .flow('Fork', 'All')
      .build();
    const p = play(plan);
    expect(p.state.status).toBe('terminated');
    expect(p.commandsTo('broadcast-signal')).toHaveLength(1);
    expect(p.commandsTo('publish-message')).toHaveLength(1);
  });
});
