/** Instants in words: in the zone of a facility, with the weekday. */
import type { Language } from '../words/index.ts';

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(
  language: Language,
  zone: string | undefined,
  withYear: boolean,
  seconds: boolean,
): Intl.DateTimeFormat {
  const key = `${language} ${zone} ${withYear} ${seconds}`;
  const known = formats.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en-GB', {
    ...(zone && { timeZone: zone }),
    ...(withYear && { year: 'numeric' }),
    month: language === 'zh' ? 'long' : 'short',
    day: 'numeric',
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    ...(seconds && { second: '2-digit' }),
    hourCycle: 'h23',
  });
  formats.set(key, made);
  return made;
}

let ownZone: string | undefined;

/** Sets the zone for instants that belong to no facility: that of the person's own facility. @param zone IANA zone; absent: that of the browser */
export function tellTimesIn(zone: string | undefined): void {
  ownZone = zone;
}

export interface InstantStyle {
  language: Language;
  /** IANA zone of the facility; that of the person's own when absent. */
  zone?: string | undefined;
  seconds?: boolean;
}

/** `11月30日周一 14:00`; with the year when it is another than the current one. */
export function instantInWords(instant: string, { language, zone, seconds = false }: InstantStyle): string {
  const date = new Date(instant);
  if (Number.isNaN(date.getTime())) return instant;
  const otherYear = date.getFullYear() !== new Date().getFullYear();
  return formatOf(language, zone ?? ownZone, otherYear, seconds).format(date);
}

/** `12月3日周四` of a plain date. */
export const dayInWords = (date: string, language: Language): string =>
  new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en-GB', {
    timeZone: 'UTC',
    month: language === 'zh' ? 'numeric' : 'short',
    day: 'numeric',
    weekday: 'short',
  }).format(new Date(`${date}T00:00:00Z`));

export type Remaining = { late: boolean; unit: 'days' | 'hours' | 'minutes'; n: number };

/** Wall-clock time until an instant, in the largest unit that fits, rounded down. */
export function remainingUntil(instant: string, now: number): Remaining {
  const ms = new Date(instant).getTime() - now;
  const minutes = Math.floor(Math.abs(ms) / 60_000);
  const late = ms < 0;
  if (minutes >= 48 * 60) return { late, unit: 'days', n: Math.floor(minutes / 1440) };
  if (minutes >= 60) return { late, unit: 'hours', n: Math.floor(minutes / 60) };
  return { late, unit: 'minutes', n: minutes };
}
