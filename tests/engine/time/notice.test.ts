import { describe, expect, it } from 'vitest';
import { addWorkingDays, isWorkingDay, workingDaysIn } from '../../../engine/time/calendar.ts';
import { chinaCalendar, publishedYears } from '../../../engine/time/china.ts';
import { addDays } from '../../../engine/time/date.ts';
import { applyNotice, type Notice } from '../../../engine/time/notice.ts';

const china = chinaCalendar();

function days(reason: string, first: string, last = first): Record<string, string> {
  const found: Record<string, string> = {};
  for (let date = first; date <= last; date = addDays(date, 1)) found[date] = reason;
  return found;
}

/** A made-up notice that moves something in the last days of 2026 too. */
function aNotice(changes: Partial<Notice> = {}): Notice {
  return {
    year: 2027,
    title: '国务院办公厅关于2027年部分节假日安排的通知',
    off: {
      ...days('元旦', '2026-12-31', '2027-01-02'),
      ...days('春节', '2027-02-05', '2027-02-11'),
      ...days('清明节', '2027-04-03', '2027-04-05'),
      ...days('劳动节', '2027-05-01', '2027-05-05'),
      ...days('端午节', '2027-06-09'),
      ...days('中秋节', '2027-09-15'),
      ...days('国庆节', '2027-10-01', '2027-10-07'),
    },
    worked: {
      '2027-01-03': '元旦调休',
      '2027-02-20': '春节调休',
      '2027-05-08': '劳动节调休',
      '2027-10-09': '国庆节调休',
      '2027-10-10': '国庆节调休',
    },
    ...changes,
  };
}

describe('the calendar of China', () => {
  it('reaches from 2008 to 2026, each year with its notice', () => {
    expect(publishedYears()).toEqual({ from: 2008, to: 2026 });
    expect(Object.keys(china.years)).toHaveLength(19);
    expect(china.years['2026']).toEqual({ notice: '国务院办公厅关于2026年部分节假日安排的通知' });
    expect(china.years['2020']?.notice).toContain('延长2020年春节假期');
  });

  it('works in lieu on Saturdays and Sundays only', () => {
    for (const date of Object.keys(china.worked)) expect([0, 6]).toContain(new Date(`${date}T00:00:00Z`).getUTCDay());
  });
});

describe('applyNotice', () => {
  it('settles the year and the last days before it, and leaves the old calendar as it was', () => {
    const before = JSON.stringify(china);
    const result = applyNotice(china, aNotice());
    if (!result.ok) throw new Error(JSON.stringify(result.problems));
    const { calendar } = result;
    expect(result.problems.map((problem) => problem.code)).toEqual(['unusual-number-of-working-days']);
    expect(calendar.version).toBe(china.version + 1);
    expect(isWorkingDay(calendar, '2026-12-31')).toMatchObject({
      working: false,
      provisional: false,
      notice: '国务院办公厅关于2027年部分节假日安排的通知',
    });
    expect(addWorkingDays(calendar, '2026-12-30', 3)).toMatchObject({ date: '2027-01-05', provisional: false });
    expect(JSON.stringify(china)).toBe(before);
  });

  it('has nothing to say against a notice that gives 13 days off', () => {
    const { '2026-12-31': _, ...off } = aNotice().off;
    const { '2027-01-03': __, ...worked } = aNotice().worked;
    const result = applyNotice(china, aNotice({ off, worked }));
    expect(result).toMatchObject({ ok: true, problems: [] });
    if (result.ok) expect(workingDaysIn(result.calendar, 2027)).toBe(248);
  });

  it('warns of a statutory day that is missing and of an unusual number of working days', () => {
    const { '2027-10-01': _, ...off } = aNotice().off;
    expect(applyNotice(china, aNotice({ off })).problems).toContainEqual(
      expect.objectContaining({ severity: 'warning', code: 'statutory-day-missing', date: '2027-10-01' }),
    );
  });

  it('replaces a year published before and says what went', () => {
    const first = applyNotice(china, aNotice());
    if (!first.ok) throw new Error('refused');
    const { '2027-01-03': _, ...worked } = aNotice().worked;
    const second = applyNotice(first.calendar, aNotice({ worked }));
    if (!second.ok) throw new Error('refused');
    expect(second.calendar.version).toBe(3);
    expect(second.problems).toContainEqual(expect.objectContaining({ code: 'entry-removed', date: '2027-01-03' }));
    expect(isWorkingDay(second.calendar, '2027-01-03').working).toBe(false);
    expect(isWorkingDay(second.calendar, '2026-10-10').working).toBe(true);
  });

  it('keeps days a facility added to a year not yet published', () => {
    const own = { ...china, off: { ...china.off, '2027-03-15': '院庆' } };
    const result = applyNotice(own, aNotice());
    if (!result.ok) throw new Error('refused');
    expect(isWorkingDay(result.calendar, '2027-03-15')).toMatchObject({ working: false, reason: '院庆' });
  });

  it.each<[string, Partial<Notice>]>([
    ['invalid-year', { year: 20.27 }],
    ['no-title', { title: ' ' }],
    ['invalid-date', { off: { '2027-02-30': '春节' } }],
    ['other-year', { off: { '2026-12-20': '元旦' } }],
    ['no-reason', { off: { '2027-01-01': '' } }],
    ['off-and-worked', { off: { '2027-01-03': '元旦' } }],
    ['worked-on-a-weekday', { worked: { '2027-01-04': '元旦调休' } }],
    ['worked-on-a-holiday', { worked: { '2027-10-02': '国庆节调休' } }],
    ['invalid-year', { year: 99_999 }],
    ['invalid-year', { year: Number.NaN }],
    ['invalid-date', { off: { '+275760-09-13': '元旦' } }],
    ['too-few-working-days', { off: days('停业', '2027-01-01', '2027-12-31'), worked: {} }],
    ['too-few-working-days', { off: days('停业', '2027-04-01', '2027-09-30'), worked: {} }],
    ['too-many-days', { off: days('停业', '2020-01-01', '2029-12-31') }],
    ['too-many-days', { off: Object.fromEntries(Array.from({ length: 1_000_000 }, (_, n) => [`day ${n}`, '停业'])) }],
  ])('refuses with %s', (code, changes) => {
    const result = applyNotice(china, aNotice(changes));
    expect(result.ok).toBe(false);
    expect(result.problems.map((problem) => problem.code)).toContain(code);
  });

  it('finds nothing to refuse in any published year', () => {
    const within = (year: number, entries: Record<string, string>) =>
      Object.fromEntries(Object.entries(entries).filter(([date]) => date.startsWith(String(year))));
    for (let year = 2008; year <= 2026; year++) {
      const notice = { year, title: '通知', off: within(year, china.off), worked: within(year, china.worked) };
      expect({ year, ...applyNotice(china, notice) }).toMatchObject({ year, ok: true });
    }
  });
});
