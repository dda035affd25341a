/**
 * The statutory calendar of China to start from, out of the data of `chinese-days`. For the API, activities and scripts; workflows
 * never import it, they get a calendar as data.
 */
// The data file, not the functions: those read dates in the host's zone and name the day before west of Greenwich.
import published from 'chinese-days/dist/chinese-days.json' with { type: 'json' };
import type { WorkingCalendar } from './calendar.ts';
import { noticeYear } from './calendar.ts';

/** Since this year the notices have had their present form. */
const firstYear = 2008;

/** Orders that changed a year after its notice. */
const amendments: Record<number, string> = {
  2015: '国务院关于中国人民抗日战争暨世界反法西斯战争胜利70周年纪念日调休放假的通知',
  2019: '国务院办公厅关于调整2019年劳动节假期安排的通知',
  2020: '国务院办公厅关于延长2020年春节假期的通知',
};

const names: Record<string, string> = { 清明: '清明节', 端午: '端午节', 中秋: '中秋节' };

/** The years for which a notice is known: `{ from: 2008, to: 2026 }` with the data installed; grows with the package. */
export function publishedYears(): { from: number; to: number } {
  const years = Object.keys(published.holidays).map((date) => +date.slice(0, 4));
  return { from: firstYear, to: Math.max(...years) };
}

/** @returns the calendar of all published years in Asia/Shanghai, version 1 */
export function chinaCalendar(): WorkingCalendar {
  const { from, to } = publishedYears();
  const years: WorkingCalendar['years'] = {};
  for (let year = from; year <= to; year++) {
    const title = `国务院办公厅关于${year}年部分节假日安排的通知`;
    years[year] = { notice: amendments[year] ? `${title}及${amendments[year]}` : title };
  }
  return {
    id: 'china',
    version: 1,
    zone: 'Asia/Shanghai',
    years,
    off: entries(published.holidays, from, ''),
    worked: entries(published.workdays, from, '调休'),
  };
}

/** 'National Day,国庆节,3' → 国庆节 */
function entries(data: Record<string, string>, from: number, suffix: string): Record<string, string> {
  const found = Object.entries(data)
    .filter(([date]) => noticeYear(date) >= from)
    .map(([date, text]): [string, string] => {
      const name = text.split(',')[1] ?? text;
      return [date, (names[name] ?? name) + suffix];
    });
  return Object.fromEntries(found.sort(([a], [b]) => (a < b ? -1 : 1)));
}
