import { expect, test } from 'vitest';
import { readNotice } from '../src/pages/settings/calendar/read-notice.ts';

test('the paragraphs of a notice give days off and days worked in lieu', () => {
  const notice = readNotice(`关于2031年部分节假日安排的通知
    一、元旦：2030年12月31日（周二）至2031年1月2日（周四）放假调休，共3天。1月4日（周六）上班。
    二、春节：1月22日（农历除夕、周三）至28日（周二）放假调休，共7天。1月19日（周日）、2月1日（周六）上班。
    三、清明节：4月5日（周六）放假。`);
  expect(notice).toMatchObject({ year: 2031, title: '关于2031年部分节假日安排的通知' });
  expect(Object.keys(notice?.off ?? {}).sort()).toEqual([
    ...['2030-12-31', '2031-01-01', '2031-01-02'],
    ...['22', '23', '24', '25', '26', '27', '28'].map((day) => `2031-01-${day}`),
    '2031-04-05',
  ]);
  expect(notice?.off['2031-01-28']).toBe('春节');
  expect(notice?.worked).toEqual({ '2031-01-04': '元旦调休', '2031-01-19': '春节调休', '2031-02-01': '春节调休' });
});

test('lines of dates and the body of the API are read as well', () => {
  expect(readNotice('2031年节假日\n2031-01-01 放假 元旦\n2031-01-04,上班,元旦调休')).toEqual({
    year: 2031,
    title: '2031年节假日',
    off: { '2031-01-01': '元旦' },
    worked: { '2031-01-04': '元旦调休' },
  });
  const body = { year: 2031, title: '通知', off: { '2031-01-01': '元旦' }, worked: {} };
  expect(readNotice(JSON.stringify(body))).toEqual(body);
});

test('a text without dates, or that is broken JSON, is no notice', () => {
  for (const text of ['', '关于2031年节假日的通知', '元旦快乐', '{"year": 2031', '{"year": 2031}'])
    expect(readNotice(text)).toBeUndefined();
});
