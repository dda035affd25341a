/** Regular expressions: in linear time, and as XPath and JavaScript mean them. */
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../engine/model/plan.ts';
import { faultOfPattern, matchesPattern } from '../../../engine/tasks/form-pattern.ts';
import { resultOf } from './evaluate-expression.ts';

const many = (text: string) => text.repeat(20_000);
const matching = (pattern: string, text: string): Json => resultOf('matches(text, pattern)', { text, pattern });

describe('a pattern that would take for ever elsewhere', () => {
  it.each([
    ['(a+)+$', `${many('a')}!`],
    ['(a|a)*b', many('a')],
    ['(a|aa)+$', `${many('a')}!`],
    ['([a-z]+\\.)+com$', `${many('a.')}x`],
    ['^(\\d+)*x', many('1')],
    ['(.*)(.*)(.*)(.*)x', many('a')],
  ])('%s is done with a long text', (pattern, text) => {
    expect(matching(pattern, text)).toBe(false);
  });

  it.each(['(a*)*\\1b', '(a|a)*\\1b', '(a*)(a*)(a*)\\1b'])(
    '%s, which RE2 does not have, is beyond the budget',
    (pattern) => {
      expect(matching(pattern, many('a'))).toMatch(/^expression-too-costly: The pattern/);
    },
  );

  it('is beyond the budget when there are many of it', () => {
    const each = 'for i in 1..10000 return matches(text, "(a+)+$")';
    expect(resultOf(each, { text: many('a') })).toMatch(/^expression-too-costly/);
  });
});

describe('a pattern of an expression means what XPath says', () => {
  it.each<[string, Json]>([
    ['matches("aa", "(a)\\\\1")', true],
    ['matches("abc", "^[a-z-[aeiou]]+$")', false],
    ['matches("bcd", "^[a-z-[aeiou]]+$")', true],
    ['matches("北京 ٣", "^\\\\w+ \\\\d$")', true],
    ['matches("a\\nb", "^b", "m")', true],
    ['matches("AB", "ab", "i")', true],
    ['matches("a.b", "a.b", "q")', true],
    ['replace("abracadabra", "(a)(b)?", "[$1$2]")', '[ab]r[a]c[a]d[ab]r[a]'],
    ['replace("a😀b", "😀", "-")', 'a-b'],
    ['split("a, b,c", ",\\\\s*")', ['a', 'b', 'c']],
    ['split("abc", "")', ['a', 'b', 'c']],
    ['extract("a1b22", "[0-9]+")', ['1', '22']],
  ])('%s', (expression, value) => {
    expect(resultOf(expression)).toEqual(value);
  });
});

describe('the pattern of a field', () => {
  it.each<[string, string, boolean]>([
    ['^(a+)+$', `${many('a')}!`, false],
    ['^1[3-9]\\d{9}$', '13800000000', true],
    ['\\s', '张\u3000三', true],
    ['^\\S+$', '张\u3000三', false],
    ['^[\\s\\d]+$', '1\u00a02', true],
    ['a.b', 'a\nb', false],
    ['^[\\u4e00-\\u9fa5]{2,4}$', '张三', true],
    ['^(?=.*[A-Z])(?=.*\\d).{8,}$', 'Abcdefg1', true],
    ['^(?=.*[A-Z])(?=.*\\d).{8,}$', many('a'), false],
    ['(', 'a', false],
  ])('%s', (pattern, value, holds) => {
    expect(matchesPattern(pattern, value)).toBe(holds);
  });

  it('is refused at deployment where it can take too long, whatever the text', () => {
    expect(faultOfPattern('^(?=(a+)+$)')).toBe('too-costly');
    expect(faultOfPattern('^(a+)+\\1$')).toBe('too-costly');
    expect(faultOfPattern('^(a+)+$')).toBeUndefined();
    expect(faultOfPattern('^(?=.*\\d).{8,}$')).toBeUndefined();
    expect(faultOfPattern('(')).toBe('none');
  });
});
