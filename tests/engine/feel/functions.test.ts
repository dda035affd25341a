/** Functions that Camunda has besides the standard's, and the arguments it has added to some of them (docs/feel.md). */
import { describe, expect, it } from 'vitest';
import { checkExpression } from '../../../engine/feel/check.ts';
import type { Json } from '../../../engine/model/plan.ts';
import { resultOf as decisionOf } from '../dmn/models.ts';
import { resultOf } from './evaluate-expression.ts';

const rows: [expression: string, value: Json][] = [
  ['assert(4, 4 > 3)', 4],
  ['trim("  a b ")', 'a b'],
  ['is blank(" ")', true],
  ['is blank("a")', false],
  ['extract("1234, 1256, 1378", "12[0-9]*")', ['1234', '1256']],
  ['extract("a", "b")', []],
  ['to base64("FEEL")', 'RkVFTA=='],
  ['to base64("北京!")', '5YyX5LqsIQ=='],
  ['to base64("")', ''],
  ['is empty([])', true],
  ['is empty([1])', false],
  ['partition([1, 2, 3], 2)', [[1, 2], [3]]],
  ['duplicate values([1, 2, 1, 1, 3, 2])', [1, 2]],
  ['duplicate values([1, 2, 3, 2, 1])', [1, 2]],
  ['duplicate values([{a: 1}, null, {a: 1}, null, "x"])', [{ a: 1 }, null]],
  ['cycle(3, duration("PT1H"))', 'R3/PT1H'],
  ['cycle(duration("P1M"))', 'R/P1M'],
  ['cycle(repetitions: null, interval: duration("P1D"))', 'R/P1D'],
  ['string(last day of month(date("2024-02-10")))', '2024-02-29'],
  ['from json("{\\"a\\": [1, null]}").a', [1, null]],
  ['to json({a: 1, b: [date("2026-01-01"), null]})', '{"a":1,"b":["2026-01-01",null]}'],
  ['fromAi("x", "what it is")', 'x'],
  ['get or else(null, 1)', 1],
  ['is defined(null)', false],
];

describe('in diagrams and decisions alike', () => {
  it.each(rows)('%s', async (expression, value) => {
    expect(resultOf(expression)).toEqual(value);
    expect(await decisionOf(expression)).toEqual(value);
  });
});

describe('what is invoked', () => {
  it.each<[string, Json]>([
    ['(function(x) x + 1)(2)', 3],
    ['((function(x) x + 1))(x: 2)', 3],
    ['[function(x) x * 2, function(x) x * 3][2](5)', 15],
    ['{f: function(x) x - 1}.f(5)', 4],
    ['(if true then function(x) x else function(x) 0)(7)', 7],
    ['(function(x) function(y) x + y)(1)(2)', 3],
    ['(sum)([1, 2])', 3],
    ['for f in [function(x) x + 1, function(x) x * 10] return f(5)', [6, 50]],
  ])('may be any expression: %s', async (expression, value) => {
    expect(resultOf(expression)).toEqual(value);
    expect(await decisionOf(expression)).toEqual(value);
  });

  it('must be a function', () => {
    expect(resultOf('(1 + 1)(2)')).toBe('expression-failed: 2 is no function (column 1).');
  });
});

describe('a duration of more than a duration holds', () => {
  it.each([
    'duration("P1Y") * 1e300',
    'duration("P1D") * 1e300',
    'duration("PT1S") * 0.3e308 * 10',
    'duration("P1D") / 1e-300',
    'duration("P1Y") / 1e-300',
    'duration("P99999999999999999D")',
    'duration("P9007199254740991M") + duration("P1M")',
    `duration("P${'9'.repeat(300)}D")`,
  ])('has no value: %s', async (expression) => {
    expect(resultOf(expression)).toMatch(/^expression-failed: .* has no value/);
    expect(await decisionOf(expression)).toBe(null);
  });
});

describe('in diagrams only, as the standard says otherwise', () => {
  it.each<[string, Json]>([
    ['string join(["a", null, "c"], ", ", "[", "]")', '[a, c]'],
    ['context put({x: 1}, ["y", "z"], 2)', { x: 1, y: { z: 2 } }],
    ['context put({x: 1, y: {a: 0}}, ["y", "z", "w"], 2)', { x: 1, y: { a: 0, z: { w: 2 } } }],
    ['number("1,500", ",")', 1500],
    ['number("1 500,5", " ", ",")', 1500.5],
    [
      'string(date and time(@"2020-07-31T14:27:30@Europe/Berlin", "America/Los_Angeles"))',
      '2020-07-31T05:27:30@America/Los_Angeles',
    ],
    ['string(date and time(@"2020-07-31T14:27:30", "Z"))', '2020-07-31T06:27:30Z'],
    ['date("2026-11-02T08:00:00+08:00")', '2026-11-02'],
    ['date and time("2026-11-02T08:00+08:00")', '2026-11-02T00:00:00.000Z'],
    ['time("08:30")', '08:30:00'],
    ['add working days("2026-09-30", 3)', '2026-10-10T15:59:59.999Z'],
  ])('%s', (expression, value) => {
    expect(resultOf(expression)).toEqual(value);
  });
});

describe('what fails', () => {
  it.each([
    ['assert(n, n > 9, "too few")', 'expression-failed: too few (column 1).'],
    ['partition([1], 0)', 'expression-failed: partition([1], 0) has no value (column 1).'],
    ['from json("{")', 'expression-failed: from json("{") has no value (column 1).'],
    ['to json(function(x) x)', 'expression-failed: The result is a function, which cannot be kept (column 1).'],
  ])('%s', (expression, message) => {
    expect(resultOf(expression, { n: 4 })).toBe(message);
  });
});

describe('functions that are refused at deployment', () => {
  it.each(['uuid', 'random number', 'put', 'put all'])('%s, with what to do instead', (name) => {
    const { problem } = checkExpression(`a + ${name}()`);
    expect(problem).toMatchObject({ code: 'unknown-function', position: { line: 1, column: 5 } });
    expect(problem?.message).toMatch(new RegExp(`^${name}\\(\\) `));
  });
});
