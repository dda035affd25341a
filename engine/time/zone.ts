/** Local date and time of an instant in an IANA zone, and back. The host's own zone plays no part: replay must not depend on it. */
import { msPerDay, utcMs } from './date.ts';
import { TimeError } from './error.ts';

/** Asia/Shanghai is UTC+8 without change since summer time ended on 1991-09-15 (tz database); no formatter needed after that. */
const shanghaiFixedSince = Date.UTC(1992, 0, 1);
const shanghaiOffset = 8 * 3_600_000;

const firstMs = Date.parse('0001-01-01T00:00:00Z');
const lastMs = Date.parse('9999-12-31T23:59:59.999Z');

/** Making a formatter costs some 50 µs, using it 1 µs. A cache of pure values: it changes no result. */
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(zone: string): Intl.DateTimeFormat {
  const cached = formatters.get(zone);
  if (cached) return cached;
  try {
    const made = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      era: 'short',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    formatters.set(zone, made);
    return made;
  } catch {
    throw new TimeError(
      'unknown-zone',
      `"${zone}" is not a time zone.`,
      'Use an IANA name such as Asia/Shanghai or UTC.',
    );
  }
}

/**
 * @param ms instant, milliseconds since 1970-01-01 UTC
 * @param zone IANA name
 * @returns milliseconds to add to UTC to get local time (Asia/Shanghai: 28,800,000)
 * @throws TimeError `unknown-zone`, `invalid-instant` outside the years 1–9999
 */
export function offsetAt(ms: number, zone: string): number {
  if (zone === 'Asia/Shanghai' && ms >= shanghaiFixedSince) return shanghaiOffset;
  if (zone === 'UTC') return 0;
  // A day to either side, as the offset of a local time is searched there.
  if (!(ms >= firstMs - msPerDay && ms <= lastMs + msPerDay)) throw outsideYears();
  const seconds = Math.floor(ms / 1000) * 1000;
  const text = formatter(zone).format(seconds);
  const [month, day, ofEra, hour, minute, second] = text.match(/\d+/g)!.map(Number);
  const year = text.includes('B') ? 1 - ofEra! : ofEra!;
  return utcMs(year, month! - 1, day!, ((hour! * 60 + minute!) * 60 + second!) * 1000) - seconds;
}

/** Local time as if it were UTC: only its fields have a meaning. */
export function localMs(ms: number, zone: string): number {
  return ms + offsetAt(ms, zone);
}

/**
 * The instant at which the clocks of a zone show a local time. A time that occurs twice (clocks set back) is the earlier
 * one; a time that is left out (clocks set forward) moves forward by the gap, as java.time and the Temporal proposal do.
 * @param local local time as if it were UTC, in ms
 */
export function instantMsOfLocal(local: number, zone: string): number {
  const before = local - offsetAt(local - msPerDay, zone);
  const after = local - offsetAt(local + msPerDay, zone);
  const candidates = before <= after ? [before, after] : [after, before];
  return candidates.find((ms) => localMs(ms, zone) === local) ?? before;
}

const dateTime =
  /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(?:(Z)|([+-])(\d{2}):?(\d{2}))?(?:[@[]([\w/+-]+)\]?)?)?$/;

/**
 * Reads an instant: with `Z` or an offset; with a zone after `@` (FEEL) or in brackets (java.time); or a local date or date-time in `zone`.
 * @param zone IANA name for text that has no offset; without it such text is refused, as it would depend on the host
 * @returns milliseconds since 1970-01-01 UTC; a date alone is its first instant
 * @throws TimeError `invalid-instant`, `unknown-zone`
 */
export function instantMs(text: string, zone?: string): number {
  const canonical = canonicalMs(text);
  if (canonical !== undefined) return canonical;
  const match = dateTime.exec(text);
  if (!match) throw notAnInstant(text);
  const [
    ,
    date,
    hour = '00',
    minute = '00',
    second = '00',
    fraction = '',
    utc,
    sign,
    offsetHour,
    offsetMinute,
    ownZone,
  ] = match;
  const fields = `${date}T${hour}:${minute}:${second}.${fraction.slice(0, 3).padEnd(3, '0')}Z`;
  const local = Date.parse(fields);
  // A day or hour that does not exist is rolled over or refused by Date.parse; both are refused here.
  if (Number.isNaN(local) || new Date(local).toISOString() !== fields) throw notAnInstant(text);
  // The offset says which instant is meant, but what follows the clocks of the zone must find it.
  if (ownZone !== undefined) offsetAt(local, ownZone);
  if (utc) return local;
  if (sign) {
    if (+offsetHour! > 18 || +offsetMinute! > 59) throw notAnInstant(text);
    return local - (sign === '-' ? -1 : 1) * (+offsetHour! * 3_600_000 + +offsetMinute! * 60_000);
  }
  const place = ownZone ?? zone;
  if (!place)
    throw new TimeError(
      'invalid-instant',
      `"${text}" does not say in which zone it is.`,
      'Add Z or an offset, for instance 2026-09-30T16:20:00+08:00.',
    );
  return instantMsOfLocal(local, place);
}

/** The form all our data have, '2026-09-30T08:20:00.000Z', read without taking it apart: it is asked for many times a step. */
function canonicalMs(text: string): number | undefined {
  if (text.length !== 24 || text.charCodeAt(23) !== 90) return undefined;
  const ms = Date.parse(text);
  return ms >= firstMs && ms <= lastMs && new Date(ms).toISOString() === text ? ms : undefined;
}

const outsideYears = (): TimeError =>
  new TimeError('invalid-instant', 'The time lies outside the years 1 to 9999.', 'Check the duration or date given.');

/** @throws TimeError `invalid-instant` for a year that no text of an instant can hold */
export function withinYears(year: number): void {
  if (!(year >= 1 && year <= 9999)) throw outsideYears();
}

/** The zone that a text of an instant names itself, after `@` or in brackets. */
export const zoneNamedIn = (text: string): string | undefined => /[@[]([\w/+-]+)\]?$/.exec(text)?.[1];

function notAnInstant(text: string): TimeError {
  return new TimeError(
    'invalid-instant',
    `"${text}" is not a date and time.`,
    'Write it in ISO 8601, for instance 2026-09-30T16:20:00+08:00.',
  );
}

/**
 * @returns ISO 8601 in UTC with milliseconds, the form all times in data have
 * @throws TimeError `invalid-instant` outside the years 1–9999, which that form cannot hold
 */
export function isoOf(ms: number): string {
  if (!(ms >= firstMs && ms <= lastMs)) throw outsideYears();
  return new Date(ms).toISOString();
}

/** `instantMs` as ISO 8601 in UTC. */
export function instantOf(text: string, zone?: string): string {
  return isoOf(instantMs(text, zone));
}

/** Local fields as text. Near the first and last instants a zone may show a year that no text holds: the nearest time that one does. */
const localText = (local: number): string => isoOf(Math.min(Math.max(local, firstMs), lastMs));

/** @returns 'YYYY-MM-DD', the date that people in the zone have at the instant */
export function localDate(at: string, zone: string): string {
  return localText(localMs(instantMs(at, zone), zone)).slice(0, 10);
}

/** @returns 'YYYY-MM-DDTHH:mm:ss.SSS' in the zone, without offset */
export function localDateTime(at: string, zone: string): string {
  return localText(localMs(instantMs(at, zone), zone)).slice(0, -1);
}

/** @returns 'YYYY-MM-DDTHH:mm:ss.SSS+08:00' in the zone */
export function localDateTimeWithOffset(at: string, zone: string): string {
  const ms = instantMs(at, zone);
  const offset = offsetAt(ms, zone);
  const minutes = Math.abs(Math.round(offset / 60_000));
  const two = (n: number) => String(n).padStart(2, '0');
  const suffix = `${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
  return localText(ms + offset).slice(0, -1) + suffix;
}
