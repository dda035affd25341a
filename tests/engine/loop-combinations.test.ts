/** Loops combined with other loops, called processes, event subprocesses and ad-hoc subprocesses: who keeps what, and what is counted. */
import { describe, expect, test } from 'vitest';
import { complete, each, ended, inSubProcess } from './support/loops.ts';
import { aPlan, feel, literal } from './support/plan.ts';
import { play, someone } from './support/play.ts';

describe('what an instance brings is its own', () => {
  const inner = (sequential: boolean) =>
    each({ sequential, inputCollection: feel('item'), inputElement: 'part', outputCollection: 'inner' });

  test.each([true, false])(
    'in loops within loops, sequential: %s, with an empty collection among them',
    (sequential) => {
      const outer = each({ outputCollection: 'all', outputElement: feel('inner') });
      const p = play(
        inSubProcess(outer, (b) => b.add('userTask', 'Ask', { loop: inner(sequential) })),
        { items: [[1], [], [null]] },
      );
      complete(p, 'Ask', 1, { vote: 'b' });
      complete(p, 'Ask', 0);
      expect(p.variables).toEqual({ items: [[1], [], [null]], all: [[null], [], ['b']] });
    },
  );

  test('as the result of a called process, which writes the item and nothing else', () => {
    const p = play(ended(aPlan().add('callActivity', 'Call', { loop: each() }), 'Call'), {
      items: ['A', 'B'],
      vote: 'of last year',
    });
    const [first, second] = p.waits('call');
    p.send({ type: 'call-completed', key: second!.key, variables: { vote: 'no', other: 1 } });
    p.send({ type: 'call-completed', key: first!.key, variables: { item: 'spoilt' } });
    expect(p.variables).toEqual({ items: ['A', 'B'], vote: 'of last year', other: 1, votes: [null, 'no'] });
  });

  test('when a script of an event subprocess inside has written it', () => {
    const plan = inSubProcess(each(), (b) =>
      b.add('userTask', 'Ask').scope('eventSubProcess', 'Beside', (inside) => {
        const events = [{ type: 'message' as const, name: literal('go'), correlationKey: feel('item') }];
        inside
          .add('startEvent', 'Go', { interrupting: false, events })
          .add('scriptTask', 'Write', { script: { source: feel('item + "!"'), resultVariable: 'vote' } })
          .flow('Go', 'Write');
      }),
    );
    const p = play(plan, { items: ['A', 'B'] }).message('go', { key: 'B' });
    complete(complete(p, 'Ask', 0), 'Ask', 0);
    expect(p.variables).toEqual({ items: ['A', 'B'], votes: [null, 'B!'] });
  });

  test('in an ad-hoc subprocess that collects and is itself looped', () => {
    const plan = ended(
      aPlan().scope('adHocSubProcess', 'Each', (b) => void b.add('userTask', 'One').add('userTask', 'Two'), {
        collects: { into: 'results', element: feel('res') },
        loop: each({ outputElement: feel('results') }),
      }),
      'Each',
    );
    const p = play(plan, { items: ['A', 'B'] });
    complete(p, 'One', 1, { res: 'B1' });
    complete(p, 'Two', 0, { res: 'A2' });
    complete(p, 'One', 0);
    complete(p, 'Two', 0, { res: 'B2' });
    expect(p.variables).toEqual({
      items: ['A', 'B'],
      votes: [
        ['A2', null],
        ['B1', 'B2'],
      ],
    });
  });

  test('in each run of an event subprocess inside, whose inputs and outputs it maps', () => {
    const map = (source: string, target: string) => ({ source: feel(source), target });
    const plan = inSubProcess(each(), (b) =>
      b.add('userTask', 'Ask').scope(
        'eventSubProcess',
        'Instead',
        (inside) => {
          const events = [{ type: 'signal' as const, name: literal('go') }];
          inside
            .add('startEvent', 'Go', { interrupting: true, events, outputs: [map('trigger + item', 'snap')] })
            .add('userTask', 'Check')
            .flow('Go', 'Check');
        },
        { inputs: [map('item', 'snap')], outputs: [map('snap', 'vote')] },
      ),
    );
    const p = play(plan, { items: ['A', 'B'] });
    p.send({ type: 'signal', name: 'go', variables: { trigger: 'T' } });
    complete(complete(p, 'Check', 1), 'Check', 0);
    expect(p.variables).toEqual({ items: ['A', 'B'], votes: ['TA', 'TB'] });
  });
});

describe('the engine counts by itself', () => {
  test.each([true, false])('whoever writes its counters, sequential: %s', (sequential) => {
    const outputs = [
      { source: feel('-3'), target: 'loopCounter' },
      { source: feel('99'), target: 'numberOfCompletedInstances' },
      { source: feel('1'), target: 'numberOfInstances' },
    ];
    const loop = each({ sequential, completionCondition: feel('numberOfCompletedInstances = 2') });
    const p = play(
      inSubProcess(
        loop,
        (b) => b.add('userTask', 'Ask', { outputs: [{ source: feel('item'), target: 'vote' }, ...outputs] }),
        { outputs },
      ),
      { items: ['a', 'b', 'c'] },
    );
    complete(complete(p, 'Ask', 0), 'Ask', 0);
    expect(p.variables['votes']).toEqual(['a', 'b', null]);
  });

  test('when a loop collects into what it loops over, which is overwritten meanwhile', () => {
    const loop = each({ sequential: true, outputCollection: 'items' });
    const p = play(ended(aPlan().add('userTask', 'Ask', { loop }), 'Ask'), { items: ['a', 'b'] });
    complete(p, 'Ask', 0, { vote: 1 }).set({ items: [] });
    expect(complete(p, 'Ask', 0, { vote: 2 }).variables).toEqual({ items: [1, 2] });
  });
});

describe('a completion condition', () => {
  test.each([
    [true, 'count(votes[item = "no"]) = 1'],
    [false, 'vote = "no"'],
    [false, 'some one in votes satisfies one = "no"'],
    [true, 'item = "b"'],
    [true, 'loopCounter = 2'],
    [false, 'numberOfCompletedInstances / numberOfInstances >= 0.5'],
    [true, 'numberOfActiveInstances = 0 and numberOfCompletedInstances = 2'],
  ])('reads what the instance has and the collection (sequential: %s): %s', (sequential, source) => {
    const loop = each({ sequential, completionCondition: feel(source) });
    const p = play(
      inSubProcess(loop, (b) => b.add('userTask', 'Ask')),
      { items: ['a', 'b', 'c'] },
    );
    complete(complete(p, 'Ask', 0, { vote: 'yes' }), 'Ask', 0, { vote: 'no' });
    expect(p.variables).toEqual({ items: ['a', 'b', 'c'], votes: ['yes', 'no', null] });
  });

  test('that could not be decided still reads the instance when it is retried', () => {
    const loop = each({ completionCondition: feel('vote = "yes" and enough') });
    const p = play(ended(aPlan().add('userTask', 'Ask', { loop }), 'Ask'), { items: ['a', 'b'] });
    complete(p, 'Ask', 1, { vote: 'yes' });
    const [body] = p.waits('multi');
    expect(body?.incident?.code).toBe('missing-variable');
    p.set({ enough: true });
    p.send({ type: 'retry', key: body!.key, by: someone });
    expect(p.variables).toEqual({ items: ['a', 'b'], enough: true, votes: [null, 'yes'] });
    expect(p.waiting()).toEqual(['After']);
  });

  test('is not asked for an empty collection, nor are mappings of its instances', () => {
    const fails = [{ source: feel('1 / 0'), target: 'x' }];
    const loop = each({ completionCondition: feel('1 / 0') });
    const p = play(ended(aPlan().add('userTask', 'Ask', { loop, inputs: fails, outputs: fails }), 'Ask'), {
      items: [],
    });
    expect(p.variables).toEqual({ items: [], votes: [] });
  });
});
