/** Schedules of a definition's timer start events: state, journal, pause, resume, trigger. */
import { listNewest } from '../../../store/definitions/definitions.ts';
import { listScheduleJournal } from '../../../store/runtime/schedules.ts';
import { noBody } from '../../http/common-schemas.ts';
import { decodeCursor, pageOf } from '../../http/cursor.ts';
import type { Deps } from '../../http/deps.ts';
import { notFound } from '../../http/problem.ts';
import { type Route, route } from '../../http/route.ts';
import { groupOperators } from '../../http/route-policy.ts';
import { actOnSchedule, schedulesOf } from './schedule-acts.ts';
import {
  keyParams,
  pauseBody,
  scheduleActedSchema,
  scheduleJournalPage,
  scheduleJournalQuery,
  scheduleList,
  scheduleParams,
} from './schemas.ts';

const tag = 'Schedules';
const answers = { 200: { description: 'Done; the schedule in its new state.', schema: scheduleActedSchema } };

export function scheduleRoutes(deps: Deps): Route[] {
  return [
    route({
      key: 'GET /api/definitions/{key}/schedules',
      access: 'staff',
      tag,
      summary: 'Timer start events of the newest version: next and last firing, failures',
      params: keyParams,
      answers: { 200: { description: 'By id; one per start event and facility.', schema: scheduleList } },
      async handle({ params }, { reach }) {
        const [newest] = await listNewest(params.key);
        if (!newest) throw notFound(`definition ${params.key}`);
        return { body: await schedulesOf(params.key, newest, reach) };
      },
    }),
    route({
      key: 'GET /api/definitions/{key}/schedules/journal',
      access: groupOperators,
      tag,
      summary: 'Journal of schedules: started instances, failures, and who paused or triggered them; newest first',
      params: keyParams,
      query: scheduleJournalQuery,
      answers: { 200: { description: 'A page.', schema: scheduleJournalPage } },
      async handle({ params, query }) {
        const before = query.cursor === undefined ? undefined : Number(decodeCursor(query.cursor).id);
        const rows = await listScheduleJournal(params.key, before, query.limit + 1);
        const page = pageOf(rows, query.limit, (row) => ({ at: row.at, id: String(row.n) }));
        return { body: { ...page, items: page.items.map(({ _id, process: _, ...line }) => line) } };
      },
    }),
    route({
      key: 'POST /api/definitions/{key}/schedules/{schedule}/pause',
      access: groupOperators,
      tag,
      summary: 'Pause a schedule',
      description:
        'Occurrences of a cycle during the pause are skipped; a date or duration that passes meanwhile fires on resumption. A new version keeps the pause.',
      params: scheduleParams,
      body: { schema: pauseBody.default({}) },
      idempotency: 'optional',
      answers,
      async handle({ params, body }, asked) {
        return { body: await actOnSchedule(deps, asked, 'pause', params.key, params.schedule, body.reason) };
      },
    }),
    route({
      key: 'POST /api/definitions/{key}/schedules/{schedule}/resume',
      access: groupOperators,
      tag,
      summary: 'Resume a schedule',
      params: scheduleParams,
      body: { schema: noBody.default({}) },
      idempotency: 'optional',
      answers,
      async handle({ params }, asked) {
        return { body: await actOnSchedule(deps, asked, 'resume', params.key, params.schedule) };
      },
    }),
    route({
      key: 'POST /api/definitions/{key}/schedules/{schedule}/trigger',
      access: groupOperators,
      tag,
      summary: 'Start an instance now, also while paused',
      description: 'Does not count as an occurrence of the cycle.',
      params: scheduleParams,
      body: { schema: noBody.default({}) },
      idempotency: 'optional',
      answers,
      async handle({ params }, asked) {
        return { body: await actOnSchedule(deps, asked, 'trigger', params.key, params.schedule) };
      },
    }),
  ];
}
