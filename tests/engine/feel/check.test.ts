/** What is said of an expression before anything runs. */
import { describe, expect, it } from 'vitest';
import { checkExpression } from '../../../engine/feel/check.ts';
import { pathsOf } from '../../../engine/feel/paths.ts';

describe('checking an expression', () => {
  it('names the variables it reads, each once', () => {
    expect(checkExpression('amount > limit and amount < rules.max')).toEqual({
      freeVariables: ['amount', 'limit', 'rules'],
    });
  });

  it('leaves out names that are its own, functions, and what it only asks about', () => {
    expect(checkExpression('for i in list return i + count(other)').freeVariables).toEqual(['list', 'other']);
    expect(checkExpression('list[price > 3 and item.x = y]').freeVariables).toEqual(['list']);
    expect(checkExpression('get or else(a, b)').freeVariables).toEqual(['b']);
    expect(checkExpression('add working days(receivedAt, 3)').freeVariables).toEqual(['receivedAt']);
    expect(checkExpression('x instance of number').freeVariables).toEqual(['x']);
  });

  it('says where the syntax is wrong', () => {
    expect(checkExpression('a +').problem).toMatchObject({ code: 'bad-expression', position: { line: 1, column: 4 } });
    expect(checkExpression('if a\nthen [b').problem).toMatchObject({ code: 'bad-expression', position: { line: 2 } });
    expect(checkExpression('').problem?.code).toBe('bad-expression');
  });

  it.each([
    ['if 1 == 1 then 2 else 3', '==', '=', 6],
    ['{x: [a === 1]}', '===', '=', 8],
    ['a !== 1', '!==', '!=', 3],
    ['a => 1 and b', '=>', '>=', 3],
    ['a =< 1', '=<', '<=', 3],
    ['a <> 1', '<>', '!=', 3],
    ['a = = 1', '==', '=', 3],
  ])('says how the operator of %s is written', (source, written, meant, column) => {
    expect(checkExpression(source).problem).toEqual({
      code: 'bad-expression',
      message: `FEEL has no operator "${written}": write "${meant}".`,
      position: { line: 1, column },
    });
  });

  it.each(['a in (= 1)', 'a in [> 1, < 3]', 'a >= 1 and b != -2', '"a == b"'])(
    'takes the operators of %s',
    (source) => {
      expect(checkExpression(source).problem).toBeUndefined();
    },
  );

  it('refuses unknown functions', () => {
    expect(checkExpression('1 + fooBar(a)').problem).toMatchObject({
      code: 'unknown-function',
      message: 'There is no function "fooBar".',
      position: { line: 1, column: 5 },
    });
    expect(checkExpression('{f: function(x) x, r: f(1)}').problem).toBeUndefined();
  });
});

describe('the paths an expression reads', () => {
  it.each([
    ['rules.limits.refund + rules . refund', ['limits.refund', 'refund']],
    ['get or else(rules.limits.refund, 1) + rules.limits.refund', ['limits.refund']],
    ['f(rules).b', ['']],
    ['rules[1].a', ['']],
    ['other.rules + "rules.a"', []],
    ['if a then rules.a else {b: [rules.b.c]}', ['a', 'b.c']],
  ])('of rules in %s are %j', (source, paths) => {
    expect(pathsOf(source, 'rules')).toEqual(paths);
  });
});
