/** Short names of the days of the week, from Monday on. */
import type { Language } from '../../../words/index.ts';

/** A Monday. */
const monday = Date.UTC(2024, 0, 1);

export function weekdaysIn(language: Language): string[] {
  const format = new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en-GB', {
    weekday: language === 'zh' ? 'narrow' : 'short',
    timeZone: 'UTC',
  });
  return Array.from({ length: 7 }, (_, day) => format.format(monday + day * 86_400_000));
}
