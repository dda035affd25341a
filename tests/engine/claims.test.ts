/** Sentences of the standard that meet each other in one definition: what each says alone must hold together too. */
import { describe, expect, test } from 'vitest';
import type { EventDefinition, MultiInstance } from '../../engine/model/plan.ts';
import { aPlan, feel, literal, type PlanBuilder } from './support/plan.ts';
import { type Play, play } from './support/play.ts';

const each = (more: Partial<MultiInstance> = {}): MultiInstance => ({
  type: 'multi',
  sequential: false,
  inputCollection: feel('items'),
  inputElement: 'item',
  behavior: 'all',
  ...more,
});

const message = (name: string): EventDefinition => ({ type: 'message', name: literal(name) });

const error = (code?: string): EventDefinition => ({ type: 'error', ...(code && { code: literal(code) }) });

const escalation = (code: string): EventDefinition => ({ type: 'escalation', code: literal(code) });

const timer = (value: string, kind: 'duration' | 'cycle' = 'duration'): EventDefinition => ({
  type: 'timer',
  timer: { kind, value: literal(value) },
});

const chain = (b: PlanBuilder) => b.add('startEvent', 'Start').add('userTask', 'After');

const times = (p: Play, element: string) => p.completed().filter((id) => id === element).length;

describe('a multi-instance subprocess', () => {
  const inside = (fill: (inside: PlanBuilder) => void, loop = each()) =>
    chain(aPlan()).scope('subProcess', 'Each', fill, { loop });

  test('ends as a whole by an error that an event subprocess of one instance throws', () => {
    const plan = inside((b) =>
      b.add('userTask', 'Work').scope('eventSubProcess', 'Alarm', (alarm) =>
        alarm
          .add('startEvent', 'Rang', { events: [message('alarm')] })
          .add('endEvent', 'Fail', { events: [error('E')] })
          .flow('Rang', 'Fail'),
      ),
    )
      .boundary('Each', 'Caught', { events: [error('E')] })
      .add('userTask', 'Rescue')
      .flow('Start', 'Each', 'After')
      .flow('Caught', 'Rescue')
      .build();
    const p = play(plan, { items: [1, 2, 3] });
    expect(p.waits('task')).toHaveLength(3);
    expect(p.message('alarm').waiting()).toEqual(['Rescue']);
    expect(p.task('Rescue').state.status).toBe('completed');
  });

  test('catches an escalation of one instance, and continues with all', () => {
    const plan = inside((b) =>
      b
        .add('userTask', 'Work')
        .add('intermediateThrowEvent', 'Tell', { events: [escalation('late')] })
        .add('userTask', 'Rest')
        .flow('Work', 'Tell', 'Rest'),
    )
      .boundary('Each', 'Heard', { events: [escalation('late')], interrupting: false })
      .add('userTask', 'Look')
      .flow('Start', 'Each', 'After')
      .flow('Heard', 'Look')
      .build();
    const p = play(plan, { items: [1, 2] });
    p.task('Work');
    expect(p.waiting()).toEqual(['Each', 'Look', 'Rest', 'Work']);
    p.task('Work');
    expect(p.waits('task').filter(({ element }) => element === 'Look')).toHaveLength(2);
    p.task('Rest').task('Rest');
    expect(p.waiting()).toEqual(['After', 'Look', 'Look']);
  });

  test('collects what the instances of a multi-instance inside it have collected', () => {
    const plan = inside(
      (b) =>
        b.add('serviceTask', 'One', {
          loop: each({
            inputCollection: feel('item'),
            inputElement: 'part',
            outputCollection: 'parts',
            outputElement: feel('part * 10'),
            sequential: true,
          }),
        }),
      each({ outputCollection: 'all', outputElement: feel('parts') }),
    )
      .flow('Start', 'Each', 'After')
      .build();
    const p = play(plan, {
      items: [[1, 2], [], [3]],
    });
    p.job('One').job('One').job('One');
    expect(p.waiting()).toEqual(['After']);
    expect(p.variables['all']).toEqual([[10, 20], [], [30]]);
  });

  test('counts its own instances in the condition that completes it, however they end', () => {
    const plan = inside(
      (b) =>
        b
          .add('userTask', 'Work')
          .add('endEvent', 'Stop', { events: [{ type: 'terminate' }] })
          .flow('Work', 'Stop'),
      each({ completionCondition: feel('numberOfCompletedInstances = 2') }),
    )
      .flow('Start', 'Each', 'After')
      .build();
    const p = play(plan, { items: [1, 2, 3] });
    expect(p.task('Work').waits('task')).toHaveLength(2);
    expect(p.task('Work').waiting()).toEqual(['After']);
  });
});

describe('compensation', () => {
  test('of a multi-instance task runs its handler once for each instance, with what that one had', () => {
    const plan = chain(aPlan())
      .add('serviceTask', 'Book', {
        loop: each({ sequential: true }),
        outputs: [{ source: feel('item'), target: 'booked' }],
      })
      .boundary('Book', 'Undo', { events: [{ type: 'compensate', waitForCompletion: true }], handler: 'Cancel' })
      .add('serviceTask', 'Cancel', { forCompensation: true, inputs: [{ source: feel('item'), target: 'cancelled' }] })
      .add('intermediateThrowEvent', 'Back', { events: [{ type: 'compensate', waitForCompletion: true }] })
      .flow('Start', 'Book', 'Back', 'After')
      .build();
    const p = play(plan, { items: ['a', 'b'] })
      .job('Book')
      .job('Book');
    p.job('Cancel').job('Cancel');
    const inputs = p.commandsTo('run-job').filter(({ element }) => element === 'Cancel');
    expect(inputs.map(({ input }) => input['cancelled'])).toEqual(['b', 'a']);
    expect(p.waiting()).toEqual(['After']);
  });

  const transaction = chain(aPlan())
    .scope('transaction', 'Deal', (b) =>
      b
        .add('userTask', 'Pay')
        .boundary('Pay', 'PayUndo', { events: [{ type: 'compensate', waitForCompletion: true }], handler: 'Refund' })
        .add('userTask', 'Refund', { forCompensation: true })
        .add('userTask', 'Decide')
        .add('exclusiveGateway', 'Ok')
        .add('endEvent', 'Done')
        .add('endEvent', 'Off', { events: [{ type: 'cancel' }] })
        .flow('Pay', 'Decide', 'Ok')
        .branch('Ok', 'Done', { condition: 'ok' })
        .branch('Ok', 'Off', { default: true }),
    )
    .boundary('Deal', 'Cancelled', { events: [{ type: 'cancel' }] })
    .boundary('Deal', 'Late', { events: [timer('P1D')] })
    .add('userTask', 'Apologise')
    .add('userTask', 'Remind')
    .flow('Start', 'Deal', 'After')
    .flow('Cancelled', 'Apologise')
    .flow('Late', 'Remind')
    .build();

  test('of a cancelled transaction waits for its people before the cancel event is passed', () => {
    const p = play(transaction).task('Pay').task('Decide', { ok: false });
    expect(p.waits('task').map(({ element }) => element)).toEqual(['Refund']);
    expect(p.task('Refund').waiting()).toEqual(['Apologise']);
    expect(p.task('Apologise').state.status).toBe('completed');
  });

  test('of a cancelled transaction is not cut short by an event that would interrupt it', () => {
    const p = play(transaction).task('Pay').task('Decide', { ok: false }).advance('P2D');
    expect(p.waits('task').map(({ element }) => element)).toEqual(['Refund']);
    expect(p.task('Refund').waiting()).toEqual(['Apologise']);
  });
});

describe('tokens', () => {
  test('several flows between two nodes and both quantities multiply', () => {
    const plan = aPlan()
      .add('startEvent', 'Start')
      .add('task', 'Out', { completionQuantity: 2 })
      .add('userTask', 'In', { startQuantity: 2 })
      .branch('Start', 'Out')
      .branch('Out', 'In', { id: 'first' })
      .branch('Out', 'In', { id: 'second' })
      .build();
    const p = play(plan);
    expect(p.waits('task')).toHaveLength(2);
    expect(p.waits('join')).toHaveLength(0);
    expect(p.task('In').task('In').state.status).toBe('completed');
  });

  test('an inclusive join inside a loop waits for the tokens of its round alone', () => {
    const plan = aPlan()
      .add('startEvent', 'Start')
      .add('exclusiveGateway', 'Again')
      .add('inclusiveGateway', 'Split')
      .add('userTask', 'A')
      .add('userTask', 'B')
      .add('inclusiveGateway', 'Join')
      .add('userTask', 'Check')
      .add('exclusiveGateway', 'Decide')
      .add('endEvent', 'End')
      .flow('Start', 'Again', 'Split')
      .branch('Split', 'A', { condition: 'a' })
      .branch('Split', 'B', { condition: 'b' })
      .flow('A', 'Join')
      .flow('B', 'Join', 'Check', 'Decide')
      .branch('Decide', 'Again', { condition: 'more' })
      .branch('Decide', 'End', { default: true })
      .build();
    const p = play(plan, { a: true, b: true, more: true }).task('A');
    expect(p.waiting()).toEqual(['B', 'Join']);
    p.task('B').task('Check', { b: false });
    expect(p.waiting()).toEqual(['A']);
    p.task('A');
    expect(p.waiting()).toEqual(['Check']);
    expect(p.task('Check', { more: false }).state.status).toBe('completed');
  });

  test('a message that interrupts a subprocess takes what its event subprocess has begun with it', () => {
    const plan = chain(aPlan())
      .scope('subProcess', 'Sub', (b) =>
        b.add('userTask', 'Work').scope('eventSubProcess', 'Beside', (beside) =>
          beside
            .add('startEvent', 'Go', { events: [message('go')], interrupting: false })
            .add('callActivity', 'Call')
            .flow('Go', 'Call'),
        ),
      )
      .boundary('Sub', 'Off', { events: [message('off'), { type: 'signal', name: literal('stop') }] })
      .flow('Start', 'Sub', 'After')
      .add('userTask', 'Stopped')
      .flow('Off', 'Stopped')
      .build();
    const p = play(plan).message('go');
    const { key } = p.at('Call');
    p.message('off');
    expect(p.waiting()).toEqual(['Stopped']);
    expect(p.commandsTo('drop')).toContainEqual({ do: 'drop', key });
    const q = play(plan).message('go');
    q.send({ type: 'signal', name: 'stop', variables: { why: 'fire' } });
    expect(q.waiting()).toEqual(['Stopped']);
    expect(q.variables).toEqual({ why: 'fire' });
  });

  test('variables of a signal go through the mappings of the catching event', () => {
    const plan = chain(aPlan())
      .add('intermediateCatchEvent', 'Hear', {
        events: [{ type: 'signal', name: feel('"price-" + kind') }],
        outputs: [{ source: feel('amount * 2'), target: 'doubled' }],
      })
      .flow('Start', 'Hear', 'After')
      .build();
    const p = play(plan, { kind: 'x' });
    p.send({ type: 'signal', name: 'price-x', variables: { amount: 4, secret: 1 } });
    expect(p.variables).toEqual({ kind: 'x', doubled: 8 });
  });
});

describe('errors and escalations', () => {
  test('of an end event in a nested subprocess pass scopes that do not catch them', () => {
    const plan = chain(aPlan())
      .scope('subProcess', 'Outer', (b) =>
        b.add('userTask', 'Beside').scope('subProcess', 'Inner', (inner) =>
          inner
            .add('userTask', 'Work')
            .add('endEvent', 'Tell', { events: [escalation('late'), error('E')] })
            .flow('Work', 'Tell'),
        ),
      )
      .boundary('Outer', 'Heard', { events: [escalation('late')], interrupting: false })
      .boundary('Outer', 'Any', { events: [error()] })
      .add('userTask', 'Look')
      .add('userTask', 'Repair')
      .flow('Start', 'Outer', 'After')
      .flow('Heard', 'Look')
      .flow('Any', 'Repair')
      .build();
    expect(play(plan).task('Work').waiting()).toEqual(['Look', 'Repair']);
  });

  test('in a loop that tests before are caught for the loop as a whole', () => {
    const plan = chain(aPlan())
      .add('serviceTask', 'Try', { loop: { type: 'standard', testBefore: true, condition: feel('n > 0') } })
      .boundary('Try', 'Failed', { events: [error('E')] })
      .add('userTask', 'Repair')
      .flow('Start', 'Try', 'After')
      .flow('Failed', 'Repair')
      .build();
    const p = play(plan, { n: 2 }).job('Try').jobFails('Try', 'E');
    expect(p.waiting()).toEqual(['Repair']);
    expect(play(plan, { n: 0 }).waiting()).toEqual(['After']);
  });
});

describe('compensation that is asked for', () => {
  test('inside an event subprocess undoes what its parent has done, and the parent ends with it', () => {
    const plan = chain(aPlan())
      .scope('subProcess', 'Sub', (b) =>
        b
          .add('userTask', 'Book')
          .boundary('Book', 'BookUndo', {
            events: [{ type: 'compensate', waitForCompletion: true }],
            handler: 'Unbook',
          })
          .add('userTask', 'Unbook', { forCompensation: true })
          .add('userTask', 'Work')
          .flow('Book', 'Work')
          .scope('eventSubProcess', 'Rescue', (rescue) =>
            rescue
              .add('startEvent', 'Off', { events: [message('off')] })
              .add('intermediateThrowEvent', 'Undo', { events: [{ type: 'compensate', waitForCompletion: true }] })
              .add('userTask', 'Tell')
              .flow('Off', 'Undo', 'Tell'),
          ),
      )
      .flow('Start', 'Sub', 'After')
      .build();
    const p = play(plan).task('Book').message('off');
    expect(p.waits('task').map(({ element }) => element)).toEqual(['Unbook']);
    expect(p.task('Unbook').waiting()).toEqual(['Tell']);
    expect(p.task('Tell').waiting()).toEqual(['After']);
  });

  test('for one activity undoes every time it was done', () => {
    const plan = chain(aPlan())
      .add('exclusiveGateway', 'Again')
      .add('serviceTask', 'Book')
      .boundary('Book', 'BookUndo', { events: [{ type: 'compensate', waitForCompletion: true }], handler: 'Unbook' })
      .add('serviceTask', 'Unbook', { forCompensation: true })
      .add('serviceTask', 'Other')
      .boundary('Other', 'OtherUndo', { events: [{ type: 'compensate', waitForCompletion: true }], handler: 'Unother' })
      .add('serviceTask', 'Unother', { forCompensation: true })
      .add('exclusiveGateway', 'Decide')
      .add('intermediateThrowEvent', 'Undo', {
        events: [{ type: 'compensate', activity: 'Book', waitForCompletion: true }],
      })
      .flow('Start', 'Again', 'Book', 'Other', 'Decide')
      .branch('Decide', 'Again', { condition: 'more' })
      .branch('Decide', 'Undo', { default: true })
      .flow('Undo', 'After')
      .build();
    const p = play(plan, { more: true }).job('Book').job('Other').job('Book').job('Other', { more: false });
    expect(p.job('Unbook').job('Unbook').waiting()).toEqual(['After']);
    expect(times(p, 'Unother')).toBe(0);
  });
});
