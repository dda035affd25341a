import { expect, test } from 'vitest';
import { centsOf, durationOf, durationText, yuanOf } from '../src/pages/settings/rules/rule-values.ts';

test('amounts are typed in yuan and kept to the cent', () => {
  expect(['20000', '0.5', '19999.99', '1.1'].map(centsOf)).toEqual([2_000_000, 50, 1_999_999, 110]);
  expect(['', '1.234', '-1', '1,000', '一万'].map(centsOf)).toEqual([...Array(5)]);
  expect([2_000_000, 50, 1_999_999].map(yuanOf)).toEqual(['20000', '0.50', '19999.99']);
});

test('a duration of one unit is typed as a number, and comes back as it was', () => {
  for (const text of ['PT24H', 'P7D', 'PT30M']) {
    const duration = durationOf(text);
    expect(duration && durationText(duration.n, duration.unit)).toBe(text);
  }
  expect(durationOf('P1DT2H')).toBeUndefined();
});
