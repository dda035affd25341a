/** GET /api/follow-up-reports: weekly satisfaction figures. */
import { listWeekReports, type WeekReport } from '../../../store/processes/followUp/week-reports.ts';
import { narrowed } from '../../http/policy.ts';
import { type Route, route } from '../../http/route.ts';
import { carers } from '../../http/route-policy.ts';
import { questionNames, questionnaireNames } from './question-words.ts';
import { reportQuery, reportsSchema } from './schemas.ts';
import { named } from './touch-words.ts';

export const reportsRoute: Route = route({
  key: 'GET /api/follow-up-reports',
  access: carers,
  tag: 'Follow-up',
  summary: 'Satisfaction figures of the weeks at my facilities, the newest first',
  query: reportQuery,
  answers: { 200: { description: 'Numbers by question; no texts and no people.', schema: reportsSchema } },
  async handle({ query }, { reach }) {
    const rows = await listWeekReports(narrowed(reach, query.facility), query.limit);
    return { body: { items: rows.map(reportOf) } };
  },
});

const reportOf = ({ _id, facility, from, until, figures }: WeekReport) => ({
  report: _id,
  facility,
  from,
  until,
  figures: {
    ...figures,
    questions: figures.questions.map((one) => ({
      ...one,
      questionnaireName: named(questionnaireNames, one.questionnaire),
      questionName: named(questionNames, one.question),
    })),
  },
});
