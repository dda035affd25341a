/** Whose variables the instances of a loop write, and what is collected of them. */
import { describe, expect, test } from 'vitest';
import type { MultiInstance } from '../../engine/model/plan.ts';
import type { WaitOf } from '../../engine/model/types.ts';
import { aPlan, feel, literal, type PlanBuilder } from './support/plan.ts';
import { type Play, play, someone } from './support/play.ts';

const each = (more: Partial<MultiInstance> = {}): MultiInstance => ({
  type: 'multi',
  sequential: false,
  inputCollection: feel('items'),
  inputElement: 'item',
  outputCollection: 'votes',
  outputElement: feel('vote'),
  behavior: 'all',
  ...more,
});

const ended = (builder: PlanBuilder, activity: string) =>
  builder.add('startEvent', 'Start').add('userTask', 'After').flow('Start', activity, 'After').build();

const task = (loop: MultiInstance, more = {}) => ended(aPlan().add('userTask', 'Ask', { loop, ...more }), 'Ask');

/** Two tasks one after the other, in a subprocess per item. */
const twice = (loop: MultiInstance, more = {}) =>
  ended(
    aPlan().scope(
      'subProcess',
      'Each',
      (b) => b.add('userTask', 'First').add('userTask', 'Then').flow('First', 'Then'),
      {
        loop,
        ...more,
      },
    ),
    'Each',
  );

const open = (p: Play, element: string): WaitOf<'task'>[] => p.waits('task').filter((wait) => wait.element === element);

const complete = (p: Play, wait: WaitOf<'task'>, variables = {}): Play => {
  p.send({ type: 'task', key: wait.key, action: { type: 'complete', variables }, by: someone });
  return p;
};

describe('what an instance of a loop writes for its output element', () => {
  test('is its own until the end of a subprocess, whoever is done first', () => {
    const p = play(twice(each()), { items: ['A', 'B'] });
    const [a, b] = open(p, 'First');
    complete(complete(p, b!, { vote: 'no' }), a!, { vote: 'yes' });
    p.task('Then').task('Then');
    expect(p.variables).toEqual({ items: ['A', 'B'], votes: ['yes', 'no'] });
  });

  test('is null where nothing was brought, also beside a variable of that name further out', () => {
    const p = play(twice(each()), { items: ['A', 'B'], vote: 'of last year' });
    complete(p, open(p, 'First')[0]!, { vote: 'yes' });
    p.task('First').task('Then').task('Then');
    expect(p.variables).toEqual({ items: ['A', 'B'], vote: 'of last year', votes: ['yes', null] });
  });

  test.each([
    ['a property', 'answer.vote', { answer: { vote: 'yes' } }, ['yes', null]],
    [
      'a part of a larger expression',
      '{of: item, vote: vote}',
      { vote: 'yes' },
      [
        { of: 'A', vote: 'yes' },
        { of: 'B', vote: null },
      ],
    ],
    ['an argument', 'get or else(upper case(vote), "none")', { vote: 'yes' }, ['YES', 'none']],
  ])('is its own as %s', (_, source, brought, votes) => {
    const p = play(twice(each({ outputElement: feel(source) })), { items: ['A', 'B'] });
    complete(p, open(p, 'First')[0]!, brought);
    p.task('First').task('Then').task('Then');
    expect(p.variables).toEqual({ items: ['A', 'B'], votes });
  });

  test('is null where what it is worked out of was not brought', () => {
    const p = play(task(each({ outputElement: feel('vote * 2') })), { items: ['A', 'B'] });
    p.task('Ask', { vote: 1 });
    complete(p, open(p, 'Ask')[0]!);
    expect(p.variables).toEqual({ items: ['A', 'B'], votes: [2, null] });
  });

  test('may be the item itself, which the instance changes', () => {
    const p = play(twice(each({ outputElement: feel('item') })), { items: ['A', 'B'] });
    complete(p, open(p, 'First')[0]!, { item: 'a' });
    p.task('First').task('Then').task('Then');
    expect(p.variables).toEqual({ items: ['A', 'B'], votes: ['a', 'B'] });
  });

  test('may be written by an output mapping of the activity itself; other targets go out', () => {
    const outputs = [
      { source: feel('said = "y"'), target: 'vote' },
      { source: feel('said'), target: 'last' },
    ];
    const p = play(task(each(), { outputs }), { items: ['A', 'B'] });
    const [a, b] = open(p, 'Ask');
    complete(complete(p, b!, { said: 'n' }), a!, { said: 'y' });
    expect(p.variables).toEqual({ items: ['A', 'B'], last: 'y', votes: [true, false] });
  });

  test('reads beside its own what the scopes around have', () => {
    const p = play(task(each({ outputElement: feel('factor * weight') })), { items: ['A', 'B'], factor: 10 });
    complete(p, open(p, 'Ask')[0]!, { weight: 2 });
    complete(p, open(p, 'Ask')[0]!, { weight: 3 });
    expect(p.variables).toEqual({ items: ['A', 'B'], factor: 10, votes: [20, 30] });
  });

  test('of a loop within a loop goes to the instance around it', () => {
    const inner = each({
      inputCollection: feel('item'),
      inputElement: 'part',
      outputCollection: 'sums',
      outputElement: feel('part * 2'),
    });
    const plan = ended(
      aPlan().scope('subProcess', 'Each', (b) => b.add('userTask', 'Ask', { loop: inner }), {
        loop: each({ outputElement: feel('sums') }),
      }),
      'Each',
    );
    const p = play(plan, { items: [[1, 2], [3]] });
    while (open(p, 'Ask').length > 0) complete(p, open(p, 'Ask').at(-1)!);
    expect(p.variables).toEqual({ items: [[1, 2], [3]], votes: [[2, 4], [6]] });
  });
});

describe('the place of an instance', () => {
  test.each([7, 2, -1, 1.5, 'x', null, { a: 1 }])('does not follow a loop counter that became %j', (loopCounter) => {
    const p = play(task(each({ outputElement: feel('item') })), { items: ['a', 'b'] });
    const [a, b] = open(p, 'Ask');
    complete(complete(p, a!, { loopCounter }), b!);
    expect(p.variables).toEqual({ items: ['a', 'b'], votes: ['a', 'b'] });
  });

  test('is given to its compensation handler', () => {
    const plan = aPlan()
      .add('userTask', 'Book', { loop: each({ outputElement: feel('item') }) })
      .boundary('Book', 'Undo', { events: [{ type: 'compensate', waitForCompletion: true }], handler: 'Cancel' })
      .add('serviceTask', 'Cancel', { forCompensation: true })
      .add('intermediateThrowEvent', 'Throw', { events: [{ type: 'compensate', waitForCompletion: true }] })
      .flow('Book', 'Throw')
      .build();
    const p = play(plan, { items: ['a', 'b'] });
    const [a, b] = open(p, 'Book');
    complete(complete(p, a!, { loopCounter: 9, item: 'x' }), b!);
    p.job('Cancel').job('Cancel');
    expect(p.commandsTo('run-job').map(({ input }) => [input['loopCounter'], input['item']])).toEqual([
      [2, 'b'],
      [1, 'a'],
    ]);
  });
});

describe('the output collection', () => {
  test('is read by the completion condition, up to the instance that is done', () => {
    const loop = each({ completionCondition: feel('count(votes[item = true]) >= 2') });
    const p = play(task(loop), { items: [1, 2, 3] });
    p.task('Ask', { vote: true });
    expect(p.variables).toEqual({ items: [1, 2, 3] });
    complete(p, open(p, 'Ask')[0]!, { vote: true });
    expect(p.waiting()).toEqual(['After']);
    expect(p.variables).toEqual({ items: [1, 2, 3], votes: [true, true, null] });
  });

  test('is read within the instances and by their mappings', () => {
    const inputs = [{ source: feel('count(votes[item != null])'), target: 'before' }];
    const plan = ended(
      aPlan().add('serviceTask', 'Job', { inputs, loop: each({ sequential: true, outputElement: feel('before') }) }),
      'Job',
    );
    const p = play(plan, { items: ['a', 'b', 'c'] })
      .job('Job')
      .job('Job')
      .job('Job');
    expect(p.commandsTo('run-job').map(({ input }) => input['before'])).toEqual([0, 1, 2]);
    expect(p.variables['votes']).toEqual([0, 1, 2]);
  });

  test('is a variable of the loop, which it hides of the same name', () => {
    const p = play(task(each({ outputCollection: 'items' })), { items: ['a', 'b'] });
    p.task('Ask', { vote: 1 });
    expect(p.variables).toEqual({ items: ['a', 'b'] });
    complete(p, open(p, 'Ask')[0]!, { vote: 2 });
    expect(p.variables).toEqual({ items: [1, 2] });
  });

  test('is not spoilt by who writes a variable of that name within', () => {
    const p = play(task(each()), { items: ['a', 'b'] });
    const [a, b] = open(p, 'Ask');
    complete(complete(p, b!, { vote: 2, votes: 'all of them' }), a!, { vote: 1 });
    expect(p.variables).toEqual({ items: ['a', 'b'], votes: [1, 2] });
  });

  test('keeps what was brought when somebody skips the loop', () => {
    const p = play(task(each({ completionCondition: feel('enough') })), { items: ['a', 'b'] });
    p.task('Ask', { vote: 1 });
    p.send({ type: 'skip', key: p.waits('multi')[0]!.key, reason: 'enough', by: someone });
    expect(p.variables).toEqual({ items: ['a', 'b'], votes: [1, null] });
  });

  test('is heard of by conditional events as it grows', () => {
    const plan = aPlan()
      .add('userTask', 'Ask', { loop: each() })
      .boundary('Ask', 'Half', {
        interrupting: false,
        events: [{ type: 'conditional', condition: feel('count(votes[item != null]) = 1') }],
      })
      .add('userTask', 'Told')
      .flow('Half', 'Told')
      .build();
    const p = play(plan, { items: ['a', 'b'] }).task('Ask', { vote: 1 });
    expect(open(p, 'Told')).toHaveLength(1);
  });
});

test('a standard loop counts its rounds', () => {
  const plan = aPlan()
    .add('userTask', 'Talk', { loop: { type: 'standard', testBefore: false, condition: feel('loopCounter < 3') } })
    .build();
  const p = play(plan);
  for (const loopCounter of [100, -5, 'x']) complete(p, open(p, 'Talk')[0]!, { loopCounter });
  expect(p.state.status).toBe('completed');
});

test('what a message brings to an instance is its own, too', () => {
  const plan = ended(
    aPlan().scope(
      'subProcess',
      'Each',
      (b) => b.add('receiveTask', 'Wait', { message: { name: literal('m'), correlationKey: feel('item') } }),
      { loop: each() },
    ),
    'Each',
  );
  const p = play(plan, { items: ['A', 'B'] });
  p.message('m', { key: 'B', variables: { vote: 2 } }).message('m', { key: 'A', variables: { vote: 1 } });
  expect(p.variables).toEqual({ items: ['A', 'B'], votes: [1, 2] });
});
