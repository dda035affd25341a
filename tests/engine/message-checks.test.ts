/** What is looked at in texts to patients: how many messages they count as, barred words, the opt-out wording, and their values. */
import { describe, expect, test } from 'vitest';
import { barredWordsIn } from '../../engine/messages/advertising-words.ts';
import { hasOptOutWording } from '../../engine/messages/opt-out-wording.ts';
import { smsSegments } from '../../engine/messages/sms-segments.ts';
import { longestText, valueFault } from '../../engine/messages/template-variables.ts';
import type { MessageTemplate } from '../../engine/model/plan.ts';

test.each([
  [0, 1],
  [70, 1],
  [71, 2],
  [134, 2],
  [135, 3],
  [160, 3],
  [201, 3],
  [202, 4],
])('%i characters are %i messages', (length, segments) => {
  expect(smsSegments('字'.repeat(length))).toBe(segments);
});

test('an emoji counts as two characters', () => {
  expect(smsSegments(`${'字'.repeat(68)}🎂`)).toBe(1);
  expect(smsSegments(`${'字'.repeat(69)}🎂`)).toBe(2);
});

describe('words that advertisements must not have', () => {
  const words = (text: string) => barredWordsIn(text).map(({ word }) => word);
  test.each([
    ['最佳方案', ['最佳']],
    ['最 佳方案', ['最佳']],
    ['最·佳方案', ['最佳']],
    ['全国第一的团队', ['全国第一']],
    ['国家级专家，保证根治', ['国家级', '根治', '保证']],
    ['１００％有效率', ['有效率']],
  ])('%s', (text, found) => {
    expect(words(text)).toEqual(found);
  });
  test.each(['第一次来院', '我们会在第一时间答复', '术后第一天', '您好', '佳节快乐'])('none in %s', (text) => {
    expect(words(text)).toEqual([]);
  });
  test('each with the article that bars it', () => {
    expect(barredWordsIn('根治')[0]?.law).toContain('第十六条');
  });
});

describe('how to stop marketing', () => {
  test.each(['拒收请回复R', '拒收请回复 R', '回TD退订', '退订回T', '退订请回复TD。', '拒收请回复Ｒ'])(
    '%s says so',
    (text) => {
      expect(hasOptOutWording(`会员活动。${text}`)).toBe(true);
    },
  );
  test.each(['如有不适请回复2', '退订政策见官网', '请回复'])('%s does not', (text) => {
    expect(hasOptOutWording(text)).toBe(false);
  });
});

describe('values of a text', () => {
  const template: MessageTemplate = {
    zh: { subject: 's', body: '{day}，编号{businessKey}，余额{amount}' },
    variables: { day: { kind: 'date', maxLength: 6 }, amount: { kind: 'number' } },
  };
  test.each([
    ['day', '12月31日', undefined],
    ['day', '二〇二六年十二月', '"day" is longer than 6 characters'],
    ['amount', 12.5, undefined],
    ['amount', '十二元', '"amount" is no number'],
    ['businessKey', 'BJ2026110001', undefined],
    ['other', 'anything at all', undefined],
  ])('%s may not be everything: %s', (name, value, fault) => {
    expect(valueFault(template, name, value)).toBe(fault);
  });
  test('the text is as long as they may make it', () => {
    expect(longestText(template, template.zh)).toHaveLength('，编号，余额'.length + 6 + 35 + 10);
  });
});
