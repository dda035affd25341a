/** Instances for operators: list, details, explanation, journal, and acts on incidents. */

import { endDescriptions } from '../../../engine/explain/wait-descriptions.ts';
import { incidentTitle } from '../../../engine/messages/incidents.ts';
import type { IncidentCode } from '../../../engine/model/incidents.ts';
import type { Plan } from '../../../engine/model/plan.ts';
import type { Explanation } from '../../../engine/model/types.ts';
import { findFormSchemas } from '../../../store/definitions/definitions.ts';
import { findPinnedPlan } from '../../../store/definitions/plans.ts';
import { listFacilities } from '../../../store/organisation/facilities.ts';
import { findNames } from '../../../store/organisation/staff.ts';
import type { InstanceSource } from '../../../store/runtime/instance-filter.ts';
import { countInstances, groupInstances, type TotalsGroup } from '../../../store/runtime/instance-totals.ts';
import { findInstance, listInstances } from '../../../store/runtime/instances.ts';
import { listJournal } from '../../../store/runtime/journal.ts';
import type { InstanceRow } from '../../../store/runtime/rows.ts';
import { queryNames, taskId, updateNames } from '../../../workflows/runtime/instance-messages.ts';
import { decodeCursor, pageOf, sortedPageOf } from '../../http/cursor.ts';
import type { Deps } from '../../http/deps.ts';
import { type Person, readableInstances } from '../../http/policy.ts';
import { invalid, notFound, ProblemError } from '../../http/problem.ts';
import { type Asked, type Route, route } from '../../http/route.ts';
import { operators } from '../../http/route-policy.ts';
import { apiOf } from '../../processes/index.ts';
import { listPageOf } from '../columns/list-query.ts';
import { summaryOf } from '../columns/summary.ts';
import { englishNamesOf, withElementEnglishName } from '../definitions/english-names.ts';
import { withUnservedQueues } from '../job-types/job-workers.ts';
import { instanceTouches } from '../proposals/money.ts';
import { operableInstance, readableInstance } from './access.ts';
import { findExplainContext } from './explain-context.ts';
import { instanceFilterOf } from './filter.ts';
import { incidentView } from './incident-view.ts';
import { sendUpdate, updateIdOf } from './instance-updates.ts';
import { journalSentence, kindsForPeople, staffIn } from './journal-sentences.ts';
import { topicOf } from './journal-topics.ts';
import {
  cancelBody,
  explanationSchema,
  type InstanceView,
  instanceActedSchema,
  instancePage,
  instanceParams,
  instanceQuery,
  journalPage,
  journalQuery,
  oneInstanceSchema,
  retryBody,
  skipBody,
  totalsQuery,
  totalsSchema,
} from './schemas.ts';

const tag = 'Instances';
const reads =
  'Readable at its facility by those who lead the process, candidates of its open tasks, those who started or worked on it, and overseers.';
export const actedAnswers = {
  200: { description: 'Done; the instance in its new state.', schema: instanceActedSchema },
};

export function instanceRoutes(deps: Deps): Route[] {
  return [
    route({
      key: 'GET /api/instances',
      access: 'staff',
      tag,
      summary: 'Instances that you may read, newest first',
      description: reads,
      query: instanceQuery,
      columnFilters: true,
      answers: { 200: { description: 'A page.', schema: instancePage } },
      async handle({ query }, { person }) {
        const filter = await instanceFilterOf(query);
        const asked = await listPageOf(query, {
          by: '-startedAt',
          required: ['startedAt', 'businessKey', 'updatedAt'],
        });
        const sources = readableInstances(person, query.facility);
        const rows = await listInstances({
          ...filter,
          ...asked,
          sources: filter.columns ? await atEachFacility(sources) : sources,
          ...(query.startedByMe && { startedBy: person.id }),
        });
        const page = sortedPageOf(rows, query.limit, asked.sort);
        return { body: { ...page, items: await Promise.all(page.items.map(listedView)) } };
      },
    }),
    route({
      key: 'GET /api/instance-totals',
      access: 'staff',
      tag,
      summary: 'Number of matching instances that you may read, in total and by a property',
      description: reads,
      query: totalsQuery,
      columnFilters: true,
      answers: { 200: { description: 'Counted now.', schema: totalsSchema } },
      async handle({ query: { facility, by, ...asked } }, { person }) {
        const filter = { ...(await instanceFilterOf(asked)), sources: readableInstances(person, facility) };
        const [totals, groups] = await Promise.all([countInstances(filter), by && groupInstances(filter, by, 100)]);
        return {
          body: { ...totals, ...(groups && { groups: by === 'incidentCode' ? groups.map(withTitle) : groups }) },
        };
      },
    }),
    route({
      key: 'GET /api/instances/{id}',
      access: 'staff',
      tag,
      summary: 'One instance',
      params: instanceParams,
      answers: { 200: { description: 'The instance.', schema: oneInstanceSchema } },
      async handle({ params }, { person }) {
        return { body: await oneInstanceView(await readableInstance(params.id, person)) };
      },
    }),
    route({
      key: 'GET /api/instances/{id}/explain',
      access: 'staff',
      tag,
      summary: 'What it waits for, since when, until when, who can act, and why the due date is what it is',
      params: instanceParams,
      answers: {
        200: {
          description: 'Queried from the running process; of an ended one, how it ended.',
          schema: explanationSchema,
        },
      },
      async handle({ params }, { person }) {
        const instance = await readableInstance(params.id, person);
        const now = new Date().toISOString();
        const planned = await apiOf(instance.process)?.steps?.(instance);
        const steps = planned && planned.length > 0 ? { steps: planned } : {};
        if (instance.status !== 'active')
          return { body: { ...explanationOfEnded(instance, instance.status, now), ...steps } };
        const outcome = await deps.processes.query<Explanation>(params.id, queryNames.explain, {
          ...(await findExplainContext(instance)),
          now,
        });
        // A workflow terminated in Temporal still answers queries as if it ran; its row is updated within seconds.
        if (
          outcome.kind === 'done' &&
          outcome.answer.status === 'active' &&
          !(await deps.processes.isRunning(params.id))
        )
          return { body: { ...explanationOfEnded(instance, 'terminated', now), ...steps } };
        if (outcome.kind !== 'done') throw notFound(`process of ${params.id} to ask`);
        return { body: { ...(await withUnservedQueues(deps, instance, outcome.answer)), ...steps } };
      },
    }),
    route({
      key: 'GET /api/instances/{id}/journal',
      access: 'staff',
      audit: 'sensitive',
      tag,
      summary: 'The journal: all events, in order',
      params: instanceParams,
      query: journalQuery,
      answers: { 200: { description: 'A page.', schema: journalPage } },
      async handle({ params, query }, { person }) {
        const { definition } = await readableInstance(params.id, person);
        const after = query.cursor === undefined ? -1 : Number(decodeCursor(query.cursor).id);
        const rows = await listJournal(params.id, after, query.limit + 1);
        const page = pageOf(rows, query.limit, (row) => ({ at: row.at, id: String(row.n) }));
        const [people, plan, schemas] = await Promise.all([
          findNames(page.items.flatMap(staffIn)),
          findPinnedPlan<Plan>(definition.key, definition.version, definition.hash),
          findFormSchemas(definition.key, definition.version),
        ]);
        return {
          body: {
            ...page,
            items: page.items.map((line) => ({
              ...line,
              ...(line.by && { by: { ...line.by, name: people[line.by.id] } }),
              ...journalSentence(line, { people, plan, schemas }),
              topic: topicOf(line),
              forPeople: kindsForPeople.includes(line.kind),
            })),
          },
        };
      },
    }),
    route({
      key: 'POST /api/instances/{id}/retry',
      access: operators,
      tag,
      summary: 'Retry an incident',
      params: instanceParams,
      body: { schema: retryBody.default({}) },
      idempotency: 'optional',
      answers: actedAnswers,
      async handle({ params, body }, asked) {
        const row = await operableInstance(params.id, asked);
        const key = body.key ?? onlyIncident(row);
        return sendInstanceUpdate(deps, asked, row, 'retry', updateNames.retry, { key, by: actor(asked.person) });
      },
    }),
    route({
      key: 'POST /api/instances/{id}/skip',
      access: operators,
      tag,
      summary: 'Skip an incident: continue as if the element were complete, with a reason',
      params: instanceParams,
      body: { schema: skipBody },
      idempotency: 'optional',
      answers: actedAnswers,
      secondPerson: async ({ params }, asked) => instanceTouches(await operableInstance(params.id, asked)),
      async handle({ params, body }, asked) {
        const row = await operableInstance(params.id, asked);
        const key = body.key ?? onlyIncident(row);
        return sendInstanceUpdate(deps, asked, row, 'skip', updateNames.skip, {
          ...body,
          key,
          by: actor(asked.person),
        });
      },
    }),
    route({
      key: 'POST /api/instances/{id}/cancel',
      access: operators,
      tag,
      summary: 'Cancel the instance, with a reason',
      params: instanceParams,
      body: { schema: cancelBody },
      idempotency: 'optional',
      answers: actedAnswers,
      async handle({ params, body }, asked) {
        const row = await operableInstance(params.id, asked);
        return sendInstanceUpdate(deps, asked, row, 'cancel', updateNames.cancel, { ...body, by: actor(asked.person) });
      },
    }),
  ];
}

const withTitle = (group: TotalsGroup) => ({ ...group, words: incidentTitle(group.value as IncidentCode) });

/** An ended instance has no waits, whatever its last step reported. */
function explanationOfEnded(
  { _id: instance }: InstanceRow,
  status: Exclude<InstanceRow['status'], 'active'>,
  at: string,
): Explanation {
  return { at, instance, status, summary: endDescriptions[status], waits: [], clocks: [] };
}

/** The index of columns starts with process and facility, which need equality conditions. */
async function atEachFacility(sources: InstanceSource[]): Promise<InstanceSource[]> {
  const all = sources.find((source) => source.by === 'facility' && source.facility === undefined);
  if (!all) return sources;
  return (await listFacilities()).map(({ _id }) => ({ by: 'facility', facility: _id }));
}

export async function sendInstanceUpdate(
  deps: Deps,
  asked: Asked,
  row: InstanceRow,
  path: string,
  name: string,
  argument: object,
) {
  const id = updateIdOf(asked.person.id, `POST /api/instances/${row._id}/${path}`, argument, asked.idempotencyKey);
  const answer = await sendUpdate(deps, row._id, { name, argument, id }, () => endedProblem(row._id));
  return { body: { instance: instanceView((await findInstance(row._id)) ?? row), happened: answer.happened } };
}

export function actor(person: Person): { id: string; role: string } {
  return { id: person.id, role: 'ops' };
}

export function instanceView(row: InstanceRow): InstanceView {
  const {
    _id,
    seq: _seq,
    columnKeys: _keys,
    groups: _groups,
    participants: _participants,
    origin: _origin,
    lineage,
    ...shown
  } = row;
  const waits = row.waits.map((wait) => (wait.kind === 'task' ? { ...wait, task: taskId(_id, wait.key) } : wait));
  const incidents = row.incidents.map(incidentView);
  return { ...shown, id: _id, waits, incidents, ...(lineage && { root: lineage.root }) };
}

const listedView = async (row: InstanceRow): Promise<InstanceView> =>
  withEnglishNames(instanceView(row), await englishNamesOf(row.process));

/** Names of the process and of the elements it waits at. */
function withEnglishNames(view: InstanceView, names: Readonly<Record<string, string>>): InstanceView {
  const named = <At extends { element: string }>(at: At) => withElementEnglishName(at, names);
  return { ...view, waits: view.waits.map(named), incidents: view.incidents.map(named) };
}

async function oneInstanceView(row: InstanceRow) {
  const { key, version, hash } = row.definition;
  const plan = await findPinnedPlan<Plan>(key, version, hash);
  return {
    ...withEnglishNames(instanceView(row), plan?.englishNames ?? {}),
    summary: summaryOf(row, plan),
    ...(plan?.englishNames && { englishNames: plan.englishNames }),
  };
}

function onlyIncident(row: InstanceRow): string {
  const [first, ...more] = row.incidents;
  if (first && more.length === 0) return first.key;
  const message = first
    ? `There are ${more.length + 1} incidents; give the key of one: ${row.incidents.map((one) => one.key).join(', ')}.`
    : 'There is no incident.';
  throw invalid([{ path: 'body.key', code: 'needed', message }], 422);
}

export async function endedProblem(id: string): Promise<ProblemError> {
  const row = await findInstance(id);
  return new ProblemError({
    status: 409,
    code: 'not-active',
    detail: `${id} is ${row?.status ?? 'not running'}${row?.endedAt ? ` since ${row.endedAt}` : ''}.`,
    hint: 'Only a running instance can be acted on.',
  });
}
