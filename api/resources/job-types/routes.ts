/** Registration of job types: the task queue of each, registered by operators before a definition uses it. */
import { jobCatalogue } from '../../../activities/jobs/catalogue.ts';
import type { BuiltInJob } from '../../../engine/model/job-signature.ts';
import { type JobTypeRow, listJobTypes, removeJobType, saveJobType } from '../../../store/definitions/job-types.ts';
import { findUsesOfJobType } from '../../../store/definitions/uses.ts';
import type { Deps } from '../../http/deps.ts';
import { invalid, notFound, ProblemError } from '../../http/problem.ts';
import { type Route, route } from '../../http/route.ts';
import { groupOperators } from '../../http/route-policy.ts';
import { jobTypeTouches } from '../proposals/money.ts';
import { isServed } from './job-workers.ts';
import { jobTypeBody, jobTypeList, jobTypeParams, jobTypeSchema } from './schemas.ts';

const tag = 'Job types';

export function jobTypeRoutes(deps: Deps): Route[] {
  const own = deps.config.temporal.taskQueue;

  async function view(row: JobTypeRow) {
    const { _id, ...registered } = row;
    const [served, usedBy] = await Promise.all([isServed(deps, row.taskQueue), findUsesOfJobType(_id)]);
    return { type: _id, builtIn: false, ...registered, served, usedBy };
  }

  return [
    route({
      key: 'GET /api/job-types',
      access: 'staff',
      tag,
      summary: 'Job types available to definitions, their task queues, and whether workers poll them',
      answers: { 200: { description: 'Built in and registered ones.', schema: jobTypeList } },
      async handle() {
        const served = await isServed(deps, own);
        const builtIn = await Promise.all(
          Object.entries(jobCatalogue).map(async ([type, job]) => ({
            type,
            builtIn: true,
            ...signatureOf(job),
            taskQueue: own,
            served,
            usedBy: await findUsesOfJobType(type),
          })),
        );
        const registered = await Promise.all((await listJobTypes()).map(view));
        return { body: { items: [...builtIn, ...registered] } };
      },
    }),
    route({
      key: 'PUT /api/job-types/{type}',
      access: groupOperators,
      tag,
      summary: 'Register a job type',
      description:
        'Workers of any language serve it as a Temporal activity of this name (docs/job-workers.md). Deployments pin the registration of their time: deployed versions and running instances keep it; deploy again to change it.',
      params: jobTypeParams,
      body: { schema: jobTypeBody },
      answers: {
        200: { description: 'Changed.', schema: jobTypeSchema },
        201: { description: 'New.', schema: jobTypeSchema },
      },
      secondPerson: ({ params, body }) => jobTypeTouches(params.type, body.movesMoney),
      async handle({ params, body }, { person }) {
        const { type } = params;
        if (Object.hasOwn(jobCatalogue, type)) throw builtIn(type);
        if (body.taskQueue === own) throw ownQueue(own);
        const { outputs, movesMoney, startToCloseTimeout, heartbeatTimeout, scheduleToStartTimeout } = body;
        const row: JobTypeRow = {
          _id: type,
          taskQueue: body.taskQueue,
          description: body.description,
          ...(outputs && { outputs }),
          ...(movesMoney && { movesMoney }),
          ...(startToCloseTimeout && { startToCloseTimeout }),
          ...(heartbeatTimeout && { heartbeatTimeout }),
          ...(scheduleToStartTimeout && { scheduleToStartTimeout }),
          updatedAt: new Date().toISOString(),
          updatedBy: person.id,
        };
        const created = await saveJobType(row);
        return { status: created ? 201 : 200, body: await view(row) };
      },
    }),
    route({
      key: 'DELETE /api/job-types/{type}',
      access: groupOperators,
      tag,
      summary: 'Forget a registration',
      description:
        'Refused while the newest version of a definition uses it. Running instances keep the pinned registration.',
      params: jobTypeParams,
      answers: { 204: { description: 'Forgotten.' } },
      secondPerson: ({ params }) => jobTypeTouches(params.type, false),
      async handle({ params }) {
        const uses = await findUsesOfJobType(params.type);
        if (uses.length > 0) throw inUse(params.type, uses);
        if (!(await removeJobType(params.type))) throw notFound(`registered job type ${params.type}`);
        return { status: 204 };
      },
    }),
  ];
}

function signatureOf({ description, movesMoney, execution, retry, input, output, headers, errors }: BuiltInJob) {
  return {
    description: description.en,
    words: description,
    ...(movesMoney && { movesMoney }),
    execution: execution.kind,
    retry,
    ...(execution.kind === 'activity' && { startToCloseTimeout: execution.startToCloseTimeout }),
    input,
    output,
    headers,
    errors,
  };
}

function builtIn(type: string): ProblemError {
  return new ProblemError({
    status: 409,
    code: 'built-in-job-type',
    detail: `"${type}" is built into Careloop's own worker.`,
    hint: 'Choose another name, and use it in the definition.',
  });
}

function ownQueue(own: string): ProblemError {
  const message = `"${own}" is the queue of Careloop's own worker, which has the built-in job types only.`;
  return invalid([{ path: 'body.taskQueue', code: 'own_queue', message }], 422);
}

function inUse(type: string, uses: { process: string; version: number }[]): ProblemError {
  return new ProblemError({
    status: 409,
    code: 'job-type-in-use',
    detail: `"${type}" is used by ${uses.map(({ process, version }) => `${process} version ${version}`).join(', ')}.`,
    hint: 'First deploy versions without it, or register another task queue for it.',
    more: { usedBy: uses },
  });
}
