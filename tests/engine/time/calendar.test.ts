import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addWorkingDays,
  isWorkingDay,
  type WorkingCalendar,
  windowed,
  workingDaysBetween,
  workingDaysIn,
} from '../../../engine/time/calendar.ts';
import { chinaCalendar, publishedYears } from '../../../engine/time/china.ts';
import { addDays, weekdayOf } from '../../../engine/time/date.ts';

const china = chinaCalendar();
const notice2026 = '国务院办公厅关于2026年部分节假日安排的通知';
const unpublished: WorkingCalendar = { id: 'none', version: 1, zone: 'Asia/Shanghai', years: {}, off: {}, worked: {} };

function datesOf(year: number): string[] {
  const dates: string[] = [];
  for (let date = `${year}-01-01`; date.startsWith(String(year)); date = addDays(date, 1)) dates.push(date);
  return dates;
}

describe('working days: the check vectors', () => {
  it('3 working days after 2026-09-30 is Saturday 2026-10-10, worked in lieu', () => {
    const sum = addWorkingDays(china, '2026-09-30', 3);
    expect(sum).toMatchObject({ date: '2026-10-10', at: '2026-10-10T15:59:59.999Z', provisional: false });
    expect(sum.days.at(-1)).toMatchObject({
      weekday: 6,
      counted: true,
      n: 3,
      reason: '国庆节调休',
      notice: notice2026,
    });
  });

  it('3 working days after 2026-02-13 is 2026-02-25: Saturday the 14th is worked, Spring Festival lasts to the 23rd', () => {
    const sum = addWorkingDays(china, '2026-02-13', 3);
    expect(sum).toMatchObject({ date: '2026-02-25', provisional: false });
    expect(sum.days.filter((day) => day.counted).map((day) => day.date)).toEqual([
      '2026-02-14',
      '2026-02-24',
      '2026-02-25',
    ]);
  });

  it('3 working days after 2026-12-30 is provisional and not before 2027-01-05', () => {
    const sum = addWorkingDays(china, '2026-12-30', 3);
    expect(sum.provisional).toBe(true);
    expect(sum.date).toBe('2027-01-05');
    expect(sum.days.find((day) => day.date === '2027-01-01')).toMatchObject({
      reason: '元旦',
      provisional: true,
      awaits: 2027,
    });
  });

  it('2026 has 248 working days', () => {
    expect(workingDaysIn(china, 2026)).toBe(248);
  });
});

describe('2026, day by day, as the notice of 2025-11-04 lists it', () => {
  const off: [string, string, string][] = [
    ['2026-01-01', '2026-01-03', '元旦'],
    ['2026-02-15', '2026-02-23', '春节'],
    ['2026-04-04', '2026-04-06', '清明节'],
    ['2026-05-01', '2026-05-05', '劳动节'],
    ['2026-06-19', '2026-06-21', '端午节'],
    ['2026-09-25', '2026-09-27', '中秋节'],
    ['2026-10-01', '2026-10-07', '国庆节'],
  ];
  const worked: Record<string, string> = {
    '2026-01-04': '元旦调休',
    '2026-02-14': '春节调休',
    '2026-02-28': '春节调休',
    '2026-05-09': '劳动节调休',
    '2026-09-20': '国庆节调休',
    '2026-10-10': '国庆节调休',
  };

  it('every day works or rests as listed, with its reason', () => {
    for (const date of datesOf(2026)) {
      const holiday = off.find(([first, last]) => first <= date && date <= last)?.[2];
      const weekday = weekdayOf(date);
      const reason = worked[date] ?? holiday ?? (weekday === 6 ? '周六' : weekday === 7 ? '周日' : '工作日');
      const working = date in worked || (!holiday && weekday < 6);
      expect({ date, ...isWorkingDay(china, date) }).toMatchObject({ date, working, reason, notice: notice2026 });
    }
  });

  it('is settled until 27 December; the last days also rest on the notice for 2027', () => {
    const provisional = datesOf(2026).filter((date) => isWorkingDay(china, date).provisional);
    expect(provisional).toEqual(['2026-12-28', '2026-12-29', '2026-12-30', '2026-12-31']);
    expect(isWorkingDay(china, '2026-12-31').awaits).toBe(2027);
    expect(isWorkingDay(china, '2025-12-31')).toMatchObject({ working: true, provisional: false });
  });

  it('takes the last days of 2018 from the notice for 2019', () => {
    expect(isWorkingDay(china, '2018-12-29')).toMatchObject({
      working: true,
      reason: '元旦调休',
      notice: expect.stringContaining('2019年'),
    });
    expect(isWorkingDay(china, '2018-12-31')).toMatchObject({ working: false, reason: '元旦' });
  });
});

describe('a year without a notice', () => {
  it('has weekends and the statutory days off, and is provisional throughout', () => {
    const days = datesOf(2027).map((date) => ({ date, ...isWorkingDay(china, date) }));
    expect(days.every((day) => day.provisional && day.awaits === 2027 && day.notice === undefined)).toBe(true);
    const named = days.filter((day) => !['工作日', '周六', '周日'].includes(day.reason));
    expect(named.map((day) => `${day.date} ${day.reason}`)).toEqual([
      '2027-01-01 元旦',
      '2027-02-05 春节',
      '2027-02-06 春节',
      '2027-02-07 春节',
      '2027-02-08 春节',
      '2027-02-09 春节补假',
      '2027-02-10 春节补假',
      '2027-04-05 清明节',
      '2027-05-01 劳动节',
      '2027-05-02 劳动节',
      '2027-05-03 劳动节补假',
      '2027-05-04 劳动节补假',
      '2027-06-09 端午节',
      '2027-09-15 中秋节',
      '2027-10-01 国庆节',
      '2027-10-02 国庆节',
      '2027-10-03 国庆节',
      '2027-10-04 国庆节补假',
      '2027-10-05 国庆节补假',
    ]);
  });

  it('has as many working days as the notices of 2025 and 2026 gave', () => {
    for (const year of [2025, 2026]) expect(workingDaysIn(unpublished, year)).toBe(workingDaysIn(china, year));
  });

  it('loses exactly 13 weekdays in every year of the table', () => {
    for (let year = 2025; year <= 2060; year++) {
      const weekdays = datesOf(year).filter((date) => weekdayOf(date) < 6).length;
      expect({ year, days: workingDaysIn(unpublished, year) }).toEqual({ year, days: weekdays - 13 });
    }
  });

  it('gives two holidays on one day a second day (2028-10-03 is 中秋 and 国庆)', () => {
    expect(isWorkingDay(unpublished, '2028-10-03')).toMatchObject({ working: false, reason: '中秋节' });
    expect(isWorkingDay(unpublished, '2028-10-05')).toMatchObject({ working: false, reason: '国庆节补假' });
    expect(isWorkingDay(unpublished, '2028-10-06').working).toBe(true);
  });

  it('agrees with every published year on the days the law fixes', () => {
    for (let year = 2020; year <= publishedYears().to; year++)
      for (const date of datesOf(year).filter((day) =>
        isWorkingDay(unpublished, day).reason.match(/^(元旦|春节|.+节)$/),
      ))
        expect({ date, ...isWorkingDay(china, date) }).toMatchObject({ date, working: false });
  });

  it('follows the rule of its time: before 2025, 除夕 and 2 May were ordinary days', () => {
    expect(isWorkingDay(unpublished, '2024-02-09').working).toBe(true);
    expect(isWorkingDay(unpublished, '2024-05-02').working).toBe(true);
    expect(isWorkingDay(unpublished, '2025-01-28').reason).toBe('春节');
  });
});

describe('a calendar in which no working day comes', () => {
  const closed = (from: string, until: string): WorkingCalendar => {
    const off: Record<string, string> = {};
    for (let date = from; date <= until; date = addDays(date, 1)) off[date] = '停业';
    return { ...china, version: 7, off, worked: {} };
  };
  it.each<[string, WorkingCalendar, string, number]>([
    ['forwards', closed('2026-01-01', '2035-12-31'), '2026-06-01', 3],
    ['backwards', closed('2010-01-01', '2026-12-31'), '2026-06-01', -3],
    ['on the day itself or later', closed('2026-01-01', '2035-12-31'), '2026-06-01', 0],
    ['at the end of all dates', china, '9999-12-29', 10],
    ['at their beginning', china, '0001-01-02', -10],
  ])('refuses to count %s, in words', (_, calendar, from, days) => {
    expect(() => addWorkingDays(calendar, from, days)).toThrow(
      expect.objectContaining({ code: 'no-working-day', message: expect.stringContaining('calendar china') }),
    );
  });

  it('is not one that is closed for a year', () => {
    expect(addWorkingDays(closed('2027-01-01', '2027-12-31'), '2026-12-31', 1).date).toBe('2028-01-04');
  });
});

describe('addWorkingDays', () => {
  it('counts from the day after receipt to the end of the last day, whatever the hour of receipt', () => {
    const morning = addWorkingDays(china, '2026-11-09T01:00:00Z', 3);
    const evening = addWorkingDays(china, '2026-11-09T16:20:00+08:00', 3);
    expect(morning.at).toBe('2026-11-12T15:59:59.999Z');
    expect(evening.at).toBe(morning.at);
  });

  it('takes the day of an instant in the zone of the calendar, not in UTC', () => {
    expect(addWorkingDays(china, '2026-11-09T16:30:00Z', 1).date).toBe('2026-11-11');
    expect(addWorkingDays(china, '2026-11-09T15:30:00Z', 1).date).toBe('2026-11-10');
  });

  it('ends at the same local time or at a closing time when asked to', () => {
    expect(addWorkingDays(china, '2026-11-09T16:20:00+08:00', 3, 'same-time').at).toBe('2026-11-12T08:20:00.000Z');
    expect(addWorkingDays(china, '2026-11-09T16:20:00+08:00', 3, '18:00').at).toBe('2026-11-12T10:00:00.000Z');
    expect(addWorkingDays(china, '2026-11-09', 3, 'same-time').at).toBe('2026-11-12T15:59:59.999Z');
  });

  it('counts backwards, and 0 means the day itself or the next working day', () => {
    const back = addWorkingDays(china, '2026-10-10', -3);
    expect(back.date).toBe('2026-09-30');
    expect(back.days.filter((day) => day.counted).map((day) => day.n)).toEqual([-1, -2, -3]);
    expect(addWorkingDays(china, '2026-10-10', 0).date).toBe('2026-10-10');
    expect(addWorkingDays(china, '2026-10-01', 0).date).toBe('2026-10-08');
  });

  it('keeps the end of the day in a zone with summer time', () => {
    const newYork = { ...unpublished, zone: 'America/New_York' };
    expect(addWorkingDays(newYork, '2026-03-05T12:00:00Z', 1).at).toBe('2026-03-07T04:59:59.999Z');
    expect(addWorkingDays(newYork, '2026-03-06T12:00:00Z', 1).at).toBe('2026-03-10T03:59:59.999Z');
  });

  it.each([1.5, Number.NaN, 1e9])('refuses %s days', (days) => {
    expect(() => addWorkingDays(china, '2026-11-09', days)).toThrow(
      expect.objectContaining({ code: 'invalid-number-of-days' }),
    );
  });

  it('does not count through millennia', () => {
    expect(() => workingDaysBetween(china, '0206-11-09', '2026-11-09')).toThrow(
      expect.objectContaining({ code: 'invalid-number-of-days' }),
    );
  });

  it.each(['2026-02-30', 'tomorrow', '2026-11-09T25:00:00Z'])('refuses %s as a beginning', (from) => {
    expect(() => addWorkingDays(china, from, 1)).toThrow(expect.objectContaining({ code: 'invalid-instant' }));
  });
});

describe('properties', () => {
  const date = fc.integer({ min: 0, max: 365 * 20 }).map((n) => addDays('2015-01-01', n));
  const days = fc.integer({ min: 1, max: 60 });

  it('the result is a working day and workingDaysBetween gives the number back', () => {
    fc.assert(
      fc.property(date, fc.integer({ min: -60, max: 60 }), (from, n) => {
        const sum = addWorkingDays(china, from, n);
        expect(isWorkingDay(china, sum.date).working).toBe(true);
        if (n !== 0) expect(workingDaysBetween(china, from, sum.date)).toBe(n);
      }),
    );
  });

  it('adding in two steps is adding at once', () => {
    fc.assert(
      fc.property(date, days, days, (from, a, b) => {
        const once = addWorkingDays(china, from, a + b);
        expect(addWorkingDays(china, addWorkingDays(china, from, a).date, b).date).toBe(once.date);
      }),
    );
  });

  it('a later beginning never ends earlier', () => {
    fc.assert(
      fc.property(date, fc.integer({ min: 0, max: 30 }), days, (from, later, n) => {
        const second = addWorkingDays(china, addDays(from, later), n);
        expect(second.date >= addWorkingDays(china, from, n).date).toBe(true);
      }),
    );
  });

  it('the days looked at are consecutive, the last is the due date, and it is provisional when one of them is', () => {
    fc.assert(
      fc.property(date, days, (from, n) => {
        const sum = addWorkingDays(china, from, n);
        expect(sum.days.map((day) => day.date)).toEqual(sum.days.map((_, i) => addDays(from, i + 1)));
        expect(sum.days.filter((day) => day.counted)).toHaveLength(n);
        expect(sum.days.at(-1)?.date).toBe(sum.date);
        expect(sum.provisional).toBe(sum.days.some((day) => day.provisional));
      }),
    );
  });

  it('a window that reaches a year further gives the same sum, and the calendar survives JSON', () => {
    fc.assert(
      fc.property(date, fc.integer({ min: 1, max: 30 }), (from, n) => {
        const year = +from.slice(0, 4);
        const part: WorkingCalendar = JSON.parse(JSON.stringify(windowed(china, year, year + 2)));
        expect(addWorkingDays(part, from, n)).toEqual(addWorkingDays(china, from, n));
      }),
    );
  });
});

describe('windowed', () => {
  it('is short, and calls provisional what it has cut off', () => {
    const part = windowed(china, 2026, 2027);
    expect(Object.keys(part.years)).toEqual(['2026']);
    expect(JSON.stringify(part).length).toBeLessThan(1500);
    expect(isWorkingDay(part, '2025-10-01')).toMatchObject({ working: false, provisional: true });
  });
});
