/** Working calendars: their current state, why a date is due, and holiday notices. */
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
      summary: 'Explains a due date: each day counted or skipped, and the notice it is based on',
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
      summary: 'The working calendars, their notices, and the years whose notice is missing',
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
      summary: 'Import a year’s holiday notice into a calendar',
      description:
        'Creates the next version of the calendar and sends it to running instances of its facilities, which recompute their due dates; "running" gives their number. With "dryRun" nothing is stored.',
      params: calendarParams,
      body: { schema: noticeBody },
      idempotency: 'optional',
      answers: { 200: { description: 'Imported, or the effect it would have.', schema: noticeAnswer } },
      async handle({ params, body }) {
        return { body: await importNotice(params.id, body) };
      },
    }),
  ];
}
