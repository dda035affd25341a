/** Definitions and decisions have one FEEL: they answer alike, but for what has no value. */
import { describe, expect, it } from 'vitest';
import { resultOf as decisionOf } from '../dmn/models.ts';
import { evaluate, resultOf } from './evaluate-expression.ts';

describe('diagrams and decisions give the same', () => {
  it.each([
    '[1] = 1',
    '1 = "1"',
    '"a" = null',
    '{a: 1} = {a: 1.0}',
    '0.1 + 0.2 = 0.3',
    '1.1 * 3',
    '5 in [1..5)',
    '5 in (<3, >4)',
    '"abc" in [1..5]',
    '5 in (null..10]',
    'null > 1',
    '@"10:00:00Z" = @"11:00:00+01:00"',
    'duration("P1Y") = duration("P12M")',
    'duration("P1D") / duration("PT6H")',
    'string(duration("PT50H"))',
    'string(date("2024-01-31") + duration("P1M"))',
    'string(date("2026-11-02") + duration("PT48H"))',
    'string(date and time("2026-11-02T08:00:00+08:00") - date and time("2026-11-01T00:00:00Z"))',
    'string(years and months duration(date("2020-01-01"), date("2026-11-02")))',
    '[null, 1][item = null]',
    'some x in [null, 1] satisfies x > 3',
    'every x in [null, 1] satisfies x > 0',
    'for i in 3..1 return i',
    'max("a", "b")',
    'sort([3, 1, 2])',
    'sum([])',
    'sum([1, null])',
    'string length(null)',
    '[1, 2, 3][9]',
    'substring("abc", 9)',
    'concatenate([1], null)',
    'true and null',
    'if null then 1 else 2',
    'during(2, [1..3])',
    '{a: {b: 1}}.a.c',
    'null.a',
  ])('%s', async (expression) => {
    expect(resultOf(expression)).toEqual(await decisionOf(expression));
  });
});

describe('what has no value is null in a decision, and in a diagram a failure with its values and place', () => {
  it.each([
    ['4 + "a"', '4 + "a" has no value (column 3).'],
    ['4 / 0', '4 / 0 has no value (column 3).'],
    ['-"a"', '-"a" has no value (column 1).'],
    ['4 < "5"', '4 < "5" cannot be compared (column 3).'],
    ['"a" between 1 and 5', '"a" cannot be compared with 1 and 5 (column 5).'],
    ['duration("P1Y") > duration("P1D")', 'P1Y > P1D cannot be compared (column 17).'],
    ['(4).part', 'The number 4 has no "part" (column 5).'],
    ['date("2026-02-30")', 'date("2026-02-30") has no value (column 1).'],
    ['duration("P1Y1D")', 'duration("P1Y1D") has no value (column 1).'],
    ['1 +\n  string length(4)', 'string length(4) has no value (line 2, column 3).'],
    ['@"soon"', '"soon" is no date, time or duration (column 1).'],
    ['["a"]["a"]', 'A filter is "a", neither true, false nor a number (column 7).'],
    ['[5..1]', 'There is no range from 5 to 1 (column 1).'],
    ['{a: 1, a: 2}', 'A context has the entry "a" twice (column 8).'],
    ['4 instance of nonsense', 'There is no type "nonsense" (column 15).'],
  ])('%s', async (expression, message) => {
    expect(evaluate(expression)).toEqual({ ok: false, code: 'expression-failed', message });
    expect(await decisionOf(expression)).toBe(null);
  });

  it.each([
    [
      'date("2026-11-02") + duration("PT25H")',
      '2026-11-02 + P1DT1H: a date has no hours, begin with date and time(…) (column 20).',
    ],
    ['[1][item + "a"]', '1 + "a" has no value (column 10).'],
    ['if "a" then 1 else 2', '"a" is neither true nor false (column 4).'],
    ['{f: 1, r: f(1)}', 'There is no function "f" (column 11).'],
  ])('%s, where a decision continues', (expression, message) => {
    expect(evaluate(expression)).toEqual({ ok: false, code: 'expression-failed', message });
  });

  it('and a missing variable is named', () => {
    expect(evaluate('1 + amount')).toEqual({
      ok: false,
      code: 'missing-variable',
      message: 'There is no variable "amount" (column 5).',
    });
  });

  it('while a long value is cut in the sentence', () => {
    const result = evaluate('text + 1', { text: 'x'.repeat(200) });
    expect(!result.ok && result.message.length).toBeLessThan(100);
  });
});

describe('variables', () => {
  it('are read where they lie: what an expression hands on unchanged is the same object', () => {
    const order = { lines: [{ price: 3 }] };
    const result = evaluate('order', { order });
    expect(result.ok && result.value).toBe(order);
  });

  it('may have keys that JavaScript has a meaning for', () => {
    expect(resultOf('o.constructor', { o: {} })).toBe(null);
    expect(resultOf('o.toString = null', { o: {} })).toBe(true);
    expect(JSON.stringify(resultOf('context put({}, "__proto__", 1)'))).toBe('{"__proto__":1}');
    expect(resultOf('o.`a - b`', { o: { 'a - b': 1 } })).toBe(1);
  });

  it('that are null in a list or a loop stay null, whatever else has the name', () => {
    expect(resultOf('list[item = null]', { list: [null, 1], item: 1 })).toEqual([null]);
    expect(resultOf('for x in list return x', { list: [null], x: 1 })).toEqual([null]);
  });

  it('are all read by "and" and "or", so that a missing name is found at once', () => {
    expect(resultOf('true or amount > 1')).toMatch(/^missing-variable/);
    expect(resultOf('false and amount > 1')).toMatch(/^missing-variable/);
  });

  it('missing in the test of a filter are no failure where there is nothing to filter', () => {
    expect(resultOf('list[price > 3]', { list: [] })).toEqual([]);
    expect(resultOf('list[1]', { list: [] })).toBe(null);
  });
});
