/** How the elements of a process do: what stands there, what is stuck, how long it takes. */
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
      summary: 'Its elements in numbers: what stands there, what is stuck, how long it took',
      description:
        'Of the facilities where you operate. What elements did is counted from the rows of finished steps; times are known to a twentieth.',
      params: statisticsParams,
      query: statisticsQuery,
      answers: {
        200: { description: 'By element; those without any number are left out.', schema: elementStatisticsSchema },
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
