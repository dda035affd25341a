/** Working calendars: as they are, why a date is due, and the notices they take. */
import { TimeError } from '../../../engine/time/error.ts';
import { whyThisDate } from '../../../engine/time/why.ts';
import { yearOf } from '../../../engine/time/year.ts';
import { findCalendar, listNewestCalendars } from '../../../store/organisation/calendars.ts';
import { findFacility } from '../../../store/organisation/facilities.ts';
import { covers } from '../../http/policy.ts';
import { invalid, notFound } from '../../http/problem.ts';
import { type Route, route } from '../../http/route.ts';
import { groupOperators } from '../../http/route-policy.ts';
import { importNotice } from './import-notice.ts';
import {
  calendarList,
  calendarParams,
  noticeAnswer,
  noticeBody,
  whyQuery,
  whySchema,
  yearParams,
  yearSchema,
} from './schemas.ts';
import { calendarViews } from './view.ts';

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
      key: 'GET /api/calendars',
      access: 'staff',
      tag: 'Calendar',
      summary: 'The working calendars, the notices they rest on, and the years whose notice is missing',
      answers: { 200: { description: 'The newest version of each.', schema: calendarList } },
      async handle() {
        return { body: { items: await calendarViews(await listNewestCalendars()) } };
      },
    }),
    route({
      key: 'GET /api/calendars/{id}/years/{year}',
      access: 'staff',
      tag: 'Calendar',
      summary: 'A year day by day',
      params: yearParams,
      answers: { 200: { description: 'By the newest version.', schema: yearSchema } },
      async handle({ params: { id, year } }) {
        const calendar = await findCalendar(id);
        if (!calendar) throw notFound(`calendar ${id}`);
        const notice = calendar.years[year]?.notice;
        return { body: { year, ...(notice !== undefined && { notice }), ...yearOf(calendar, year) } };
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
