import { describe, expect, test } from 'vitest';
import type { EventDefinition } from '../../engine/model/plan.ts';
import { aPlan, feel, literal, type PlanBuilder } from './support/plan.ts';
import { play } from './support/play.ts';

/** A job whose work `Undo<id>` takes back. */
const undoable = (builder: PlanBuilder, id: string) =>
  builder
    .add('serviceTask', id)
    .add('serviceTask', `Undo${id}`, { forCompensation: true })
    .boundary(id, `On${id}`, { events: [{ type: 'compensate', waitForCompletion: true }], handler: `Undo${id}` });

const booking = (activity?: string, waitForCompletion = true) => {
  const builder = aPlan().add('startEvent', 'Start');
  undoable(undoable(builder, 'Flight'), 'Hotel')
    .add('userTask', 'Decide')
    .add('endEvent', 'GiveUp', { events: [{ type: 'compensate', waitForCompletion, ...(activity && { activity }) }] })
    .flow('Start', 'Flight', 'Hotel', 'Decide', 'GiveUp');
  return play(builder.build()).job('Flight').job('Hotel').task('Decide');
};

describe('compensation', () => {
  test('undoes what was completed, last first, and waits for each', () => {
    const p = booking();
    expect(p.waits('job').map((wait) => wait.element)).toEqual(['UndoHotel']);
    p.job('UndoHotel');
    expect(p.waits('job').map((wait) => wait.element)).toEqual(['UndoFlight']);
    expect(p.job('UndoFlight').state.status).toBe('completed');
    expect(p.state.compensations).toEqual([]);
  });

  test('of one activity undoes that alone', () => {
    const p = booking('Flight');
    expect(p.waits('job').map((wait) => wait.element)).toEqual(['UndoFlight']);
    expect(p.job('UndoFlight').state.status).toBe('completed');
  });

  test('without a waiting thrower still keeps the instance open until it completes', () => {
    const p = booking(undefined, false);
    expect(p.state.status).toBe('active');
    expect(p.job('UndoHotel').job('UndoFlight').state.status).toBe('completed');
  });

  test('of nothing passes at once', () => {
    const p = play(
      aPlan()
        .add('startEvent', 'Start')
        .add('intermediateThrowEvent', 'Undo', { events: [{ type: 'compensate', waitForCompletion: true }] })
        .add('userTask', 'After')
        .flow('Start', 'Undo', 'After')
        .build(),
    );
    expect(p.waiting()).toEqual(['After']);
  });

  test('of a subprocess undoes what is inside, with its data as they were', () => {
    const builder = aPlan()
      .add('startEvent', 'Start')
      .scope('subProcess', 'Trip', (inside) => undoable(inside, 'Flight'), {
        inputs: [{ source: feel('place'), target: 'where' }],
      })
      .add('intermediateThrowEvent', 'Undo', { events: [{ type: 'compensate', waitForCompletion: true }] })
      .flow('Start', 'Trip', 'Undo');
    const p = play(builder.build(), { place: 'Oslo' }).job('Flight', { where: 'Bergen' });
    expect(p.commandsTo('run-job').at(-1)).toMatchObject({ element: 'UndoFlight', input: { where: 'Bergen' } });
    expect(p.job('UndoFlight').state.status).toBe('completed');
  });

  test('of a subprocess with its own way of undoing takes that', () => {
    const builder = aPlan()
      .add('startEvent', 'Start')
      .scope('subProcess', 'Trip', (inside) =>
        undoable(inside, 'Flight').scope('eventSubProcess', 'Refund', (refund) =>
          refund
            .add('startEvent', 'OnUndo', { events: [{ type: 'compensate', waitForCompletion: true }] })
            .add('serviceTask', 'PayBack')
            .add('endEvent', 'ThenInside', { events: [{ type: 'compensate', waitForCompletion: true }] })
            .flow('OnUndo', 'PayBack', 'ThenInside'),
        ),
      )
      .add('intermediateThrowEvent', 'Undo', { events: [{ type: 'compensate', waitForCompletion: true }] })
      .flow('Start', 'Trip', 'Undo');
    const p = play(builder.build()).job('Flight');
    expect(p.waits('job').map((wait) => wait.element)).toEqual(['PayBack']);
    p.job('PayBack');
    expect(p.waits('job').map((wait) => wait.element)).toEqual(['UndoFlight']);
    expect(p.job('UndoFlight').state.status).toBe('completed');
  });
});

const undo = { events: [{ type: 'compensate' as const, waitForCompletion: true }] };

describe('compensation of a loop', () => {
  const loop = (sequential: boolean) => ({
    type: 'multi' as const,
    sequential,
    inputCollection: feel('rooms'),
    inputElement: 'room',
    behavior: 'all' as const,
  });
  const rooms = { rooms: ['a', 'b', 'c'] };

  test.each([true, false])('undoes each instance, last first, with its own item (sequential: %s)', (sequential) => {
    const builder = aPlan()
      .add('startEvent', 'Start')
      .add('serviceTask', 'Book', { loop: loop(sequential) });
    builder
      .add('serviceTask', 'UndoBook', { forCompensation: true })
      .boundary('Book', 'OnBook', { ...undo, handler: 'UndoBook' })
      .add('intermediateThrowEvent', 'Undo', undo)
      .flow('Start', 'Book', 'Undo');
    const p = play(builder.build(), rooms);
    for (let i = 0; i < 3; i++) p.job('Book');
    for (let i = 0; i < 3; i++) p.job('UndoBook');
    expect(p.state.status).toBe('completed');
    const undone = p.commandsTo('run-job').filter(({ element }) => element === 'UndoBook');
    expect(undone.map(({ input }) => input)).toMatchObject([
      { room: 'c', loopCounter: 3 },
      { room: 'b', loopCounter: 2 },
      { room: 'a', loopCounter: 1 },
    ]);
  });

  test('undoes what each instance of a subprocess did, with the data of each', () => {
    const builder = aPlan()
      .add('startEvent', 'Start')
      .scope('subProcess', 'Room', (inside) => undoable(inside, 'Book'), { loop: loop(true) })
      .add('intermediateThrowEvent', 'Undo', undo)
      .flow('Start', 'Room', 'Undo');
    const p = play(builder.build(), rooms);
    for (let i = 0; i < 3; i++) p.job('Book', { number: i });
    for (let i = 0; i < 3; i++) p.job('UndoBook');
    expect(p.state.status).toBe('completed');
    const undone = p.commandsTo('run-job').filter(({ element }) => element === 'UndoBook');
    expect(undone.map(({ input }) => input['room'])).toEqual(['c', 'b', 'a']);
  });

  test('starts the compensation event subprocess of each instance once', () => {
    const builder = aPlan()
      .add('startEvent', 'Start')
      .scope(
        'subProcess',
        'Room',
        (inside) =>
          inside
            .add('serviceTask', 'Book')
            .scope('eventSubProcess', 'Undoing', (refund) =>
              refund.add('startEvent', 'OnUndo', undo).add('serviceTask', 'PayBack').flow('OnUndo', 'PayBack'),
            ),
        { loop: loop(false) },
      )
      .add('intermediateThrowEvent', 'Undo', undo)
      .flow('Start', 'Room', 'Undo');
    const p = play(builder.build(), { rooms: ['a', 'b'] })
      .job('Book')
      .job('Book')
      .job('PayBack')
      .job('PayBack');
    expect(p.state.status).toBe('completed');
    const paid = p.commandsTo('run-job').filter(({ element }) => element === 'PayBack');
    expect(paid.map(({ input }) => input['room'])).toEqual(['b', 'a']);
  });
});

describe('a compensation handler', () => {
  const handled = (more: object, fill: (builder: PlanBuilder) => PlanBuilder = (builder) => builder) => {
    const builder = undoable(aPlan().add('startEvent', 'Start'), 'Flight')
      .add('serviceTask', 'Hotel')
      .add('serviceTask', 'UndoHotel', { forCompensation: true, ...more })
      .boundary('Hotel', 'OnHotel', { ...undo, handler: 'UndoHotel' })
      .add('intermediateThrowEvent', 'Undo', undo)
      .add('userTask', 'After')
      .flow('Start', 'Flight', 'Hotel', 'Undo', 'After');
    return play(fill(builder).build()).job('Flight').job('Hotel');
  };

  test('with a loop marker runs as often as it says, before the next handler', () => {
    const multi = { type: 'multi', sequential: false, cardinality: feel('3'), behavior: 'all' };
    const p = handled({ loop: multi });
    expect(p.waits('job').map(({ element }) => element)).toEqual(['UndoHotel', 'UndoHotel', 'UndoHotel']);
    p.job('UndoHotel').job('UndoHotel').job('UndoHotel');
    expect(p.waits('job').map(({ element }) => element)).toEqual(['UndoFlight']);
    expect(p.job('UndoFlight').waiting()).toEqual(['After']);
  });

  test('with a standard loop runs until its condition no longer holds', () => {
    const p = handled({ loop: { type: 'standard', testBefore: false, condition: feel('loopCounter < 2') } });
    p.job('UndoHotel').job('UndoHotel');
    expect(p.waits('job').map(({ element }) => element)).toEqual(['UndoFlight']);
  });

  const withBoundary = (event: EventDefinition, interrupting: boolean) =>
    handled({}, (builder) =>
      builder
        .boundary('UndoHotel', 'Trouble', { events: [event], interrupting })
        .add('userTask', 'Help')
        .flow('Trouble', 'Help'),
    );

  test('is interrupted by an error event of its own: the flow from there and the next handler continue', () => {
    const p = withBoundary({ type: 'error' }, true).jobFails('UndoHotel', 'full');
    expect(p.waiting()).toEqual(['Help', 'Undo', 'UndoFlight']);
    expect(p.job('UndoFlight').waiting()).toEqual(['After', 'Help']);
    expect(p.task('After').task('Help').state.status).toBe('completed');
  });

  test.each([
    [true, ['Help', 'Undo', 'UndoFlight']],
    [false, ['Help', 'Undo', 'UndoHotel']],
  ])('has timers of its own (interrupting: %s)', (interrupting, waiting) => {
    const timer = { kind: 'duration', value: literal('PT1H') } as const;
    const p = withBoundary({ type: 'timer', timer }, interrupting).advance('PT1H');
    expect(p.waiting()).toEqual(waiting);
    if (!interrupting) p.job('UndoHotel');
    expect(p.job('UndoFlight').task('After').task('Help').state.status).toBe('completed');
  });

  test('that fails is an incident; a retry continues to the next', () => {
    const p = handled({}).jobFails('UndoHotel');
    expect(p.incident('UndoHotel')).toMatchObject({ code: 'job-failed' });
    expect(p.retry('UndoHotel').job('UndoHotel').waiting()).toEqual(['Undo', 'UndoFlight']);
  });
});
