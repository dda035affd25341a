/** Statistics of a process's elements: waits, incidents, durations. */
import { passedElements, standingElements } from '../../../store/runtime/element-statistics.ts';
import { narrowed } from '../../http/policy.ts';
import { type Route, route } from '../../http/route.ts';
import { operators } from '../../http/route-policy.ts';
import { elementStatisticsSchema, statisticsParams, statisticsQuery } from './schemas.ts';

const nothing = { active: 0, incidents: 0, overdue: 0, done: 0, cancelled: 0, breached: 0, late: 0 };

export function statisticsRoutes(): Route[] {
  return [
    route({
      key: 'GET /api/definitions/{key}/statistics',
      access: operators,
      tag: 'Definitions',
      summary: 'Statistics by element: waits, incidents, durations',
      description:
        'For the facilities where you operate. Completions are counted from rows of finished steps; durations are accurate to 5 %.',
      params: statisticsParams,
      query: statisticsQuery,
      answers: {
        200: { description: 'By element; those without any number are omitted.', schema: elementStatisticsSchema },
      },
      async handle({ params: { key: process }, query: { version, facility, from, to } }, { reach }) {
        const filter = { process, version, facilities: narrowed(reach, facility), period: { from, to } };
        const [passed, standing] = await Promise.all([
          passedElements(filter),
          standingElements(filter, new Date().toISOString()),
        ]);
        const items = [...new Set([...standing.keys(), ...passed.keys()])].sort().map((element) => {
          const { timed: _, ...done } = passed.get(element) ?? { timed: 0 };
          return { element, ...nothing, ...done, ...standing.get(element) };
        });
        return { body: { items } };
      },
    }),
  ];
}
