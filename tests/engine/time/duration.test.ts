import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDuration, fixedMsOf, monthsOf, parseDuration } from '../../../engine/time/duration.ts';

const zone = 'Asia/Shanghai';

describe('parseDuration', () => {
  it.each([
    ['PT48H', 0, 172_800_000],
    ['P7D', 0, 604_800_000],
    ['P2W', 0, 1_209_600_000],
    ['P1Y2M', 14, 0],
    ['P1DT2H3M4.005S', 0, 93_784_005],
    ['PT0,5S', 0, 500],
    ['-P1DT1H', 0, -90_000_000],
    ['P-1D', 0, -86_400_000],
    ['-P1M', -1, 0],
    ['PT0S', 0, 0],
  ])('%s is %d months and %d ms', (text, months, ms) => {
    const duration = parseDuration(text);
    expect([monthsOf(duration), fixedMsOf(duration)]).toEqual([months, ms]);
  });

  it.each(['', 'P', 'PT', 'P1DT', '48H', 'P1H', 'PT1D', 'P1.5D', 'PT1.5H', 'p1d', 'P1D ', '1 day', 'PT1S1M', 'P-'])(
    'refuses "%s"',
    (text) => {
      expect(() => parseDuration(text)).toThrow(expect.objectContaining({ code: 'invalid-duration' }));
    },
  );

  it('says what to write instead', () => {
    expect(() => parseDuration('48 hours')).toThrow(
      expect.objectContaining({ hint: expect.stringContaining('PT48H') }),
    );
  });
});

describe('addDuration', () => {
  it.each([
    ['2026-09-30T08:20:00Z', 'PT48H', '2026-10-02T08:20:00.000Z'],
    ['2026-09-30T16:20:00+08:00', 'P7D', '2026-10-07T08:20:00.000Z'],
    ['2026-09-30T08:20:00Z', 'PT0.25S', '2026-09-30T08:20:00.250Z'],
    ['2026-09-30T08:20:00Z', '-PT1H', '2026-09-30T07:20:00.000Z'],
    ['2026-01-31T04:00:00Z', 'P1M', '2026-02-28T04:00:00.000Z'],
    ['2028-02-29T04:00:00Z', 'P1Y', '2029-02-28T04:00:00.000Z'],
    ['2026-03-31T04:00:00Z', '-P1M', '2026-02-28T04:00:00.000Z'],
    ['2026-01-15T04:00:00Z', '-P13M', '2024-12-15T04:00:00.000Z'],
  ])('%s + %s is %s', (from, duration, expected) => {
    expect(addDuration(from, duration, zone)).toBe(expected);
  });

  it('counts months by the date people see: 1 October 00:30 in Shanghai is still September in UTC', () => {
    expect(addDuration('2026-09-30T16:30:00Z', 'P1M', zone)).toBe('2026-10-31T16:30:00.000Z');
    expect(addDuration('2026-09-30T16:30:00Z', 'P1M', 'UTC')).toBe('2026-10-30T16:30:00.000Z');
  });

  it('a day is 24 hours, a month keeps the local time, where clocks are set forward', () => {
    expect(addDuration('2026-03-07T17:00:00Z', 'P1D', 'America/New_York')).toBe('2026-03-08T17:00:00.000Z');
    expect(addDuration('2026-02-20T17:00:00Z', 'P1M', 'America/New_York')).toBe('2026-03-20T16:00:00.000Z');
  });

  it.each([
    'P9000Y',
    'P300000Y',
    '-P300000Y',
    '-P2026Y',
    `P${'9'.repeat(400)}D`,
    `PT${'9'.repeat(25)}S`,
    `P${'9'.repeat(25)}M`,
    `-P${'9'.repeat(25)}W`,
  ])('refuses a result that no calendar date can hold: %s', (duration) => {
    for (const place of [zone, 'Europe/Berlin', 'UTC'])
      expect(() => addDuration('2026-09-30T00:00:00Z', duration, place)).toThrow(
        expect.objectContaining({ code: 'invalid-instant' }),
      );
  });

  it('goes back to the years before 100 as they are written', () => {
    expect(addDuration('2026-09-30T00:00:00Z', '-P1960Y', 'UTC')).toBe('0066-09-30T00:00:00.000Z');
  });

  it('fixed durations add up and can be taken back', () => {
    const ms = fc.integer({ min: 0, max: 10_000_000_000 });
    fc.assert(
      fc.property(ms, ms, (a, b) => {
        const from = '2026-01-01T00:00:00.000Z';
        const seconds = (n: number) => `PT${(n / 1000).toFixed(3)}S`;
        const both = addDuration(addDuration(from, seconds(a), zone), seconds(b), zone);
        expect(both).toBe(addDuration(from, seconds(a + b), zone));
        expect(addDuration(both, `-${seconds(a + b)}`, zone)).toBe(from);
      }),
    );
  });

  it('months land in the month asked for, never beyond it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20_000 }), fc.integer({ min: -240, max: 240 }), (day, months) => {
        const from = new Date(Date.UTC(1995, 0, 1) + day * 86_400_000).toISOString();
        const to = addDuration(from, months < 0 ? `-P${-months}M` : `P${months}M`, 'UTC');
        const index = (iso: string) => +iso.slice(0, 4) * 12 + +iso.slice(5, 7);
        expect(index(to) - index(from)).toBe(months);
        expect(+to.slice(8, 10)).toBeLessThanOrEqual(+from.slice(8, 10));
      }),
    );
  });
});
