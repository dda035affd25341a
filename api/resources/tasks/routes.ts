/** The inbox, one task, and the acts on tasks. */
import { listTasks } from '../../../store/runtime/tasks.ts';
import { noBody } from '../../http/common-schemas.ts';
import { sortedPageOf } from '../../http/cursor.ts';
import type { Deps } from '../../http/deps.ts';
import { mayAct } from '../../http/policy.ts';
import { forbidden } from '../../http/problem.ts';
import { type Route, route } from '../../http/route.ts';
import { listPageOf } from '../columns/list-query.ts';
import { actOnTasks, bulkActionOf } from './bulk-acts.ts';
import { choicesOf } from './choices.ts';
import { withRepresented } from './represented.ts';
import {
  actedSchema,
  assignBody,
  bulkBody,
  bulkReport,
  choicesSchema,
  completeBody,
  oneTaskSchema,
  returnBody,
  taskCounts,
  taskPage,
  taskParams,
  taskQuery,
} from './schemas.ts';
import { actOnTask, visibleTask } from './task-acts.ts';
import { taskCountsOf } from './task-counts.ts';
import { taskFilterOf } from './task-filter.ts';
import { oneTaskView, taskViews } from './view.ts';

const tag = 'Tasks';
const answers = { 200: { description: 'Done; the task in its new state.', schema: actedSchema } };
const idempotency = 'optional' as const;

export function taskRoutes(deps: Deps): Route[] {
  return [
    route({
      key: 'GET /api/tasks',
      access: 'staff',
      tag,
      summary: 'The inbox: tasks assigned to me or my roles; emergencies first, then by due date',
      query: taskQuery,
      columnFilters: true,
      answers: { 200: { description: 'A page.', schema: taskPage } },
      async handle({ query }, { person, reach }) {
        const asked = await listPageOf(query, {
          by: 'urgency',
          required: ['urgency', 'createdAt', 'priority', 'title', 'name', 'facility'],
        });
        const rows = await listTasks({
          ...(await taskFilterOf(query, await withRepresented(person), reach)),
          ...asked,
        });
        const page = sortedPageOf(rows, query.limit, asked.sort);
        return { body: { ...page, items: await taskViews(page.items) } };
      },
    }),
    route({
      key: 'GET /api/tasks/counts',
      access: 'staff',
      tag,
      summary: 'Number of tasks in my inbox, by urgency',
      answers: { 200: { description: 'The numbers.', schema: taskCounts } },
      async handle(_input, { person, reach }) {
        return { body: await taskCountsOf(await withRepresented(person), reach) };
      },
    }),
    route({
      key: 'POST /api/tasks/acts',
      access: 'staff',
      tag,
      summary: 'Claim, release, assign or complete many tasks, with an outcome for each',
      description:
        'Each task is processed independently: a refusal does not affect the others. A repeat with the same key takes effect once.',
      body: { schema: bulkBody },
      idempotency: 'required',
      answers: { 200: { description: 'The outcome of each.', schema: bulkReport } },
      async handle({ body }, { person, idempotencyKey }) {
        return { body: { items: await actOnTasks(deps, person, body.tasks, bulkActionOf(body), idempotencyKey) } };
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
          body: await oneTaskView(deps, task, await withRepresented(person)),
          ...(handles && { unmasked: { what: { kind: 'tasks', id: task._id }, facility: task.facility } }),
        };
      },
    }),
    route({
      key: 'GET /api/tasks/{id}/choices',
      access: 'staff',
      tag,
      summary: 'Consequences of each choice in its form',
      description:
        'For the first required choice with a few options, simulated on a copy of the process. Choices whose consequences depend on unknown values are omitted.',
      params: taskParams,
      answers: { 200: { description: 'By option.', schema: choicesSchema } },
      async handle({ params }, { person }) {
        const task = await visibleTask(params.id, person);
        const allowed = mayAct(person, task, 'complete');
        if (!allowed.ok) throw forbidden(allowed.code, allowed.detail, allowed.hint);
        return { body: { items: await choicesOf(deps, task, person, allowed.role) } };
      },
    }),
    route({
      key: 'POST /api/tasks/{id}/claim',
      access: 'staff',
      tag,
      summary: 'Claim a task',
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
      summary: 'Release a claimed task',
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
      summary: 'Assign it to a colleague who may do it',
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
      summary: 'Complete it, with the input of its form',
      description: 'A second completion gets 409 with who did it and when.',
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
      summary: 'Return it to its candidates, with a reason',
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
