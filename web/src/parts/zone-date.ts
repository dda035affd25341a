/** Days in the zone of a facility, as instants and back: a role "until 31 December" ends when that day is over there. */
import { addDays } from '../../../engine/time/date.ts';
import { instantOf, isoOf, localDate } from '../../../engine/time/zone.ts';

/** That of the browser where no facility has one. */
const zoneOf = (zone: string | undefined): string => zone ?? new Intl.DateTimeFormat().resolvedOptions().timeZone;

/** @param day 'YYYY-MM-DD' @returns ISO 8601 in UTC: when that day begins in the zone */
export const beginOfDay = (day: string, zone: string | undefined): string => instantOf(day, zoneOf(zone));

/** @returns when that day is over */
export const endOfDay = (day: string, zone: string | undefined): string => beginOfDay(addDays(day, 1), zone);

/** The day of an instant in the zone, 'YYYY-MM-DD'. */
export const dayOfInstant = (instant: string, zone: string | undefined): string =>
  localDate(isoOf(Date.parse(instant)), zoneOf(zone));

/** The last day that is over at this instant: of "until", which is no longer meant itself. */
export const lastDayBefore = (instant: string, zone: string | undefined): string =>
  localDate(isoOf(Date.parse(instant) - 1), zoneOf(zone));
