/** Incidents of expressions, decisions and times are worded in Chinese throughout; what a worker reports is quoted. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { causeInChinese } from '../../engine/messages/causes-in-chinese.ts';
import { incidentMessage } from '../../engine/messages/incidents.ts';
import { TimeError } from '../../engine/time/error.ts';
import { sourcesOf } from '../support/behaviour-changes.ts';
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

const literal = /(?:'(?:[^'\\\n]|\\.)*'|`(?:[^`\\$]|\\.|\$\{[^}]*\})*`)/.source;
const reported = new RegExp(
  [
    `(?:FeelFailure|FeelLimit|\\.fail)\\(\\s*(?:\\w+ \\?\\? )?(?<failure>${literal})`,
    `const message = (?<message>${literal})`,
    `TimeError\\(\\s*'[\\w-]+',\\s*(?<time>${literal})`,
  ].join('|'),
  'g',
);

/** The sentences in the source of expressions, decisions and times, with a kind of value, or 7, for what they name. */
const filledIn = (sentence: string): string =>
  sentence.replace(/\$\{kindOf\([^}]*\}/g, 'date and time').replace(/\$\{[^}]*\}/g, '7');

const sentencesInSource = ['feel', 'dmn', 'time'].flatMap((folder) =>
  sourcesOf(join('engine', folder)).flatMap(({ text }) =>
    [...text.matchAll(reported)].map(({ groups = {} }) =>
      filledIn((groups['failure'] ?? groups['message'] ?? groups['time'] ?? '').slice(1, -1)),
    ),
  ),
);

test('every sentence that an expression, a decision or a time may report has Chinese', () => {
  expect(sentencesInSource.length).toBeGreaterThan(40);
  expect(sentencesInSource.filter((sentence) => causeInChinese(sentence) === undefined)).toEqual([]);
});

test.each([
  ['The input "days" is a date and time, which is not of its type.', '输入“days”的类型不对，得到的是日期时间。'],
  ['The output "fee" of rule 2 is not among the values allowed.', '规则 2 的输出“fee”不在允许的取值之内。'],
  ['The date and time 2026-11-30T08:00:00Z has no "b" (column 3).', '2026-11-30T08:00:00Z 没有“b”（第 3 列）。'],
  ['The condition of some or every is neither true nor false.', 'some 或 every 的条件既非真也非假。'],
])('%s', (english, chinese) => {
  expect(causeInChinese(english)).toBe(chinese);
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
