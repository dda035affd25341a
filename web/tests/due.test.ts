import { describe, expect, test } from 'vitest';
import { bandOf } from '../src/parts/due-band.ts';
import { instantInWords, remainingUntil, tellTimesIn } from '../src/parts/time.ts';

const at = (text: string) => new Date(text).getTime();

describe('the band of a due date', () => {
  const [since, due] = ['2026-12-01T00:00:00Z', '2026-12-05T00:00:00Z'];
  test.each([
    ['2026-12-01T00:00:00Z', 'early'],
    ['2026-12-02T23:59:59Z', 'early'],
    ['2026-12-03T00:00:00Z', 'half'],
    ['2026-12-04T00:00:00Z', 'close'],
    ['2026-12-05T00:00:00Z', 'close'],
    ['2026-12-05T00:00:01Z', 'late'],
  ])('at %s is %s', (now, band) => {
    expect(bandOf(since, due, at(now)).band).toBe(band);
  });
});

describe('what remains', () => {
  test.each([
    ['2026-12-05T00:00:00Z', { late: false, unit: 'days', n: 4 }],
    ['2026-12-02T12:30:00Z', { late: false, unit: 'hours', n: 36 }],
    ['2026-12-01T00:30:00Z', { late: false, unit: 'minutes', n: 30 }],
    ['2026-11-30T23:00:00Z', { late: true, unit: 'hours', n: 1 }],
    ['2026-11-20T00:00:00Z', { late: true, unit: 'days', n: 11 }],
  ])('until %s', (due, remaining) => {
    expect(remainingUntil(due, at('2026-12-01T00:00:00Z'))).toEqual(remaining);
  });
});

test('an instant is told in the zone of the facility, with its weekday', () => {
  const zone = 'Asia/Tokyo';
  expect(instantInWords('2026-12-01T20:30:00Z', { language: 'zh', zone })).toMatch(/12月2日.*周三.*05:30/);
  expect(instantInWords('2026-12-01T20:30:00Z', { language: 'en', zone })).toMatch(/Wed.*2 Dec.*05:30/);
});

test('an instant that belongs to no facility is told in the zone of the person', () => {
  const instant = '2026-11-30T20:00:00Z';
  tellTimesIn('Asia/Tokyo');
  expect(instantInWords(instant, { language: 'zh' })).toContain('05:00');
  expect(instantInWords(instant, { language: 'zh', zone: 'Europe/Paris' })).toContain('21:00');
  tellTimesIn(undefined);
});
