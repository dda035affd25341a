/** Days off by law where no notice says more: the statutory holidays, each with its substitute when it falls on a weekend. */
import { dayOfDate, type Weekday, weekdayOfDay } from './date.ts';
import { movingDays } from './statutory-days.ts';

/** Pure results by year, kept because working-day sums ask for the same year again and again. */
const known = new Map<number, ReadonlyMap<number, string>>();

/**
 * Source: 全国年节及纪念日放假办法. Since 2025-01-01: 元旦 1, 春节 4 (除夕 to 初三), 清明 1, 劳动节 2, 端午 1, 中秋 1, 国庆 3 days;
 * before: 春节 3 (初一 to 初三), 劳动节 1. A day that falls on a weekend is made up on a working day (补假). Which one, only the
 * notice says; assumed here is the next one, so that the number of working days is already right (2026: 248 either way).
 * Beyond the table (2020–2060) only the days fixed in the solar calendar are known.
 * @returns days since 1970-01-01 → name of the holiday (…补假 for substitutes)
 */
export function statutoryDaysOff(year: number): ReadonlyMap<number, string> {
  const cached = known.get(year);
  if (cached) return cached;
  const statutory = holidays(year);
  const off = new Map<number, string>();
  for (const [day, name] of statutory) if (!off.has(day)) off.set(day, name);
  const taken = new Set<number>();
  for (const [day, name] of statutory) {
    if (!isWeekend(weekdayOfDay(day)) && !taken.has(day)) {
      taken.add(day);
      continue;
    }
    // On a weekend, or two holidays on one day (中秋 within 国庆, as in 2020).
    let substitute = day + 1;
    while (isWeekend(weekdayOfDay(substitute)) || off.has(substitute)) substitute++;
    off.set(substitute, `${name}补假`);
  }
  known.set(year, off);
  return off;
}

/** The names and days themselves, in the order of the year; two can share a day. */
export function holidays(year: number): [day: number, name: string][] {
  const on = (monthDay: string) =>
    dayOfDate(`${String(year).padStart(4, '0')}-${monthDay.slice(0, 2)}-${monthDay.slice(2)}`);
  const since2025 = year >= 2025;
  const [spring, qingming, dragonBoat, midAutumn] = movingDays[year]?.split(' ').map(on) ?? [];
  const run = (name: string, first: number | undefined, days: number): [number, string][] =>
    first === undefined ? [] : Array.from({ length: days }, (_, i) => [first + i, name]);
  return [
    ...run('元旦', on('0101'), 1),
    ...run('春节', since2025 && spring !== undefined ? spring - 1 : spring, since2025 ? 4 : 3),
    ...run('清明节', qingming, 1),
    ...run('劳动节', on('0501'), since2025 ? 2 : 1),
    ...run('端午节', dragonBoat, 1),
    ...run('中秋节', midAutumn, 1),
    ...run('国庆节', on('1001'), 3),
  ].sort((a, b) => a[0] - b[0]);
}

export function isWeekend(weekday: Weekday): boolean {
  return weekday >= 6;
}
