/** What expressions of a diagram give, and when they fail instead of giving something that looks right. */
import { describe, expect, it } from 'vitest';
import { createEvaluator } from '../../../engine/feel/evaluator.ts';
import type { Json, Plan } from '../../../engine/model/plan.ts';
import type { Evaluation } from '../../../engine/model/types.ts';
import { chinaCalendar } from '../../../engine/time/china.ts';

const aPlan = (): Plan => ({ format: 1, key: 'p', name: 'p', elements: {}, flows: {}, forms: {} });
const calendar = chinaCalendar();
const now = '2026-11-02T01:02:03.000Z';
const shared = createEvaluator(aPlan());

function evaluate(feel: string, variables: Record<string, Json> = {}, at = now): Evaluation {
  return shared.evaluate({ feel }, (name) => variables[name], { now: at, calendar });
}

function value(feel: string, variables: Record<string, Json> = {}): Json {
  const result = evaluate(feel, variables);
  if (!result.ok) throw new Error(`${feel}: ${result.code}: ${result.message}`);
  return result.value;
}

const failure = (feel: string, variables: Record<string, Json> = {}): string => {
  const result = evaluate(feel, variables);
  return result.ok ? `gives ${JSON.stringify(result.value)}` : result.code;
};

describe('an expression', () => {
  it('gives what FEEL says', () => {
    expect(value('amount > 5000 and city = "北京"', { amount: 6000, city: '北京' })).toBe(true);
    expect(value('rules.limits.closure', { rules: { limits: { closure: 'P7D' } } })).toBe('P7D');
    expect(value('for i in list return i * 2', { list: [1, 2] })).toEqual([2, 4]);
    expect(value('{a: 1, b: a + step}', { step: 2 })).toEqual({ a: 1, b: 3 });
  });

  it('is evaluated again each time, with the values of the time', () => {
    expect(value('n + 1', { n: 1 })).toBe(2);
    expect(value('n + 1', { n: 41 })).toBe(42);
  });

  it('that is a constant is given as it is', () => {
    const result = shared.evaluate({ literal: 'PT1S' }, () => undefined, { now, calendar });
    expect(result).toEqual({ ok: true, value: 'PT1S' });
  });

  it('comes from one evaluator per plan', () => {
    const plan = aPlan();
    expect(createEvaluator(plan)).toBe(createEvaluator(plan));
    expect(createEvaluator(plan)).not.toBe(shared);
  });

  it('that does not parse is a failure, not an exception', () => {
    expect(failure('a +')).toBe('expression-failed');
    expect(failure('')).toBe('expression-failed');
  });
});

describe('a variable that no scope has', () => {
  it('is a failure', () => {
    expect(failure('missing > 1')).toBe('missing-variable');
    expect(failure('missing.part')).toBe('missing-variable');
    expect(failure('if true then missing else 1')).toBe('missing-variable');
  });

  it('is null where the expression asks whether it is there', () => {
    expect(value('is defined(missing)')).toBe(false);
    expect(value('is defined(missing.part)')).toBe(false);
    expect(value('get or else(missing, 3)')).toBe(3);
    expect(value('get or else(missing.part.of, 3)')).toBe(3);
    expect(value('missing = null')).toBe(true);
    expect(value('missing.part != null')).toBe(false);
    expect(value('if is defined(missing) then missing + 1 else 0')).toBe(0);
  });

  it('is a failure all the same as the default of get or else', () => {
    expect(failure('get or else(null, missing)')).toBe('missing-variable');
  });

  it('may stand in a branch that is not taken', () => {
    expect(value('if false then missing else 1')).toBe(1);
  });

  it('is distinguished from one that is null', () => {
    expect(value('is defined(n)', { n: null })).toBe(false);
    expect(value('n.part.of', { n: null })).toBe(null);
    expect(value('n = null', { n: null })).toBe(true);
  });

  it('does not become the function of FEEL that has its name', () => {
    expect(failure('mean > 3')).toBe('missing-variable');
    expect(value('mean > 3', { mean: 4 })).toBe(true);
    expect(value('sort([2, 1], function(x, y) x < y)')).toEqual([1, 2]);
  });

  it('is null in a filter of contexts, as an entry that the item lacks: such an item does not match', () => {
    expect(value('list[a > limit]', { list: [{ a: 1 }, { a: 5 }], limit: 2 })).toEqual([{ a: 5 }]);
    expect(value('list[x = "m"]', { list: [{ y: 1 }, { x: 'm' }, { x: 'n' }, null] })).toEqual([{ x: 'm' }]);
    expect(value('list[x > 1 and y = 1]', { list: [{ y: 1 }, { x: 2, y: 1 }] })).toEqual([{ x: 2, y: 1 }]);
    expect(value('list[x = null]', { list: [{ y: 1 }, { x: 'm' }] })).toEqual([{ y: 1 }]);
    expect(value('list[b > 1]', { list: [{ a: 1 }] })).toEqual([]);
    expect(value('list[some v in values satisfies v = x]', { list: [{ values: [1], x: 1 }, { values: [1] }] })).toEqual(
      [{ values: [1], x: 1 }],
    );
  });

  it('is a failure in a filter of what has no entries', () => {
    expect(failure('list[item > limit]', { list: [1] })).toBe('missing-variable');
  });
});

describe('names', () => {
  it('of loops, functions, contexts and filters are not variables', () => {
    expect(value('some p in list satisfies p > 1', { list: [1, 2] })).toBe(true);
    expect(value('every p in list satisfies p > 1', { list: [1, 2] })).toBe(false);
    expect(value('{double: function(x) x * 2, r: double(4)}.r')).toBe(8);
    expect(value('for a in 1..2, b in a..2 return a + b')).toEqual([2, 3, 4]);
    expect(value('for i in 1..3 return if count(partial) = 0 then 1 else partial[-1] + i')).toEqual([1, 3, 6]);
  });

  it('may have spaces, Chinese signs, or anything in backticks', () => {
    expect(value('my variable + 1', { 'my variable': 3 })).toBe(4);
    expect(value('金额 > 3', { 金额: 4 })).toBe(true);
    expect(value('`a-b` + 1', { 'a-b': 5 })).toBe(6);
    expect(failure('`a-b` + 1')).toBe('missing-variable');
    expect(value('? > 3', { '?': 4 })).toBe(true);
  });
});

describe('what cannot be computed is a failure, never a null that looks like an answer', () => {
  it.each([
    ['a sum of a number and a text', 'n + "a"'],
    ['an unknown function', 'foo(n)'],
    ['a part of a number', 'n.part'],
    ['a date that does not exist', 'date("2026-02-30")'],
    ['a duration that is none', 'duration(t)'],
    ['a division by zero', 'n / 0'],
    ['a division by null', 'n / nothing'],
    ['a range', '[1..3]'],
    ['a function', 'function(x) x'],
  ])('%s', (_, feel) => {
    expect(failure(feel, { n: 4, t: 'soon', nothing: null })).toBe('expression-failed');
  });

  it('and a failure does not stick to the next evaluation', () => {
    expect(failure('n + 2', { n: 'a' })).toBe('expression-failed');
    expect(value('n + 2', { n: 1 })).toBe(3);
  });

  it('while a comparison with null is null', () => {
    expect(value('n > 1', { n: null })).toBe(null);
  });
});

describe('filters that call a function', () => {
  it('are tests on each item, not an index', () => {
    expect(value('names[contains(item, "x")]', { names: ['ax', 'by'] })).toEqual(['ax']);
    expect(value('list[item.done]', { list: [{ done: true }, { done: false }] })).toEqual([{ done: true }]);
    expect(value('list[is defined(a)]', { list: [{ a: 1 }, {}] })).toEqual([{ a: 1 }]);
    expect(value('names[1]', { names: ['ax', 'by'] })).toBe('ax');
    expect(value('names[n]', { names: ['ax', 'by'], n: 2 })).toBe('by');
  });
});

describe('durations', () => {
  it('can be divided and multiplied', () => {
    expect(value('duration("PT4H") / duration("PT2H")')).toBe(2);
    expect(value('duration("P1Y") / duration("P1M")')).toBe(12);
    expect(value('duration("P1D") * 2')).toBe('P2D');
    expect(value('duration("P1Y") / 2')).toBe('P6M');
    expect(value('3 * duration("PT20M")')).toBe('PT1H');
    expect(failure('duration("P1Y") / duration("P1D")')).toBe('expression-failed');
  });

  it('leave numbers as they are', () => {
    expect(value('a / b * c', { a: 9, b: 3, c: 2 })).toBe(6);
    expect(value('a - b / c', { a: 9, b: 3, c: 2 })).toBe(7.5);
    expect(value('(a - b) / c', { a: 9, b: 3, c: 2 })).toBe(3);
  });

  it('between dates in years and months are there', () => {
    expect(value('years and months duration(date("2020-01-01"), date("2026-11-01"))')).toBe('P6Y10M');
  });
});

describe('time', () => {
  it('is process time, in the zone of the facility', () => {
    expect(value('now()')).toBe('2026-11-02T01:02:03.000Z');
    expect(value('now().hour')).toBe(9);
    expect(value('today()')).toBe('2026-11-02');
    // 01:00 in Beijing is still the day before in London.
    const result = evaluate('today()', {}, '2026-11-02T17:00:00.000Z');
    expect(result).toEqual({ ok: true, value: '2026-11-03' });
  });

  it('comes out as ISO strings in UTC; a date and time without a zone is meant where the facility is', () => {
    expect(value('date and time("2026-11-02T08:00:00")')).toBe('2026-11-02T00:00:00.000Z');
    expect(value('date and time("2026-11-02T08:00:00@Europe/Berlin")')).toBe('2026-11-02T07:00:00.000Z');
    expect(value('date and time(at) + duration("P7D")', { at: '2026-11-02T08:00:00+08:00' })).toBe(
      '2026-11-09T00:00:00.000Z',
    );
    expect(value('{at: now(), in: [duration("P7D")]}')).toEqual({ at: '2026-11-02T01:02:03.000Z', in: ['P7D'] });
  });
});

describe('working days', () => {
  it('are added by the calendar of the facility, and the reason is recorded', () => {
    expect(evaluate('add working days(receivedAt, 3)', { receivedAt: '2026-09-30T08:00:00.000Z' })).toEqual({
      ok: true,
      value: '2026-10-10T15:59:59.999Z',
      because: [
        {
          kind: 'working-days',
          from: '2026-09-30T08:00:00.000Z',
          days: 3,
          provisional: false,
          calendarVersion: calendar.version,
        },
      ],
    });
  });

  it('say when they rest on a year that is not published', () => {
    const result = evaluate('add working days("2026-12-30", 3)');
    expect(result.ok && result.because?.[0]).toMatchObject({ provisional: true });
  });

  it('count from dates of FEEL too', () => {
    expect(value('add working days(now(), 1)')).toBe('2026-11-03T15:59:59.999Z');
    expect(value('add working days(date("2026-09-30"), 3)')).toBe('2026-10-10T15:59:59.999Z');
    expect(value('working days between("2026-09-30", "2026-10-10")')).toBe(3);
  });

  it('fail when there is nothing to count from', () => {
    expect(failure('add working days(nothing, 3)', { nothing: null })).toBe('expression-failed');
    expect(failure('add working days("tomorrow", 3)')).toBe('expression-failed');
    expect(failure('add working days("2026-09-30", "3")')).toBe('expression-failed');
    expect(failure('add working days(missing, 3)')).toBe('missing-variable');
  });
});
