import { expect, test } from 'vitest';
import { chinaCalendar } from '../../../engine/time/china.ts';
import { workingMsBetween } from '../../../engine/time/working-time.ts';

const hours = (from: string, to: string): number =>
  workingMsBetween(chinaCalendar(), `${from}+08:00`, `${to}+08:00`) / 3_600_000;

test('only working days count, from midnight to midnight', () => {
  // 2026-11-27 is a Friday.
  expect(hours('2026-11-27T16:00:00', '2026-11-27T20:00:00')).toBe(4);
  expect(hours('2026-11-27T16:00:00', '2026-11-30T01:00:00')).toBe(9);
  expect(hours('2026-11-28T00:00:00', '2026-11-29T23:00:00')).toBe(0);
});

test('a day worked in lieu counts, a day off in a holiday does not', () => {
  // 2026: 1 to 7 October off, Saturday 10 October worked.
  expect(hours('2026-09-30T12:00:00', '2026-10-08T12:00:00')).toBe(24);
  expect(hours('2026-10-10T00:00:00', '2026-10-11T00:00:00')).toBe(24);
});

test('what lies before is negative', () => {
  expect(hours('2026-11-30T01:00:00', '2026-11-27T16:00:00')).toBe(-9);
});
