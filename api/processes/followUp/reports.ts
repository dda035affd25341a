/** GET /api/follow-up-reports: weekly satisfaction figures. */
import { listWeekReports } from '../../../store/processes/followUp/week-reports.ts';
import { narrowed } from '../../http/policy.ts';
import { type Route, route } from '../../http/route.ts';
import { carers } from '../../http/route-policy.ts';
import { reportQuery, reportsSchema } from './schemas.ts';

export const reportsRoute: Route = route({
  key: 'GET /api/follow-up-reports',
  access: carers,
  tag: 'Follow-up',
  summary: 'Satisfaction figures of the weeks at my facilities, the newest first',
  query: reportQuery,
  answers: { 200: { description: 'Numbers by question; no texts and no people.', schema: reportsSchema } },
  async handle({ query }, { reach }) {
    const rows = await listWeekReports(narrowed(reach, query.facility), query.limit);
    return { body: { items: rows.map(({ _id, ...row }) => ({ report: _id, ...row })) } };
  },
});
