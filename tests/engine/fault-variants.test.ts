/**
 * Loops, names and counts in combinations that single cases leave out: who keeps what, which names are safe, what is a count, and what a
 * retry still knows.
 */
import { describe, expect, test } from 'vitest';
import type { Expression, Json, MultiInstance, Plan, Variables } from '../../engine/model/plan.ts';
import { around, diagramXml, errorsOf, userTask } from './compile/builders.ts';
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

const ended = (builder: PlanBuilder, activity: string): Plan =>
  builder.add('startEvent', 'Start').add('userTask', 'After').flow('Start', activity, 'After').build();

const inSubProcess = (loop: MultiInstance, fill: (inside: PlanBuilder) => PlanBuilder, more = {}): Plan =>
  ended(
    aPlan().scope('subProcess', 'Each', (b) => void fill(b), { loop, ...more }),
    'Each',
  );

/** Completes the n-th open task of an element. */
function complete(p: Play, element: string, n: number, variables: Variables = {}): Play {
  const wait = p.waits('task').filter((one) => one.element === element)[n];
  if (!wait) throw new Error(`${element} has no task ${n}, only ${p.waiting().join(', ')}.`);
  p.send({ type: 'task', key: wait.key, action: { type: 'complete', variables }, by: someone });
  return p;
}

const incidents = (p: Play): string[] => Object.values(p.state.waits).flatMap(({ incident }) => incident?.code ?? []);

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

const hostile = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'loopCounter', 'numberOfInstances'];
const named = (name: string, value: Json): Variables => Object.fromEntries([[name, value]]);

describe.each(hostile)('a variable called %s', (name) => {
  test('is an ordinary item of a loop', () => {
    const loop = each({ inputElement: name, outputElement: feel(name) });
    const p = play(ended(aPlan().add('userTask', 'Ask', { loop }), 'Ask'), { items: ['a', 'b'] });
    complete(complete(p, 'Ask', 1, named(name, 'w')), 'Ask', 0);
    expect(p.variables).toEqual({ items: ['a', 'b'], votes: ['a', 'w'] });
  });

  test('is an ordinary collection and output of a loop', () => {
    const loop = each({ outputCollection: name, outputElement: feel('vote') });
    const p = play(ended(aPlan().add('userTask', 'Ask', { loop }), 'Ask'), { items: ['a', 'b'] });
    complete(complete(p, 'Ask', 0, { vote: 1 }), 'Ask', 0);
    expect(Object.entries(p.variables)).toEqual([
      ['items', ['a', 'b']],
      [name, [1, null]],
    ]);
  });

  test('is an ordinary target of mappings, whole or as a part', () => {
    const plan = ended(
      aPlan().add('serviceTask', 'Do', {
        inputs: [
          { source: feel('5'), target: name },
          { source: feel(name), target: 'copy' },
        ],
        outputs: [
          { source: feel('copy + 1'), target: `${name}.x` },
          { source: feel('3'), target: `o.${name}` },
        ],
      }),
      'Do',
    );
    const p = play(plan);
    expect(Object.entries(p.commandsTo('run-job')[0]!.input)).toEqual([
      [name, 5],
      ['copy', 5],
    ]);
    p.job('Do');
    expect(Object.entries(p.variables)).toEqual([
      [name, { x: 6 }],
      ['o', named(name, 3)],
    ]);
  });
});

describe('a count', () => {
  const none = ['-1', '2.5', '"2.5"', '""', '[]', '[5]', 'true', '{}', 'null', '1 / 0', 'nothing', '"0x10"', '@"P2D"'];
  const task = (more: object) => ended(aPlan().add('userTask', 'Ask', more), 'Ask');
  const places: [string, (count: Expression) => Plan][] = [
    ['the maximum of a loop', (maximum) => task({ loop: { type: 'standard', testBefore: false, maximum } })],
    [
      'a cardinality',
      (cardinality) => task({ loop: { type: 'multi', sequential: true, cardinality, behavior: 'all' } }),
    ],
    [
      'retries',
      (retries) => ended(aPlan().add('serviceTask', 'Ask', { job: { type: literal('work'), retries } }), 'Ask'),
    ],
  ];

  describe.each(places)('for %s', (_, planOf) => {
    test.each(none)('is not %s', (source) => {
      const p = play(planOf(feel(source)));
      expect(incidents(p)).toEqual([source === 'nothing' ? 'missing-variable' : 'expression-failed']);
    });

    test.each(['3', '"3"', '" 3 "'])('may be %s', (source) => {
      const p = play(planOf(feel(source)));
      expect(incidents(p)).toEqual([]);
      expect(p.waiting()).toContain('Ask');
    });
  });

  const noWhole = ['2.5', '1e300', '0x10', 'abc', '', '=n', '2 rounds'];

  test.each(['-1', ...noWhole])('in a diagram is refused as the maximum "%s" of a loop', async (maximum) => {
    const attribute = `<bpmn:standardLoopCharacteristics loopMaximum="${maximum}"/>`;
    expect(await errorsOf(diagramXml(around(userTask(attribute))))).toEqual(['loop-maximum A']);
  });

  test.each(noWhole)('in a diagram is refused as the quantity "%s" of tokens', async (quantity) => {
    expect(await errorsOf(diagramXml(around(userTask('', `startQuantity="${quantity}"`))))).toEqual([
      'start-quantity A',
    ]);
    expect(await errorsOf(diagramXml(around(userTask('', `completionQuantity='${quantity}'`))))).toEqual([
      'completion-quantity A',
    ]);
  });

  test.each(['0', '3', ' +3 '])('in a diagram may be "%s"', async (maximum) => {
    const loop = `<bpmn:standardLoopCharacteristics loopMaximum="${maximum}"/>`;
    expect(await errorsOf(diagramXml(around(userTask(loop))))).toEqual([]);
  });
});

describe('a zone that nobody knows', () => {
  const timer = (kind: string, value: string) =>
    `<bpmn:intermediateCatchEvent id="A"><bpmn:timerEventDefinition id="T"><bpmn:${kind} xsi:type="bpmn:tFormalExpression">${value}</bpmn:${kind}></bpmn:timerEventDefinition></bpmn:intermediateCatchEvent>`;

  test.each([
    ['timeCycle', 'R/2026-10-01T09:00:00+02:00[Europe/Nowhere]/P1D'],
    ['timeCycle', 'R/2026-10-01T09:00:00Z[Europe/Nowhere]/P1D'],
    ['timeDate', '2026-10-01T09:00:00+02:00[Europe/Nowhere]'],
    ['timeDate', '2026-10-01T09:00:00@Europe/Nowhere'],
  ])('is refused in a %s, also beside an offset: %s', async (kind, value) => {
    expect(await errorsOf(diagramXml(around(timer(kind, value))))).toEqual(['bad-timer A']);
    expect(await errorsOf(diagramXml(around(timer(kind, value.replace('Nowhere', 'Berlin')))))).toEqual([]);
  });

  test('is an incident at once where an expression gives it', () => {
    const value = feel('"R/2026-10-01T09:00:00+02:00[Europe/Nowhere]/P1D"');
    const events = [{ type: 'timer' as const, timer: { kind: 'cycle' as const, value } }];
    const p = play(ended(aPlan().add('intermediateCatchEvent', 'Wait', { events }), 'Wait'));
    expect(p.incident('Wait')?.code).toBe('bad-timer');
  });
});

describe('a filter over entries of different kinds', () => {
  test.each([
    ['[1, {x: "m"}, null, {y: 1}][x = "m"]', [{ x: 'm' }]],
    ['["a", {x: "m"}][x = null]', ['a']],
    ['[[1], {x: "m"}][x != "m"]', [[1]]],
  ])('decides for null where one lacks what is asked: %s', (source, result) => {
    const script = { source: feel(source), resultVariable: 'found' };
    expect(play(ended(aPlan().add('scriptTask', 'Find', { script }), 'Find')).variables).toEqual({ found: result });
  });

  test('still needs the variable where none has entries', () => {
    const script = { source: feel('[1, 2][x = 1]'), resultVariable: 'found' };
    expect(incidents(play(ended(aPlan().add('scriptTask', 'Find', { script }), 'Find')))).toEqual(['missing-variable']);
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

describe('targets with one root', () => {
  const cases: [string, [source: string, target: string][], Variables, Variables][] = [
    [
      'deep',
      [
        ['foo.a.b', 'foo.a.b'],
        ['foo.a.c', 'foo.a.c'],
        ['foo.d', 'foo.d'],
      ],
      { foo: { a: { b: 1, c: 2 }, d: 3 } },
      { foo: { a: { b: 1, c: 2 }, d: 3 } },
    ],
    [
      'two roots',
      [
        ['foo.a', 'bar.a'],
        ['bar.b', 'foo.b'],
      ],
      { foo: { a: 1 }, bar: { b: 2 } },
      { bar: { a: 1 }, foo: { b: 2 } },
    ],
    ['of a list', [['l[1]', 'l.x']], { l: [1, 2] }, { l: { x: 1 } }],
    [
      'whole, then a part',
      [
        ['foo', 'x'],
        ['x.a', 'x.b'],
      ],
      { foo: { a: 1 } },
      { x: { a: 1, b: 1 } },
    ],
  ];
  test.each(cases)('%s: sources are read in the scope around', (_, mapped, variables, input) => {
    const inputs = mapped.map(([source, target]) => ({ source: feel(source), target }));
    const p = play(ended(aPlan().add('serviceTask', 'Do', { inputs }), 'Do'), variables);
    expect(p.commandsTo('run-job')[0]?.input).toEqual(input);
  });
});
