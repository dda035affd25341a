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
