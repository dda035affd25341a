/** Incidents of expressions, decisions and times are worded in Chinese throughout; what a worker reports is quoted. */
import { expect, test } from 'vitest';
import { causeInChinese } from '../../engine/messages/causes-in-chinese.ts';
import { incidentMessage } from '../../engine/messages/incidents.ts';
import { TimeError } from '../../engine/time/error.ts';
import { evaluate } from './feel/evaluate-expression.ts';

const causeOf = (expression: string): string => {
  const result = evaluate(expression);
  if (result.ok) throw new Error(`${expression} has a value.`);
  return result.message;
};

test.each([
  ['price * 2', '没有变量“price”（第 1 列）。'],
  ['"a" + 1', '"a" + 1 没有结果（第 5 列）。'],
  ['"a" < 1', '"a" < 1 无法比较（第 5 列）。'],
  ['5.b', '5 没有“b”'],
  ['date("2026-13-01")', 'date("2026-13-01") 没有结果'],
  ['(function(a) a)(1, 2)', '函数需要 1 个参数，得到 2 个'],
  ['1\n+ price', '没有变量“price”（第 2 行第 3 列）。'],
])('%s', (expression, words) => {
  expect(causeInChinese(causeOf(expression))).toContain(words);
});

test('a sentence of another author is quoted as it is', () => {
  expect(causeInChinese('connect ECONNREFUSED')).toBeUndefined();
  const said = incidentMessage({ reason: 'time-invalid', part: 'timer', expression: 'soon', cause: 'Odd.' });
  expect(said.zh).toContain('原文：“Odd.”');
});

test('the English incident keeps the sentence of the engine', () => {
  const params = { reason: 'variable-missing', part: 'script', expression: 'price * 2' } as const;
  const said = incidentMessage({ ...params, cause: causeOf('price * 2') });
  expect(said.zh).toBe('脚本“price * 2”用到的变量不存在。没有变量“price”（第 1 列）。');
  expect(said.en).toContain('There is no variable "price"');
});

test.each([
  new TimeError('invalid-duration', '"2 days" is not a duration.', ''),
  new TimeError('invalid-cron', '"99 * *" is not a cron expression: it has 3 fields.', ''),
])('$message', (error) => {
  expect(causeInChinese(error.message)).toMatch(/不是(时长| cron 表达式)。$/);
});
