/** View of working calendars: their notices, and the missing ones. */
import { localDate } from '../../../engine/time/zone.ts';
import type { CalendarRow } from '../../../store/organisation/calendars.ts';
import { type Facility, listFacilities } from '../../../store/organisation/facilities.ts';
import { countWithOlderCalendar } from '../../../store/runtime/instances.ts';

export async function calendarViews(calendars: CalendarRow[]) {
  const facilities = await listFacilities();
  return Promise.all(calendars.map((one) => viewOf(one, facilities)));
}

async function viewOf({ id, version, zone, years }: CalendarRow, facilities: Facility[]) {
  const year = Number(localDate(new Date().toISOString(), zone).slice(0, 4));
  return {
    id,
    version,
    zone,
    facilities: facilities.filter((one) => one.calendar === id).map(({ _id }) => _id),
    years: Object.entries(years).map(([published, { notice }]) => ({ year: Number(published), notice })),
    missing: [year, year + 1].filter((one) => years[one] === undefined),
    pending: await countWithOlderCalendar(id, version),
  };
}
