/** The inbox, one task, and the five acts. */
import { findFacility, listFacilities } from '../../../store/organisation/facilities.ts';
import { listTasks, type TaskSource } from '../../../store/runtime/tasks.ts';
import { noBody } from '../../http/common-schemas.ts';
import { decodeSortedCursor, sortedPageOf } from '../../http/cursor.ts';
import type { Deps } from '../../http/deps.ts';
import { groupTasks, narrowed, type Person } from '../../http/policy.ts';
import { type Route, route } from '../../http/route.ts';
import { columnSearch, sortBy, textSearches } from '../columns/column-query.ts';
import { dueUntil } from './due-filter.ts';
import {
  actedSchema,
  assignBody,
  completeBody,
  oneTaskSchema,
  returnBody,
  taskPage,
  taskParams,
  taskQuery,
} from './schemas.ts';
import { actOnTask, visibleTask } from './task-acts.ts';
import { oneTaskView, taskView } from './view.ts';

const tag = 'Tasks';
const answers = { 200: { description: 'Done; the task as it is now.', schema: actedSchema } };
const idempotency = 'optional' as const;

export function taskRoutes(deps: Deps): Route[] {
  return [
    route({
      key: 'GET /api/tasks',
      access: 'staff',
      tag,
      summary: 'The inbox: what I have and what my roles can do, oldest first',
      query: taskQuery,
      columnFilters: true,
      answers: { 200: { description: 'A page.', schema: taskPage } },
      async handle({ query }, { person, reach }) {
        const { mine, group, facility, due, cursor, limit, columns: parameters = {}, sort: order, ...filters } = query;
        const { process, q } = filters;
        const columns = await columnSearch(process, parameters);
        const sort = await sortBy(order ?? 'createdAt', process, ['createdAt', 'priority']);
        const facilities = narrowed(reach, facility);
        const until = due === undefined ? undefined : dueUntil(due, new Date(), await zoneFor(person, facility));
        const rows = await listTasks({
          ...filters,
          sources: sourcesOf(person, mine === true, group),
          ...(facilities && { facilities }),
          ...(until !== undefined && { dueUntil: until }),
          ...(columns && { columns }),
          ...(q !== undefined && { texts: await textSearches(q, process) }),
          sort,
          ...(cursor !== undefined && { after: decodeSortedCursor(cursor, sort) }),
          limit: limit + 1,
        });
        const page = sortedPageOf(rows, limit, sort);
        return { body: { ...page, items: page.items.map(taskView) } };
      },
    }),
    route({
      key: 'GET /api/tasks/{id}',
      access: 'staff',
      audit: 'sensitive',
      tag,
      summary: 'One task with its form and what I may do with it',
      params: taskParams,
      answers: { 200: { description: 'The task.', schema: oneTaskSchema } },
      async handle({ params }, { person }) {
        const task = await visibleTask(params.id, person);
        const handles = task.status === 'open' && task.assignee === person.id;
        return {
          body: await oneTaskView(deps, task, person),
          ...(handles && { unmasked: { what: { kind: 'tasks', id: task._id }, facility: task.facility } }),
        };
      },
    }),
    route({
      key: 'POST /api/tasks/{id}/claim',
      access: 'staff',
      tag,
      summary: 'Take it: it is mine now',
      params: taskParams,
      body: { schema: noBody.default({}) },
      idempotency,
      answers,
      async handle({ params }, { person, idempotencyKey }) {
        return { body: await actOnTask(deps, person, params.id, { type: 'claim' }, idempotencyKey) };
      },
    }),
    route({
      key: 'POST /api/tasks/{id}/unclaim',
      access: 'staff',
      tag,
      summary: 'Put it back for the others',
      params: taskParams,
      body: { schema: noBody.default({}) },
      idempotency,
      answers,
      async handle({ params }, { person, idempotencyKey }) {
        return { body: await actOnTask(deps, person, params.id, { type: 'unclaim' }, idempotencyKey) };
      },
    }),
    route({
      key: 'POST /api/tasks/{id}/assign',
      access: 'staff',
      tag,
      summary: 'Give it to a colleague who may do it',
      params: taskParams,
      body: { schema: assignBody },
      idempotency,
      answers,
      async handle({ params, body }, { person, idempotencyKey }) {
        return { body: await actOnTask(deps, person, params.id, { type: 'assign', ...body }, idempotencyKey) };
      },
    }),
    route({
      key: 'POST /api/tasks/{id}/complete',
      access: 'staff',
      tag,
      summary: 'Do it, with what its form asks for',
      description: 'A second completion gets 409 and is told who did it and when.',
      params: taskParams,
      body: { schema: completeBody },
      idempotency,
      answers,
      async handle({ params, body }, { person, idempotencyKey }) {
        return { body: await actOnTask(deps, person, params.id, { type: 'complete', ...body }, idempotencyKey) };
      },
    }),
    route({
      key: 'POST /api/tasks/{id}/return',
      access: 'staff',
      tag,
      summary: 'Give it back to its candidates, with a reason',
      params: taskParams,
      body: { schema: returnBody },
      idempotency,
      answers,
      async handle({ params, body }, { person, idempotencyKey }) {
        return { body: await actOnTask(deps, person, params.id, { type: 'return', ...body }, idempotencyKey) };
      },
    }),
  ];
}

/** Which indexes answer the question; without a filter: mine, those I am named for, and those of my roles at their facility. */
function sourcesOf(person: Person, mine: boolean, group: string | undefined): TaskSource[] {
  if (mine) return [{ by: 'assignee', staff: person.id }];
  if (group !== undefined) return groupTasks(person, group);
  return [
    { by: 'assignee', staff: person.id },
    { by: 'candidate', staff: person.id },
    ...person.roles.map(
      ({ role, facility }): TaskSource => ({ by: 'group', group: role, ...(facility !== '*' && { facility }) }),
    ),
  ];
}

/** Where "today" is: at the facility asked for, else at the person's own, else at the first one. */
async function zoneFor(person: Person, asked: string | undefined): Promise<string> {
  const code = asked ?? person.roles.find((held) => held.facility !== '*')?.facility;
  const facility = code === undefined ? (await listFacilities())[0] : await findFacility(code);
  return facility?.zone ?? 'UTC';
}
