import { describe, expect, test } from 'vitest';
import { aliyunCallbacks } from '../../gateway/adapters/aliyun/callbacks.ts';
import { tencentCallbacks } from '../../gateway/adapters/tencent/callbacks.ts';
import { isOptOut } from '../../gateway/delivery/opt-out.ts';

describe('an answer that ends marketing', () => {
  test.each(['R', 'r', 'Ｒ', ' T ', 'td', 'ＴＤ', 'n', '退订', ' 退 订。', '“R”', 'R\u200b'])('%s', (text) => {
    expect(isOptOut(text)).toBe(true);
  });
  test.each(['2', 'TT', '不退订', 'No', '好的', 'R2', '', '请不要退订我'])('not %s', (text) => {
    expect(isOptOut(text)).toBe(false);
  });
});

test('receipts and replies of Aliyun', () => {
  const report = { phone_number: '13800138000', send_time: '2026-11-30 15:00:00', sms_size: '1', biz_id: 'B1' };
  expect(
    aliyunCallbacks.parseReceipts([
      { ...report, success: true, err_code: 'DELIVERED', out_id: 'm1' },
      { ...report, success: false, err_code: 'PhoneNumberInBlacklist', out_id: 'm2' },
    ]),
  ).toEqual([
    { delivered: true, mark: 'm1', providerId: 'B1' },
    { delivered: false, mark: 'm2', providerId: 'B1', code: 'PhoneNumberInBlacklist', personRefuses: true },
  ]);
  const up = { phone_number: '13800138000', content: '2', dest_code: '123', sequence_id: 77 };
  expect(aliyunCallbacks.parseReplies([up])).toEqual([{ id: 'aliyun 77', from: '13800138000', text: '2' }]);
  expect(() => aliyunCallbacks.parseReceipts({ success: true })).toThrow();
});

test('receipts and replies of Tencent Cloud: a repeated reply counts once, another one counts again', () => {
  const report = { mobile: '13800138000', nationcode: '86', report_status: 'SUCCESS', errmsg: 'DELIVRD', sid: 'S1' };
  expect(tencentCallbacks.parseReceipts([report])).toEqual([{ providerId: 'S1', delivered: true }]);
  expect(tencentCallbacks.parseReceipts([{ ...report, report_status: 'FAIL', errmsg: 'UNDELIV' }])).toEqual([
    { providerId: 'S1', delivered: false, code: 'UNDELIV' },
  ]);
  const reply = { extend: '1', mobile: '13800138000', nationcode: '86', sign: '医院', text: 'R', time: 1_796_022_000 };
  const [first] = tencentCallbacks.parseReplies(reply);
  expect(first).toMatchObject({ from: '8613800138000', text: 'R' });
  expect(tencentCallbacks.parseReplies({ ...reply })[0]?.id).toBe(first?.id);
  expect(tencentCallbacks.parseReplies({ ...reply, time: 1_796_022_001 })[0]?.id).not.toBe(first?.id);
});
