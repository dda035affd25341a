import { expect, test } from 'vitest';
import { chinaCalendar } from '../../../engine/time/china.ts';
import { applyNotice } from '../../../engine/time/notice.ts';
import { changedDays, yearOf } from '../../../engine/time/year.ts';

test('a published year has all its days with their reasons', () => {
  const { days, workingDays, provisional } = yearOf(chinaCalendar(), 2026);
  expect(days).toHaveLength(365);
  expect(workingDays).toBe(248);
  expect(days.find(({ date }) => date === '2026-10-10')).toMatchObject({ working: true, weekday: 6 });
  expect(days.find(({ date }) => date === '2026-10-01')).toMatchObject({ working: false, weekday: 4 });
  // The last days of a year rest on the notice of the next one.
  expect(provisional).toBe(true);
  expect(days.find(({ provisional }) => provisional)?.date).toBe('2026-12-28');
});

test('a notice changes the days that become free or worked, and no others', () => {
  const before = chinaCalendar();
  const result = applyNotice(before, {
    year: 2031,
    title: '2031',
    off: { '2031-01-01': '元旦', '2031-01-02': '元旦' },
    worked: { '2031-01-04': '元旦调休' },
  });
  if (!result.ok) throw new Error('refused');
  const changes = changedDays(before, result.calendar, 2031);
  const of = (wanted: string) => changes.find(({ date }) => date === wanted);
  expect(of('2031-01-01')).toBeUndefined();
  expect(of('2031-01-02')).toMatchObject({ before: { working: true }, after: { working: false, reason: '元旦' } });
  expect(of('2031-01-04')).toMatchObject({ before: { working: false }, after: { working: true } });
  // Statutory days that the notice does not list are no longer taken from the law.
  expect(of('2031-10-01')).toMatchObject({ before: { working: false }, after: { working: true } });
  expect(of('2031-03-03')).toBeUndefined();
});
