/** GET /api/calendar/why, POST /api/calendars/{id}/notices. */
import { TimeError } from '../../../engine/time/error.ts';
import { whyThisDate } from '../../../engine/time/why.ts';
import { findCalendar } from '../../../store/organisation/calendars.ts';
import { findFacility } from '../../../store/organisation/facilities.ts';
import { covers } from '../../http/policy.ts';
import { invalid, notFound } from '../../http/problem.ts';
import { type Route, route } from '../../http/route.ts';
import { groupOperators } from '../../http/route-policy.ts';
import { importNotice } from './import-notice.ts';
import { calendarParams, noticeAnswer, noticeBody, whyQuery, whySchema } from './schemas.ts';

export function calendarRoutes(): Route[] {
  return [
    route({
      key: 'GET /api/calendar/why',
      access: 'staff',
      tag: 'Calendar',
      summary: 'Why this date: each day counted or skipped, and the notice it rests on',
      query: whyQuery,
      answers: { 200: { description: 'The date and the reason.', schema: whySchema } },
      async handle({ query }, { reach }) {
        const facility = covers(reach, query.facility) ? await findFacility(query.facility) : null;
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
    route({
      key: 'POST /api/calendars/{id}/notices',
      access: groupOperators,
      tag: 'Calendar',
      summary: "Take a year's notice of holidays into a calendar",
      description:
        'Makes the next version of the calendar. Running instances of its facilities are sent it and work out their due dates again; "running" says how many those are. With "dryRun" nothing is kept.',
      params: calendarParams,
      body: { schema: noticeBody },
      idempotency: 'optional',
      answers: { 200: { description: 'Taken, or what a notice would lead to.', schema: noticeAnswer } },
      async handle({ params, body }) {
        return { body: await importNotice(params.id, body) };
      },
    }),
  ];
}
