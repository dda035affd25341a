/** What one evaluation may cost: beyond it a defined failure, whatever the data, and always at the same step. */
import { describe, expect, it } from 'vitest';
import { compileDmn } from '../../../engine/dmn/compile.ts';
import { evaluateDecision } from '../../../engine/dmn/evaluate.ts';
import { checkExpression } from '../../../engine/feel/check.ts';
import type { Json } from '../../../engine/model/plan.ts';
import { context, decision, literal, model, table } from '../dmn/models.ts';
import { aPlan, feel } from '../support/plan.ts';
import { play } from '../support/play.ts';
import { evaluate, resultOf } from './evaluate-expression.ts';

/** A function that calls itself 40 times with twice as much of `s`. */
const doubling = (twice: string, start: string, of = 'f(s, 40)'): string =>
  `{s: ${start}, f: function(s, n) if n = 0 then s else f(${twice}, n - 1), r: ${of}}.r`;

const costly: [what: string, expression: string][] = [
  ['a long range', 'for x in 1..1e9 return x'],
  ['a long range of days', 'for d in date("0001-01-01")..date("999999999-01-01") return d'],
  ['loops within each other', 'some x in 1..100000, y in 1..100000 satisfies x + y < 0'],
  ['a long body of a loop', `for x in 1..100000 return ${Array(400).fill('x').join('+')}`],
  ['the results so far of a loop', 'for i in 1..100000 return count(partial)'],
  ['a filter within a loop', 'for i in 1..10000 return list[item = i]'],
  ['a text that doubles', doubling('s + s', '"aaaa"')],
  ['a list that doubles', doubling('concatenate(s, s)', '[1]')],
  ['a list that holds itself twice', doubling('[s, s]', '1')],
  ['the text of such a list', doubling('[s, s]', '1', 'string(f(s, 40))')],
  ['comparing such lists', doubling('[s, s]', '1', 'f(s, 40) = f(s, 40)')],
  ['flattening such a list', doubling('[s, s]', '1', 'count(flatten(f(s, 40)))')],
  ['calls that branch', '{f: function(n) if n < 2 then n else f(n - 1) + f(n - 2), r: f(40)}.r'],
  ['calls without an end', '{f: function(n) f(n + 1), r: f(1)}.r'],
  ['lists within each other', 'for i in 1..400 return [partial[-1]]'],
  ['joining long texts', 'string join(for i in 1..10000 return text, text)'],
  ['comparing all with all', 'distinct values(for i in 1..100000 return i)'],
  ['all duplicates', 'duplicate values(for i in 1..100000 return i)'],
  ['sorting by a function', 'sort(for i in 1..200000 return -i, function(a, b) a < b)'],
  ['JSON that is nested deeply', 'from json(nested)'],
];
const variables: Record<string, Json> = {
  list: Array.from({ length: 1_000 }, (_, at) => at),
  text: 'x'.repeat(10_000),
  nested: `${'['.repeat(5_000)}${']'.repeat(5_000)}`,
};

describe('is beyond the budget of an evaluation', () => {
  it.each(costly)('%s', (_, expression) => {
    expect(evaluate(expression, variables)).toMatchObject({ ok: false, code: 'expression-too-costly' });
  });

  it('also in existence checks and in the filter of an empty list', () => {
    expect(resultOf('get or else(for x in 1..1e9 return x, 1)')).toMatch(/^expression-too-costly/);
    expect(resultOf('[][some x in 1..1e9 satisfies false]')).toMatch(/^expression-too-costly/);
  });
});

describe('is within it', () => {
  it.each<[string, Json]>([
    ['count(for x in 1..100000 return x * 2)', 100_000],
    ['sum(for x in list[item < 500] return count(list[item > x]))', 374_750],
    ['count(distinct values(list))', 1_000],
    ['{f: function(n) if n = 0 then 0 else 1 + f(n - 1), r: f(400)}.r', 400],
    ['string length(string join(for i in 1..1000 return "0123456789", ", "))', 11_998],
  ])('%s', (expression, value) => {
    expect(resultOf(expression, variables)).toBe(value);
  });

  it('each evaluation: what one has spent is not missing in the next', () => {
    for (let times = 0; times < 5; times++) expect(resultOf('count(for x in 1..200000 return x)')).toBe(200_000);
  });
});

it('an incident in an instance, and a retry with less continues', () => {
  const plan = aPlan()
    .add('startEvent', 'Start')
    .add('scriptTask', 'It', { script: { source: feel('for x in 1..n return x'), resultVariable: 'r' } })
    .add('userTask', 'After')
    .flow('Start', 'It', 'After')
    .build();
  const p = play(plan, { n: 1e9 });
  expect(p.incident('It')).toMatchObject({
    code: 'expression-too-costly',
    params: { reason: 'evaluation', part: 'script', cause: 'It takes more than 1000000 steps.' },
  });
  p.set({ n: 3 }).retry('It');
  expect(p.waiting()).toEqual(['After']);
});

describe('a decision', () => {
  const decided = async (logic: string) => {
    const { decisions, problems } = await compileDmn(model(decision('D', logic)));
    expect(problems).toEqual([]);
    return evaluateDecision(decisions, 'D', variables, context);
  };

  it('has one budget for all that it takes', async () => {
    const loops =
      '<for iteratorVariable="x"><in><literalExpression><text>[1..1000000]</text></literalExpression></in><return><literalExpression><text>x</text></literalExpression></return></for>';
    const rows = table({
      inputs: [{ text: '1' }],
      outputs: [{}],
      rules: [['count(for x in 1..1000000 return x)', '1']],
    });
    for (const logic of [literal('for x in 1..1e9 return x'), loops, rows, literal(doubling('[s, s]', '1'))])
      expect(await decided(logic)).toMatchObject({ ok: false, code: 'limit', element: 'D' });
  });
});

describe('an expression that is longer or deeper than people write', () => {
  it.each([
    ['brackets', `${'('.repeat(5_000)}1${')'.repeat(5_000)}`, /brackets more than 150 deep/],
    ['lists', `${'['.repeat(5_000)}1${']'.repeat(5_000)}`, /brackets more than 150 deep/],
    ['contexts', `${'{a: '.repeat(5_000)}1${'}'.repeat(5_000)}`, /brackets more than 150 deep/],
    ['a text of 100,001 characters', `"${'x'.repeat(100_001)}"`, /100000 is the most/],
    ['a sum of 1,100', Array(1_100).fill('1').join('+'), /more than 1000 deep/],
  ])('is refused at deployment: %s', (_, expression, reason) => {
    const { problem } = checkExpression(expression);
    expect(problem).toMatchObject({ code: 'bad-expression' });
    expect(problem?.message).toMatch(reason);
  });

  it('is not one with many brackets in its texts', () => {
    expect(checkExpression(`"${'('.repeat(5_000)}" + "\\"${'['.repeat(500)}"`).problem).toBeUndefined();
  });
});
