/** The table of moving holidays against a second source: the Chinese calendar of ICU, and the sun's longitude for 清明. */
import { describe, expect, it } from 'vitest';
import { addDays } from '../../../engine/time/date.ts';
import { movingDays } from '../../../engine/time/statutory-days.ts';

const lunar = new Intl.DateTimeFormat('en-US-u-ca-chinese', {
  timeZone: 'Asia/Shanghai',
  month: 'numeric',
  day: 'numeric',
});
const lunarDate = (date: string) => lunar.format(new Date(`${date}T04:00:00Z`));

/** Apparent longitude of the sun in degrees, to 0.01° (Meeus, Astronomical Algorithms, chapter 25, low accuracy). */
function sunLongitude(ms: number): number {
  const t = (ms / 86_400_000 + 2440587.5 - 2451545 + 69 / 86_400) / 36525;
  const sin = (degrees: number) => Math.sin((degrees * Math.PI) / 180);
  const mean = 280.46646 + 36000.76983 * t + 0.0003032 * t * t;
  const anomaly = 357.52911 + 35999.05029 * t - 0.0001537 * t * t;
  const centre =
    (1.914602 - 0.004817 * t) * sin(anomaly) +
    (0.019993 - 0.000101 * t) * sin(2 * anomaly) +
    0.000289 * sin(3 * anomaly);
  const longitude = mean + centre - 0.00569 - 0.00478 * sin(125.04 - 1934.136 * t);
  return ((longitude % 360) + 360) % 360;
}

describe('statutory days of 2020–2060', () => {
  const years = Object.entries(movingDays).map(([year, row]) => ({
    year,
    dates: row.split(' ').map((day) => `${year}-${day.slice(0, 2)}-${day.slice(2)}`),
  }));

  it('covers every year', () => {
    expect(years.map(({ year }) => +year)).toEqual(Array.from({ length: 41 }, (_, i) => 2020 + i));
  });

  /** The new moon comes within ten minutes of midnight in Beijing (23:56 and 00:07): ICU's astronomy is too coarse there. */
  const close = ['2027', '2030'];

  it.each(years)('$year: 春节, 端午 and 中秋 agree with ICU', ({ year, dates: [spring, , dragonBoat, midAutumn] }) => {
    expect([dragonBoat, midAutumn].map((date) => lunarDate(date!))).toEqual(['5/5', '8/15']);
    if (!close.includes(year)) expect(lunarDate(spring!)).toBe('1/1');
  });

  it('has 春节 on 2027-02-06 and 2030-02-03, as almanacs print it', () => {
    expect([movingDays[2027], movingDays[2030]].map((row) => row?.slice(0, 4))).toEqual(['0206', '0203']);
  });

  it.each(years)('$year: 清明 is the day the sun reaches 15°', ({ dates: [, qingming] }) => {
    const midnight = (date: string) => sunLongitude(Date.parse(`${date}T00:00:00+08:00`));
    expect(midnight(qingming!)).toBeLessThan(15.01);
    expect(midnight(addDays(qingming!, 1))).toBeGreaterThan(14.99);
  });
});
