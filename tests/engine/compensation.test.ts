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

  test('that nobody waits for still keeps the instance open until it is done', () => {
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

describe('a transaction', () => {
  const payment = () =>
    aPlan()
      .add('startEvent', 'Start')
      .scope('transaction', 'Pay', (inside) =>
        undoable(inside, 'Reserve')
          .add('userTask', 'Confirm')
          .add('userTask', 'Beside')
          .add('endEvent', 'Stop', { events: [{ type: 'cancel' }] })
          .flow('Reserve', 'Confirm', 'Stop'),
      )
      .boundary('Pay', 'Cancelled', { events: [{ type: 'cancel' }] })
      .add('userTask', 'Tell')
      .add('userTask', 'Done')
      .flow('Start', 'Pay', 'Done')
      .flow('Cancelled', 'Tell');

  test('that is cancelled ends what is open, undoes what was done, and leaves by its cancel event', () => {
    const p = play(payment().build()).job('Reserve').task('Confirm');
    expect(p.waiting()).toEqual(['Stop', 'UndoReserve']);
    expect(p.job('UndoReserve').waiting()).toEqual(['Tell']);
  });

  test('that is not cancelled is a subprocess like any other', () => {
    const plan = payment().build();
    const p = play(plan).job('Reserve').task('Beside');
    expect(p.waiting()).toEqual(['Confirm']);
  });

  test('that has nothing to undo leaves at once', () => {
    const p = play(
      aPlan()
        .scope('transaction', 'Pay', (inside) => inside.add('endEvent', 'Stop', { events: [{ type: 'cancel' }] }))
        .boundary('Pay', 'Cancelled', { events: [{ type: 'cancel' }] })
        .add('userTask', 'Tell')
        .flow('Cancelled', 'Tell')
        .build(),
    );
    expect(p.waiting()).toEqual(['Tell']);
  });
});

describe('an ad-hoc subprocess', () => {
  const adHoc = (more: object) =>
    aPlan()
      .scope(
        'adHocSubProcess',
        'Any',
        (inside) => inside.add('userTask', 'A').add('userTask', 'B').add('userTask', 'C'),
        more,
      )
      .add('userTask', 'After')
      .flow('Any', 'After')
      .build();

  test('starts all that stands in it and ends when all is done', () => {
    const p = play(adHoc({}));
    expect(p.task('C').task('A').waiting()).toEqual(['B']);
    expect(p.task('B').waiting()).toEqual(['After']);
  });

  test('in sequence has one thing at a time', () => {
    const p = play(adHoc({ ordering: 'sequential' }));
    expect(p.waiting()).toEqual(['A']);
    expect(p.task('A').waiting()).toEqual(['B']);
    expect(p.task('B').task('C').waiting()).toEqual(['After']);
  });

  test('ends when its completion condition holds, and cancels the rest or lets it end', () => {
    const condition = { completionCondition: feel('enough') };
    const cancelled = play(adHoc(condition), { enough: false }).task('A');
    expect(cancelled.task('B', { enough: true }).waiting()).toEqual(['After']);
    const patient = play(adHoc({ ...condition, cancelRemaining: false }), { enough: false });
    expect(patient.task('B', { enough: true }).waiting()).toEqual(['A', 'C']);
    expect(patient.task('A').task('C').waiting()).toEqual(['After']);
  });

  test('starts only what its drawing chooses', () => {
    expect(play(adHoc({ activeElements: feel('chosen') }), { chosen: ['B'] }).waiting()).toEqual(['B']);
    expect(play(adHoc({ activeElements: feel('chosen') }), { chosen: ['X'] }).incident('Any')?.code).toBe(
      'expression-failed',
    );
  });
});

test('a link goes on where its other end stands', () => {
  const p = play(
    aPlan()
      .add('startEvent', 'Start')
      .add('intermediateThrowEvent', 'Off', { events: [{ type: 'link', name: 'page 2' }] })
      .add('intermediateCatchEvent', 'On', { events: [{ type: 'link', name: 'page 2' }] })
      .add('userTask', 'After')
      .flow('Start', 'Off')
      .flow('On', 'After')
      .build(),
  );
  expect(p.waiting()).toEqual(['After']);
});

describe('an escalation', () => {
  const raising = (interrupting: boolean) =>
    aPlan()
      .scope('subProcess', 'Inside', (inside) =>
        inside
          .add('startEvent', 'Start')
          .add('intermediateThrowEvent', 'Raise', {
            events: [{ type: 'escalation', code: literal('late') }],
            inputs: [{ source: feel('"why"'), target: 'reason' }],
          })
          .add('userTask', 'GoOn')
          .flow('Start', 'Raise', 'GoOn'),
      )
      .boundary('Inside', 'Heard', {
        interrupting,
        events: [{ type: 'escalation', code: literal('late'), codeVariable: 'code' }],
      })
      .add('userTask', 'Boss')
      .flow('Heard', 'Boss')
      .build();

  test('is heard beside what raised it', () => {
    const p = play(raising(false));
    expect(p.waiting()).toEqual(['Boss', 'GoOn']);
    expect(p.variables).toMatchObject({ code: 'late', reason: 'why' });
  });

  test('ends what raised it when it interrupts', () => {
    expect(play(raising(true)).waiting()).toEqual(['Boss']);
  });

  test('that nobody hears is of no consequence', () => {
    const p = play(
      aPlan()
        .add('startEvent', 'Start')
        .add('intermediateThrowEvent', 'Raise', { events: [{ type: 'escalation', code: literal('late') }] })
        .add('userTask', 'GoOn')
        .flow('Start', 'Raise', 'GoOn')
        .build(),
    );
    expect(p.waiting()).toEqual(['GoOn']);
  });
});

describe('a conditional event', () => {
  const waiting = aPlan()
    .add('intermediateCatchEvent', 'Until', { events: [{ type: 'conditional', condition: feel('amount > 100') }] })
    .add('userTask', 'After')
    .flow('Until', 'After')
    .build();

  test('waits until its condition holds, also for a variable that does not exist yet', () => {
    const p = play(waiting);
    expect(p.set({ amount: 5 }).waiting()).toEqual(['Until']);
    expect(p.set({ amount: 500 }).waiting()).toEqual(['After']);
  });

  test('that holds already does not wait', () => {
    expect(play(waiting, { amount: 500 }).waiting()).toEqual(['After']);
  });

  test('beside an activity fires each time its condition begins to hold', () => {
    const p = play(
      aPlan()
        .add('userTask', 'Work')
        .boundary('Work', 'Alarm', { interrupting: false, events: [{ type: 'conditional', condition: feel('hot') }] })
        .add('sendTask', 'Tell')
        .flow('Alarm', 'Tell')
        .build(),
      { hot: false },
    );
    p.set({ hot: true }).set({ other: 1 }).set({ hot: false }).set({ hot: true });
    expect(p.commandsTo('run-job')).toHaveLength(2);
  });
});

describe('multiple events', () => {
  const events = [
    { type: 'message', name: literal('paper') },
    { type: 'signal', name: literal('stamp') },
  ] as const;
  const catching = (parallelMultiple: boolean) =>
    play(
      aPlan()
        .add('intermediateCatchEvent', 'Wait', { events: [...events], parallelMultiple })
        .add('userTask', 'After')
        .flow('Wait', 'After')
        .build(),
    );

  test('any one of them will do', () => {
    expect(catching(false).message('paper').waiting()).toEqual(['After']);
  });

  test('parallel, all of them are needed, and one that comes twice counts once', () => {
    const p = catching(true).message('paper', { id: 'm1', variables: { page: 1 } });
    expect(p.waiting()).toEqual(['Wait']);
    p.message('paper', { id: 'm2' });
    expect(p.last.refusal?.code).toBe('nobody-waits');
    p.send({ type: 'signal', name: 'stamp', variables: {} });
    expect(p.waiting()).toEqual(['After']);
    expect(p.variables).toEqual({ page: 1 });
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

  test('is interrupted by an error event of its own: the flow from there and the next handler go on', () => {
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

  test('that fails is an incident; a retry goes on to the next', () => {
    const p = handled({}).jobFails('UndoHotel');
    expect(p.incident('UndoHotel')).toMatchObject({ code: 'job-failed' });
    expect(p.retry('UndoHotel').job('UndoHotel').waiting()).toEqual(['Undo', 'UndoFlight']);
  });
});

test('a call activity is undone by its handler; without one there is nothing to undo', () => {
  const call = (handler: boolean) => {
    const builder = aPlan().add('startEvent', 'Start').add('callActivity', 'Call');
    if (handler)
      builder
        .add('callActivity', 'UndoCall', { forCompensation: true, process: literal('undoing') })
        .boundary('Call', 'OnCall', { ...undo, handler: 'UndoCall' });
    const p = play(builder.add('endEvent', 'Undo', undo).flow('Start', 'Call', 'Undo').build());
    p.send({ type: 'call-completed', key: p.at('Call').key, variables: {} });
    return p;
  };
  expect(call(false).state.status).toBe('completed');
  const p = call(true);
  expect(p.commandsTo('call').at(-1)).toMatchObject({ process: 'undoing' });
  p.send({ type: 'call-completed', key: p.at('UndoCall').key, variables: {} });
  expect(p.state.status).toBe('completed');
});
