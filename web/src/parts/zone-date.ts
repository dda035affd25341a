/** Days in the zone of a facility, as instants and back: a role "until 31 December" ends when that day is over there. */

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string | undefined): Intl.DateTimeFormat {
  const known = formats.get(zone ?? '');
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-GB', {
    ...(zone && { timeZone: zone }),
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  });
  formats.set(zone ?? '', made);
  return made;
}

function localOf(ms: number, zone: string | undefined): number {
  const parts = Object.fromEntries(
    formatOf(zone)
      .formatToParts(ms)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/** @param day 'YYYY-MM-DD' @returns ISO 8601 in UTC: when that day begins in the zone */
export function beginOfDay(day: string, zone: string | undefined): string {
  const wanted = Date.parse(`${day}T00:00:00Z`);
  const guess = wanted - (localOf(wanted, zone) - wanted);
  // The offset there may be another one than here, where a clock was changed in between.
  return new Date(wanted - (localOf(guess, zone) - guess)).toISOString();
}

/** @returns when that day is over */
export const endOfDay = (day: string, zone: string | undefined): string =>
  beginOfDay(new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10), zone);

/** The day of an instant in the zone, 'YYYY-MM-DD'. */
export const dayOfInstant = (instant: string, zone: string | undefined): string =>
  new Date(localOf(Date.parse(instant), zone)).toISOString().slice(0, 10);

/** The last day that is over at this instant: of "until", which is no longer meant itself. */
export const lastDayBefore = (instant: string, zone: string | undefined): string =>
  dayOfInstant(new Date(Date.parse(instant) - 1).toISOString(), zone);
