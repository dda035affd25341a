import { expect, test } from 'vitest';
import { beginOfDay, dayOfInstant, endOfDay, lastDayBefore } from '../src/parts/zone-date.ts';

test('a day begins and ends by the clocks of the zone', () => {
  expect(beginOfDay('2026-12-31', 'Asia/Singapore')).toBe('2026-12-30T16:00:00.000Z');
  expect(endOfDay('2026-12-31', 'Asia/Singapore')).toBe('2026-12-31T16:00:00.000Z');
});

test('a day on which clocks are changed is shorter', () => {
  expect(beginOfDay('2026-03-29', 'Europe/Berlin')).toBe('2026-03-28T23:00:00.000Z');
  expect(endOfDay('2026-03-29', 'Europe/Berlin')).toBe('2026-03-29T22:00:00.000Z');
});

test('an instant is shown as the day there, and an end as the last day before it', () => {
  expect(dayOfInstant('2026-12-30T16:00:00.000Z', 'Asia/Singapore')).toBe('2026-12-31');
  expect(lastDayBefore('2026-12-31T16:00:00.000Z', 'Asia/Singapore')).toBe('2026-12-31');
});
