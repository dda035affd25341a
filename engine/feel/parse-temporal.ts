/** Texts of dates, times and durations as FEEL reads them (DMN 1.5, 10.3.2.3.4 to 10.3.2.3.8; XML Schema lexical forms). */
import { nanosPerDay, nanosPerSecond } from './calendar-math.ts';
import {
  DateTimeValue,
  type DateValue,
  dateOf,
  dateOfDays,
  type MonthsValue,
  monthsDuration,
  type SecondsValue,
  secondsDuration,
  TimeValue,
} from './temporal.ts';
import type { FeelValue } from './values.ts';
import { parseZone } from './zones.ts';

const datePattern = /^(-?)(\d{4,9})-(\d{2})-(\d{2})$/;
const timePattern = /^(\d{2}):(\d{2}):(\d{2})(?:\.(\d+))?(Z|z|[+-].*|@.*)?$/;
const durationPattern =
  /^(-?)P(?:(\d{1,20})Y)?(?:(\d{1,20})M)?(?:(\d{1,20})D)?(?:(T)(?:(\d{1,20})H)?(?:(\d{1,20})M)?(?:(\d{1,20})(?:\.(\d*))?S)?)?$/;

export function parseDate(text: string): DateValue | null {
  const match = datePattern.exec(text);
  if (!match) return null;
  const [, sign, year, month, day] = match;
  if (year!.length > 4 && year!.startsWith('0')) return null;
  return dateOf(sign ? -Number(year) : Number(year), Number(month), Number(day));
}

export function parseTime(text: string): TimeValue | null {
  const match = timePattern.exec(text);
  if (!match) return null;
  const [, hour, minute, second, fraction = '', zoneText = ''] = match;
  const zone = parseZone(zoneText);
  if (zone === undefined || +minute! > 59 || +second! > 59) return null;
  const whole = +hour! * 3600 + +minute! * 60 + +second!;
  const nanos = BigInt(whole) * nanosPerSecond + BigInt(fraction.slice(0, 9).padEnd(9, '0') || '0');
  return +hour! > 23 ? null : new TimeValue(nanos, zone);
}

export function parseDateTime(text: string): DateTimeValue | null {
  const at = text.indexOf('T');
  if (at < 0) {
    const date = parseDate(text);
    return date && new DateTimeValue(date, new TimeValue(0n, null));
  }
  const date = parseDate(text.slice(0, at));
  const clock = text.slice(at + 1);
  // XML Schema: 24:00:00 is the first moment of the next day.
  if (/^24:00:00(?![.]0*[1-9])/.test(clock)) {
    const midnight = parseTime(`00${clock.slice(2)}`);
    const next = date && dateOfDays(date.days + 1);
    return next && midnight && new DateTimeValue(next, midnight);
  }
  const time = parseTime(clock);
  return date && time && new DateTimeValue(date, time);
}

export function parseDuration(text: string): MonthsValue | SecondsValue | null {
  const match = durationPattern.exec(text);
  if (!match) return null;
  const [, sign, years, months, days, t, hours, minutes, seconds, fraction = ''] = match;
  const dayPart = days ?? hours ?? minutes ?? seconds;
  const monthPart = years ?? months;
  if (t && (hours ?? minutes ?? seconds) === undefined) return null;
  const direction = sign ? -1 : 1;
  if (monthPart !== undefined && dayPart === undefined) {
    const size = Number(years ?? 0) * 12 + Number(months ?? 0);
    return monthsDuration(direction * size);
  }
  if (dayPart === undefined || monthPart !== undefined) return null;
  const whole = BigInt(hours ?? 0) * 3600n + BigInt(minutes ?? 0) * 60n + BigInt(seconds ?? 0);
  const nanos = whole * nanosPerSecond + BigInt(fraction.slice(0, 9).padEnd(9, '0'));
  return secondsDuration(BigInt(direction) * (BigInt(days ?? 0) * nanosPerDay + nanos));
}

/** `@"…"`: whichever kind the text is (DMN 1.5, 10.3.2.3.9). */
export function parseAt(text: string): FeelValue {
  if (/^-?P/.test(text)) return parseDuration(text);
  if (/^\d{2}:/.test(text)) return parseTime(text);
  return text.includes('T') ? parseDateTime(text) : parseDate(text);
}
