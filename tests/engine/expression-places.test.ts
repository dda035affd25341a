/** What expressions and times of a diagram read: zones, entries of lists, targets of mappings. */
import { describe, expect, test } from 'vitest';
import type { Variables } from '../../engine/model/plan.ts';
import { around, diagramXml, errorsOf } from './compile/builders.ts';
import { ended, incidents } from './support/loops.ts';
import { aPlan, feel } from './support/plan.ts';
import { play } from './support/play.ts';

describe('an unknown zone', () => {
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
