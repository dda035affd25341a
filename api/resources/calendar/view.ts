/** Working calendars as they are shown: which notices they rest on, and which are missing. */
import { localDate } from '../../../engine/time/zone.ts';
import type { CalendarRow } from '../../../store/organisation/calendars.ts';
import { listFacilities } from '../../../store/organisation/facilities.ts';
import { countWithOlderCalendar } from '../../../store/runtime/instances.ts';

export async function calendarView({ id, version, zone, years }: CalendarRow) {
  const year = Number(localDate(new Date().toISOString(), zone).slice(0, 4));
  const facilities = (await listFacilities()).filter((one) => one.calendar === id);
  return {
    id,
    version,
    zone,
    facilities: facilities.map(({ _id }) => _id),
    years: Object.entries(years).map(([published, { notice }]) => ({ year: Number(published), notice })),
    missing: [year, year + 1].filter((one) => years[one] === undefined),
    pending: await countWithOlderCalendar(id, version),
  };
}
