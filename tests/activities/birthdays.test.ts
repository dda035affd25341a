/** Birthdays by the sun and by the moon, with the days that not every year has. */
import { describe, expect, it } from 'vitest';
import { type Born, isBirthday } from '../../activities/jobs/birthdays.ts';

const dayMs = 86_400_000;
/** The local days of a year that are the birthday. */
function birthdaysIn(year: number, born: Born): string[] {
  const days = Array.from({ length: 366 }, (_, n) =>
    new Date(Date.UTC(year, 0, 1) + n * dayMs).toISOString().slice(0, 10),
  );
  return days.filter((day) => day.startsWith(String(year)) && isBirthday(born, day));
}

describe('by the sun', () => {
  it('is the day of the year, from the year after birth on', () => {
    expect(birthdaysIn(2027, { bornOn: '1990-12-31' })).toEqual(['2027-12-31']);
    expect(birthdaysIn(2027, { bornOn: '2027-03-05' })).toEqual([]);
    expect(birthdaysIn(2027, {})).toEqual([]);
  });

  it('of 29 February is the 28th in ordinary years', () => {
    expect(birthdaysIn(2027, { bornOn: '1992-02-29' })).toEqual(['2027-02-28']);
    expect(birthdaysIn(2028, { bornOn: '1992-02-29' })).toEqual(['2028-02-29']);
  });
});

describe('by the moon', () => {
  const lunar = (bornOn: string, leapMonth?: boolean): Born => ({
    bornOn,
    birthCalendar: 'lunar',
    ...(leapMonth !== undefined && { leapMonth }),
  });

  it('is New Year on the day whose new moon is four minutes before midnight', () => {
    // 1990-01-27 was the first day of the year.
    expect(birthdaysIn(2027, lunar('1990-01-27'))).toEqual(['2027-02-06']);
  });

  it('counts months from their new moons: of 1996-07-16, 00:15 in China', () => {
    // The first day of the sixth month of 1996, and of 2027.
    expect(birthdaysIn(2027, lunar('1996-07-16'))).toEqual(['2027-07-04']);
    expect(birthdaysIn(2027, lunar('1996-07-15'))).toEqual(['2027-07-03']);
  });

  it('is the same wherever the program runs', () => {
    const before = process.env['TZ'];
    try {
      for (const zone of ['America/Los_Angeles', 'UTC', 'Asia/Tokyo']) {
        process.env['TZ'] = zone;
        expect(birthdaysIn(2027, lunar('1990-01-27'))).toEqual(['2027-02-06']);
      }
    } finally {
      if (before === undefined) delete process.env['TZ'];
      else process.env['TZ'] = before;
    }
  });

  it('of the 30th is the last day of a month of 29 days', () => {
    // 2023-01-21 was 12/30; in the years up to 2029 the twelfth month has 29 days.
    expect(birthdaysIn(2027, lunar('2023-01-21'))).toEqual(['2027-02-05']);
  });

  it('of a leap month waits for it where the year has it, and else is in the ordinary month', () => {
    // 1990-06-23 was the first day of the leap fifth month.
    expect(birthdaysIn(2028, lunar('1990-06-23'))).toEqual(['2028-06-23']);
    expect(birthdaysIn(2027, lunar('1990-06-23'))).toHaveLength(1);
    // 1990-05-24: the first day of the ordinary fifth month.
    expect(birthdaysIn(2028, lunar('1990-05-24'))).toEqual(['2028-05-24']);
  });
});
