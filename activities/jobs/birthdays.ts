/** Whether a day is a person's birthday, in the solar or the lunar calendar as the patient prefers. */
import { SolarDay } from 'tyme4ts';
import { addDays } from '../../engine/time/date.ts';

/** Plain dates in and out: neither the host's zone nor that of a facility has a part in it. */
function lunarDay(day: string) {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  const lunar = SolarDay.fromYmd(year, month, date).getLunarDay();
  const lunarMonth = lunar.getLunarMonth();
  return { month: lunarMonth.getMonth(), date: lunar.getDay(), isLeap: lunarMonth.isLeap() };
}

export interface Born {
  bornOn?: string;
  birthCalendar?: 'solar' | 'lunar';
  /** Of a lunar birthday: in the leap month. */
  leapMonth?: boolean;
}

/**
 * A birthday that a year does not have is the day before: 29 February, the 30th of a month of 29 days. One of a leap month that the year
 * does not have is in the ordinary month.
 * @param day local date, `2027-02-05`
 */
export function isBirthday({ bornOn, birthCalendar, leapMonth }: Born, day: string): boolean {
  if (bornOn === undefined || bornOn >= day) return false;
  return birthCalendar === 'lunar' ? isLunarBirthday(bornOn, leapMonth, day) : isSolarBirthday(bornOn, day);
}

function isSolarBirthday(bornOn: string, day: string): boolean {
  if (bornOn.slice(5) === day.slice(5)) return true;
  return bornOn.endsWith('-02-29') && day.endsWith('-02-28') && addDays(day, 1).endsWith('-03-01');
}

function isLunarBirthday(bornOn: string, leapMonth: boolean | undefined, day: string): boolean {
  const born = lunarDay(bornOn);
  const today = lunarDay(day);
  if (born.month !== today.month) return false;
  const isOfLeapMonth = leapMonth ?? born.isLeap;
  if (isOfLeapMonth !== today.isLeap && (today.isLeap || hasLeapMonthNext(day, today))) return false;
  return born.date === today.date || (born.date === 30 && today.date === 29 && lunarDay(addDays(day, 1)).date === 1);
}

/** Whether the month is followed by its leap month: a birthday in that one waits for it. */
function hasLeapMonthNext(day: string, { month, date }: { month: number; date: number }): boolean {
  const next = lunarDay(addDays(day, 31 - date));
  return next.isLeap && next.month === month;
}
