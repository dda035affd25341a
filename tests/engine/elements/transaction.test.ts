import { describe, expect, test } from 'vitest';
import { aPlan, type PlanBuilder } from '../support/plan.ts';
import { play } from '../support/play.ts';

/** A job whose work `Undo<id>` takes back. */
const undoable = (builder: PlanBuilder, id: string) =>
  builder
    .add('serviceTask', id)
    .add('serviceTask', `Undo${id}`, { forCompensation: true })
    .boundary(id, `On${id}`, { events: [{ type: 'compensate', waitForCompletion: true }], handler: `Undo${id}` });

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
