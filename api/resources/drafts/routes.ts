/** GET, PUT, DELETE /api/drafts/{kind}/{of}: a person's drafts of tasks they may complete and processes they may start. */
import type { Plan, Variables } from '../../../engine/model/plan.ts';
import { findPlan } from '../../../store/definitions/plans.ts';
import { type DraftOf, findDraft, removeDraft, saveDraft } from '../../../store/runtime/drafts.ts';
import { mayAct, type Person } from '../../http/policy.ts';
import { notFound } from '../../http/problem.ts';
import { type Route, route } from '../../http/route.ts';
import { startableBy } from '../starts/startable.ts';
import { visibleTask } from '../tasks/task-acts.ts';
import { draftBody, draftLimit, draftParams, draftSchema, savedSchema } from './schemas.ts';

const tag = 'Drafts';

export function draftRoutes(): Route[] {
  return [
    route({
      key: 'GET /api/drafts/{kind}/{of}',
      access: 'staff',
      tag,
      summary: 'Your unsubmitted form input',
      params: draftParams,
      answers: { 200: { description: 'The draft, or null.', schema: draftSchema } },
      async handle({ params }, { person }) {
        const facility = await facilityOf(person, params);
        const found = await findDraft({ person: person.id, ...params });
        return {
          body: { draft: found && { values: found.values as Variables, savedAt: found.savedAt } },
          // Shown unmasked: it is the person's own input.
          unmasked: { what: { kind: 'drafts', id: params.of }, facility },
        };
      },
    }),
    route({
      key: 'PUT /api/drafts/{kind}/{of}',
      access: 'staff',
      audit: 'none',
      tag,
      summary: 'Save your form input as a draft, visible to you only',
      description:
        'Removed when the task is completed or the process started, and after its retention (docs/operations.md).',
      params: draftParams,
      body: { schema: draftBody, limit: draftLimit },
      answers: { 200: { description: 'Kept.', schema: savedSchema } },
      async handle({ params, body }, { person }) {
        await facilityOf(person, params);
        const savedAt = new Date().toISOString();
        await saveDraft({ person: person.id, ...params }, body.values, savedAt);
        return { body: { savedAt } };
      },
    }),
    route({
      key: 'DELETE /api/drafts/{kind}/{of}',
      access: 'staff',
      audit: 'none',
      tag,
      summary: 'Discard your draft',
      params: draftParams,
      answers: { 204: { description: 'Discarded.' } },
      async handle({ params }, { person }) {
        await removeDraft({ person: person.id, ...params });
        return { status: 204 };
      },
    }),
  ];
}

/**
 * @returns the facility; of a process to be started, the first one where the person may
 * @throws ProblemError 404 for a task that is closed or not theirs to complete, or a process that they may not start
 */
async function facilityOf(person: Person, { kind, of }: Omit<DraftOf, 'person'>): Promise<string> {
  if (kind === 'task') {
    const task = await visibleTask(of, person);
    if (task.status === 'open' && mayAct(person, task, 'complete').ok) return task.facility;
    throw notFound(`task ${of} that you may complete`);
  }
  const found = await findPlan<Plan>(of);
  const facility = found && (await startableBy(person, of, found.version))?.startableAt[0];
  if (!facility) throw notFound(`process ${of} that you may start`);
  return facility;
}
