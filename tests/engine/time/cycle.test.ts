import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkCycle, nextCycle } from '../../../engine/time/cycle.ts';

const zone = 'Asia/Shanghai';
const armed = '2026-11-22T00:00:00.000Z';

/** Due times of the first `count` occurrences, each counted from the one before. */
function occurrences(cycle: string, start: string, count: number, inZone = zone): string[] {
  const found: string[] = [];
  let previous = start;
  while (found.length < count) {
    const next = nextCycle(cycle, previous, inZone, found.length);
    if (!next) break;
    found.push(next.at);
    previous = next.at;
  }
  return found;
}

describe('repeating intervals', () => {
  it('R3/PT10S occurs three times, every ten seconds after arming', () => {
    expect(occurrences('R3/PT10S', armed, 9)).toEqual([
      '2026-11-22T00:00:10.000Z',
      '2026-11-22T00:00:20.000Z',
      '2026-11-22T00:00:30.000Z',
    ]);
    expect(nextCycle('R3/PT10S', armed, zone)?.remaining).toBe(2);
    expect(nextCycle('R3/PT10S', armed, zone, 2)?.remaining).toBe(0);
    expect(nextCycle('R3/PT10S', armed, zone, 3)).toBeUndefined();
  });

  it.each(['R/PT1H', 'R-1/PT1H'])('%s never ends', (cycle) => {
    expect(nextCycle(cycle, armed, zone, 10_000)).toEqual({ at: '2026-11-22T01:00:00.000Z', remaining: null });
  });

  it('R0 occurs never', () => {
    expect(nextCycle('R0/PT1H', armed, zone)).toBeUndefined();
  });

  it('with a start in the future, the first occurrence is the start', () => {
    expect(occurrences('R2/2026-12-01T09:00:00+08:00/P1D', armed, 9)).toEqual([
      '2026-12-01T01:00:00.000Z',
      '2026-12-02T01:00:00.000Z',
    ]);
  });

  it('a start at the very arming counts', () => {
    expect(occurrences(`R/${armed}/P1D`, armed, 2)).toEqual([armed, '2026-11-23T00:00:00.000Z']);
  });

  it('with a start in the past, occurrences stay on its grid', () => {
    expect(occurrences('R/2020-01-01T09:00:00+08:00/P7D', armed, 2)).toEqual([
      '2026-11-25T01:00:00.000Z',
      '2026-12-02T01:00:00.000Z',
    ]);
  });

  it('monthly from the 31st keeps the last day of each month', () => {
    expect(occurrences('R/2026-12-31T12:00:00Z/P1M', armed, 4)).toEqual([
      '2026-12-31T12:00:00.000Z',
      '2027-01-31T12:00:00.000Z',
      '2027-02-28T12:00:00.000Z',
      '2027-03-31T12:00:00.000Z',
    ]);
  });

  it('a start without an offset is local', () => {
    expect(nextCycle('R/2026-12-01T09:00:00/P1D', armed, zone)?.at).toBe('2026-12-01T01:00:00.000Z');
  });

  it('start and end give the interval; duration and end count back from the end', () => {
    expect(occurrences('R2/2026-12-01T00:00:00Z/2026-12-01T06:00:00Z', armed, 9)).toEqual([
      '2026-12-01T00:00:00.000Z',
      '2026-12-01T06:00:00.000Z',
    ]);
    expect(occurrences('R3/PT1H/2026-12-01T00:00:00Z', armed, 9)).toEqual([
      '2026-11-30T22:00:00.000Z',
      '2026-11-30T23:00:00.000Z',
      '2026-12-01T00:00:00.000Z',
    ]);
    expect(occurrences('R/PT12H/2026-11-23T00:00:00Z', armed, 9)).toEqual([
      '2026-11-22T00:00:00.000Z',
      '2026-11-22T12:00:00.000Z',
      '2026-11-23T00:00:00.000Z',
    ]);
    expect(nextCycle('R/PT1H/2026-01-01T00:00:00Z', armed, zone)).toBeUndefined();
  });

  it('start, duration and end: none after the end', () => {
    expect(occurrences('R/2026-12-01T00:00:00Z/P1D/2026-12-02T12:00:00Z', armed, 9)).toHaveLength(2);
  });

  it.each([
    ['R', 'invalid-cycle'],
    ['R/', 'invalid-cycle'],
    ['Rx/PT1S', 'invalid-cycle'],
    ['R3/PT0S', 'invalid-cycle'],
    ['R3/-PT1S', 'invalid-cycle'],
    ['R3/P1M-2D', 'invalid-cycle'],
    ['R3/PT1S/PT1S', 'invalid-cycle'],
    ['R3/2026-12-02/2026-12-01', 'invalid-cycle'],
    ['R3/soon/PT1S', 'invalid-instant'],
    ['R3/P1X', 'invalid-duration'],
    ['hello', 'invalid-cron'],
  ])('refuses %s with %s', (cycle, code) => {
    expect(() => checkCycle(cycle, zone)).toThrow(expect.objectContaining({ code }));
  });

  it.each([
    ['in brackets', 'R/2026-03-27T10:00:00+01:00[Europe/Berlin]/P1D'],
    ['after @', 'R/2026-03-27T10:00:00@Europe/Berlin/P1D'],
  ])('a start that names its zone %s is followed by the clocks there, through the change of them', (_, cycle) => {
    expect(occurrences(cycle, '2026-03-28T00:00:00.000Z', 3)).toEqual([
      '2026-03-28T09:00:00.000Z',
      '2026-03-29T08:00:00.000Z',
      '2026-03-30T08:00:00.000Z',
    ]);
  });

  it('weeks and hours of a named zone: weeks go by its clocks, hours by time itself', () => {
    const start = '2026-10-24T02:30:00[Europe/Berlin]';
    expect(occurrences(`R2/${start}/P1W`, '2026-10-24T01:00:00.000Z', 1)).toEqual(['2026-10-31T01:30:00.000Z']);
    expect(occurrences(`R/${start}/PT24H`, '2026-10-24T01:00:00.000Z', 1)).toEqual(['2026-10-25T00:30:00.000Z']);
  });

  it.each([
    ['R/2026-12-01T09:00:00[America/Argentina/Buenos_Aires]/P1D', '2026-12-01T12:00:00.000Z'],
    ['R/2026-12-01T09:00:00[Europe/Paris]/P1D/2027-01-01T00:00:00[Europe/Paris]', '2026-12-01T08:00:00.000Z'],
    ['R/2026-12-01T09:00:00@Etc/GMT+5/2026-12-02T09:00:00@Etc/GMT+5', '2026-12-01T14:00:00.000Z'],
  ])('slashes in names of zones divide nothing: %s', (cycle, first) => {
    expect(nextCycle(cycle, armed, zone)?.at).toBe(first);
  });

  it('a duration alone is refused with a hint how to repeat it', () => {
    expect(() => checkCycle('PT1H', zone)).toThrow(expect.objectContaining({ hint: 'Write R/PT1H to repeat it.' }));
  });

  it('occurrences of a grid are strictly later each time and a whole number of intervals from the start', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5_000_000 }),
        fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }),
        (seconds, shift) => {
          const start = new Date(Date.parse(armed) + shift * 1000).toISOString();
          const found = occurrences(`R/${start}/PT${seconds}S`, armed, 5);
          const times = [armed, ...found].map((at) => Date.parse(at));
          times.slice(2).forEach((ms, i) => {
            expect(ms - times[i + 1]!).toBe(seconds * 1000);
          });
          expect(Math.abs((times[1]! - Date.parse(start)) % (seconds * 1000))).toBe(0);
          if (shift <= 0) expect(times[1]! - times[0]!).toBeLessThan(seconds * 1000);
        },
      ),
    );
  });

  it('months and years also find the first occurrence after any moment', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 0, max: 1_500_000_000 }), (months, after) => {
        const start = '2000-01-31T00:00:00.000Z';
        const from = new Date(Date.parse(start) + after * 1000).toISOString();
        const [first] = occurrences(`R/${start}/P${months}M`, from, 1, 'UTC');
        const passed = (+first!.slice(0, 4) - 2000) * 12 + +first!.slice(5, 7) - 1;
        expect(passed % months).toBe(0);
        expect(first! >= from).toBe(true);
        expect(Date.parse(first!) - Date.parse(from)).toBeLessThanOrEqual(months * 31 * 86_400_000);
      }),
    );
  });
});

describe('cron', () => {
  it.each([
    ['0 0 9 * * MON-FRI', '2026-11-23T01:00:00.000Z', '2026-11-24T01:00:00.000Z'],
    ['0 0 9-17/4 * * ?', '2026-11-22T01:00:00.000Z', '2026-11-22T05:00:00.000Z'],
    ['*/20 * * * * *', '2026-11-22T00:00:20.000Z', '2026-11-22T00:00:40.000Z'],
    ['0 30 8 1 JAN *', '2027-01-01T00:30:00.000Z', '2028-01-01T00:30:00.000Z'],
    ['0 0 0 29 2 *', '2028-02-28T16:00:00.000Z', '2032-02-28T16:00:00.000Z'],
    ['0 0 12 L * *', '2026-11-30T04:00:00.000Z', '2026-12-31T04:00:00.000Z'],
    ['0 0 12 L-2 * *', '2026-11-28T04:00:00.000Z', '2026-12-29T04:00:00.000Z'],
    ['0 0 12 LW 1,5 *', '2027-01-29T04:00:00.000Z', '2027-05-31T04:00:00.000Z'],
    ['0 0 12 15W * *', '2026-12-15T04:00:00.000Z', '2027-01-15T04:00:00.000Z'],
    ['0 0 12 1W 5,8 *', '2027-05-03T04:00:00.000Z', '2027-08-02T04:00:00.000Z'],
    ['0 0 12 * * FRIL', '2026-11-27T04:00:00.000Z', '2026-12-25T04:00:00.000Z'],
    ['0 0 12 * * 2#1', '2026-12-01T04:00:00.000Z', '2027-01-05T04:00:00.000Z'],
    ['0 0 12 13 * FRI', '2027-08-13T04:00:00.000Z', '2028-10-13T04:00:00.000Z'],
    ['0 12 13 * FRI', '2026-11-27T04:00:00.000Z', '2026-12-04T04:00:00.000Z'],
    ['30 8 * * SAT-SUN', '2026-11-22T00:30:00.000Z', '2026-11-28T00:30:00.000Z'],
    ['@weekly', '2026-11-28T16:00:00.000Z', '2026-12-05T16:00:00.000Z'],
    ['@daily', '2026-11-22T16:00:00.000Z', '2026-11-23T16:00:00.000Z'],
  ])('%s in Shanghai: %s, then %s', (cycle, first, second) => {
    expect(occurrences(cycle, armed, 2)).toEqual([first, second]);
  });

  it('has no end', () => {
    expect(nextCycle('@hourly', armed, zone, 99)).toEqual({ at: '2026-11-22T01:00:00.000Z', remaining: null });
  });

  it('leaves out a local time that does not exist and takes the first of two', () => {
    expect(occurrences('0 30 2 * * *', '2026-03-07T12:00:00Z', 1, 'America/New_York')).toEqual([
      '2026-03-09T06:30:00.000Z',
    ]);
    expect(occurrences('0 30 1 * * *', '2026-11-01T00:00:00Z', 2, 'America/New_York')).toEqual([
      '2026-11-01T05:30:00.000Z',
      '2026-11-02T06:30:00.000Z',
    ]);
  });

  it('for every hour goes twice through the hour that is repeated', () => {
    expect(occurrences('0 0/30 * * * *', '2026-10-25T00:00:00Z', 5, 'Europe/Berlin')).toEqual([
      '2026-10-25T00:30:00.000Z',
      '2026-10-25T01:00:00.000Z',
      '2026-10-25T01:30:00.000Z',
      '2026-10-25T02:00:00.000Z',
      '2026-10-25T02:30:00.000Z',
    ]);
  });

  it('for every hour continues at once after an hour that is left out', () => {
    expect(occurrences('0 0/30 * * * *', '2026-03-29T00:00:00Z', 3, 'Europe/Berlin')).toEqual([
      '2026-03-29T00:30:00.000Z',
      '2026-03-29T01:00:00.000Z',
      '2026-03-29T01:30:00.000Z',
    ]);
  });

  it('for every hour is regular where clocks are changed by half an hour, and where midnight is repeated', () => {
    const minutes = (zone: string, from: string) =>
      occurrences('0 0/15 * * * *', from, 40, zone).map((at, index, all) =>
        index === 0 ? 15 : (Date.parse(at) - Date.parse(all[index - 1]!)) / 60_000,
      );
    for (const [zone, from] of [
      ['Australia/Lord_Howe', '2026-04-04T12:00:00Z'],
      ['Australia/Lord_Howe', '2026-10-03T12:00:00Z'],
      ['Atlantic/Azores', '2026-10-24T21:00:00Z'],
      ['America/Havana', '2026-11-01T02:00:00Z'],
    ] as const)
      expect(new Set(minutes(zone, from))).toEqual(new Set([15]));
  });

  it.each([
    '* * * *',
    '60 * * * * *',
    '0 0 24 * * *',
    '0 0 0 0 * *',
    '0 0 0 32W * *',
    '0 0 0 * 13 *',
    '0 0 0 * * 8',
    '0 0 0 * * MOO',
    '0 0 0 * * MON#6',
    '0 0/0 * * * *',
    '0 5-1 * * * *',
    '0 0 0 1- * *',
    '0 0 0 30 2 *',
  ])('refuses %s', (cycle) => {
    expect(() => checkCycle(cycle, zone)).toThrow(expect.objectContaining({ code: 'invalid-cron' }));
  });
});
