/** The modeller's workspace: saved drawings, and the data their checks need. */
import { jobCatalogue } from '../../../activities/jobs/catalogue.ts';
import { databaseTime } from '../../../store/db/database-time.ts';
import {
  type DrawingRow,
  type DrawingSummary,
  findDrawing,
  listDrawings,
  removeDrawing,
  saveDrawing,
} from '../../../store/definitions/drawings.ts';
import { listSentNames } from '../../../store/definitions/uses.ts';
import { findFacilityContext } from '../../../store/organisation/facility-context.ts';
import { noteSubject } from '../../http/audit.ts';
import { notFound, ProblemError } from '../../http/problem.ts';
import { type Route, route } from '../../http/route.ts';
import { groupOperators } from '../../http/route-policy.ts';
import { knownRoles } from '../definitions/check-definition.ts';
import { registeredWorkers } from '../job-types/job-workers.ts';
import {
  drawingList,
  drawingParams,
  drawingQuery,
  drawingSchema,
  lintContextQuery,
  lintContextSchema,
  saveDrawingBody,
  savedDrawing,
  simulationContextQuery,
  simulationContextSchema,
} from './schemas.ts';

const tag = 'Drawings';

export function drawingRoutes(): Route[] {
  return [
    route({
      key: 'GET /api/drawings',
      access: groupOperators,
      tag,
      summary: 'Your drawings and those shared by others, latest first',
      query: drawingQuery,
      answers: { 200: { description: 'The drawings, without their files.', schema: drawingList } },
      async handle({ query: { process } }, { person }) {
        return { body: { items: (await listDrawings(person.id, process)).map(view) } };
      },
    }),
    route({
      key: 'GET /api/drawings/{id}',
      access: groupOperators,
      tag,
      summary: 'A drawing with its files',
      params: drawingParams,
      answers: { 200: { description: 'The drawing.', schema: drawingSchema } },
      async handle({ params: { id } }, { person }) {
        const { files, ...row } = await visible(id, person.id);
        return { body: { ...view(row), files: JSON.parse(files) }, unmasked: 'definition' };
      },
    }),
    route({
      key: 'PUT /api/drawings/{id}',
      access: groupOperators,
      tag,
      summary: 'Save a drawing',
      description:
        'Not validated, so it may be incomplete. Refused if somebody saved it after the given revision; only its owner may share or unshare it.',
      params: drawingParams,
      body: { schema: saveDrawingBody, limit: '4mb' },
      idempotency: 'optional',
      answers: { 200: { description: 'Saved.', schema: savedDrawing } },
      async handle({ params: { id }, body }, { person }) {
        noteSubject({ kind: 'drawings', id });
        const before = await findDrawing(id, person.id);
        if (before ? before.revision !== body.revision : body.revision > 0) throw changedMeanwhile(id, before);
        const { files, shared, ...rest } = body;
        const row: DrawingRow = {
          _id: id,
          ...rest,
          owner: before?.owner ?? person.id,
          shared: before && before.owner !== person.id ? before.shared : shared,
          revision: body.revision + 1,
          updatedAt: (await databaseTime()).toISOString(),
          updatedBy: person.id,
          files: JSON.stringify(files),
        };
        if (!(await saveDrawing(row))) throw changedMeanwhile(id, await findDrawing(id, person.id));
        return { body: view(row) };
      },
    }),
    route({
      key: 'DELETE /api/drawings/{id}',
      access: groupOperators,
      tag,
      summary: 'Delete a drawing of yours',
      params: drawingParams,
      idempotency: 'optional',
      answers: { 200: { description: 'Discarded.', schema: savedDrawing } },
      async handle({ params: { id } }, { person }) {
        noteSubject({ kind: 'drawings', id });
        const row = await visible(id, person.id);
        if (!(await removeDrawing(id, person.id))) throw notFound(`drawing ${id} of yours`);
        return { body: view(row) };
      },
    }),
    route({
      key: 'GET /api/lint-context',
      access: groupOperators,
      tag,
      summary: 'Data of this installation that checks of a drawing use',
      description: 'Roles, job types, and the messages and signals of other definitions: for linters outside the API.',
      query: lintContextQuery,
      answers: { 200: { description: 'The current data.', schema: lintContextSchema } },
      async handle({ query: { process = [] } }) {
        const [roles, workers, sent] = await Promise.all([
          knownRoles(),
          registeredWorkers(),
          listSentNames([process].flat()),
        ]);
        const body = {
          roles,
          workers: { ...workers },
          jobSignatures: { ...jobCatalogue },
          sentMessages: sent.messages,
          thrownSignals: sent.signals,
        };
        return { body };
      },
    }),
    route({
      key: 'GET /api/simulation-context',
      access: groupOperators,
      tag,
      summary: 'Calendar and rules of a facility: for simulations outside the API',
      query: simulationContextQuery,
      answers: { 200: { description: 'As a new instance would receive them.', schema: simulationContextSchema } },
      async handle({ query: { facility } }) {
        const found = await findFacilityContext(facility, (await databaseTime()).toISOString());
        if (!found) throw notFound(`facility ${facility}`);
        return { body: { calendar: { ...found.calendar }, rules: found.rules } };
      },
    }),
  ];
}

async function visible(id: string, person: string): Promise<DrawingRow> {
  const row = await findDrawing(id, person);
  if (!row) throw notFound(`drawing ${id}`);
  return row;
}

function view({ _id: id, process, name, owner, shared, basedOn, revision, updatedAt, updatedBy }: DrawingSummary) {
  return {
    id,
    process,
    name,
    owner,
    shared,
    ...(basedOn !== undefined && { basedOn }),
    revision,
    updatedAt,
    updatedBy,
  };
}

function changedMeanwhile(id: string, now: DrawingRow | null): ProblemError {
  return new ProblemError({
    status: 409,
    code: 'changed-meanwhile',
    detail: now
      ? `${now.updatedBy} saved drawing ${id} at ${now.updatedAt}; it is at revision ${now.revision} now.`
      : `Drawing ${id} was deleted or is no longer shared.`,
    hint: now ? 'Open the saved drawing, or save yours as a new one.' : 'Save yours as a new drawing.',
    ...(now && { more: { revision: now.revision, updatedBy: now.updatedBy, updatedAt: now.updatedAt } }),
  });
}
