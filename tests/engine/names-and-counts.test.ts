/** Names that objects have by themselves, and what is taken for a number of times. */
import { describe, expect, test } from 'vitest';
import type { Expression, Json, Plan, Variables } from '../../engine/model/plan.ts';
import { around, diagramXml, errorsOf, userTask } from './compile/builders.ts';
import { submit } from './forms/support.ts';
import { complete, each, ended, incidents } from './support/loops.ts';
import { aPlan, feel, literal } from './support/plan.ts';
import { play } from './support/play.ts';

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

  test('is an ordinary field of a form', async () => {
    const field = { type: 'textfield', id: 'Field', key: name, label: 'Field', defaultValue: 'of the form' };
    expect(Object.entries((await submit([field], named(name, 'w'))).values)).toEqual([[name, 'w']]);
    expect(Object.entries((await submit([field], {})).values)).toEqual([[name, 'of the form']]);
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
