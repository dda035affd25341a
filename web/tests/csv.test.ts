import { expect, test } from 'vitest';
import { csvOf } from '../src/parts/csv.ts';

test('a table becomes a file that Excel opens as UTF-8', () => {
  expect(
    csvOf([
      ['任务', '期限'],
      ['退款', '周一'],
    ]),
  ).toBe('\ufeff任务,期限\r\n退款,周一\r\n');
});

test('commas, quotes and line breaks stay within their cell', () => {
  expect(csvOf([['a,b', 'say "no"', 'two\nlines']])).toBe('\ufeff"a,b","say ""no""","two\nlines"\r\n');
});

test.each(['=1+1', '+86', '-1', '@cmd', '\tx', '＝1+1', '＋86', '－1', '＠cmd', '\n=1'])('%j is no formula', (text) => {
  expect(csvOf([[text]])).toContain(`'${text}`);
});
