/** GET /api/calendar/why. */
import { TimeError } from '../../../engine/time/error.ts';
import { whyThisDate } from '../../../engine/time/why.ts';
import { findCalendar } from '../../../store/organisation/calendars.ts';
import { findFacility } from '../../../store/organisation/facilities.ts';
import { invalid, notFound } from '../../http/problem.ts';
import { type Route, route } from '../../http/route.ts';
import { whyQuery, whySchema } from './schemas.ts';

export function calendarRoutes(): Route[] {
  return [
    route({
      key: 'GET /api/calendar/why',
      access: 'staff',
      tag: 'Calendar',
      summary: 'Why this date: each day counted or skipped, and the notice it rests on',
      query: whyQuery,
      answers: { 200: { description: 'The date and the reason.', schema: whySchema } },
      async handle({ query }) {
        const facility = await findFacility(query.facility);
        const calendar = facility && (await findCalendar(facility.calendar));
        if (!calendar) throw notFound(`facility ${query.facility} with a calendar`);
        try {
          const why = whyThisDate(calendar, query.from, query.workingDays);
          return { body: { ...why, calendar: { id: calendar.id, version: calendar.version } } };
        } catch (error) {
          if (!(error instanceof TimeError)) throw error;
          throw invalid([{ path: 'query.from', code: error.code, message: error.message }]);
        }
      },
    }),
  ];
}
