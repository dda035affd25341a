/** Migrating many instances: begin or go on with a batch, and read its report. */
import {
  countMigrationItems,
  findMigration,
  listMigrationItems,
  type MigrationItemRow,
  type MigrationRow,
} from '../../store/migrations.ts';
import { updateIdOf } from '../acting.ts';
import { decodeCursor, pageOf } from '../cursor.ts';
import type { Deps } from '../deps.ts';
import { targetOf, workOff } from '../migrating.ts';
import { facilitiesOf, type Person, visibleFacilities } from '../policy.ts';
import { notFound } from '../problem.ts';
import { type Route, route } from '../route.ts';
import { batchBody, batchParams, batchQuery, batchSchema } from '../schemas/changes.ts';
import { actor } from './instances.ts';

const tag = 'Migrations';
const firstPage = 50;

export function migrationRoutes(deps: Deps): Route[] {
  return [
    route({
      key: 'POST /api/migrations',
      tag,
      summary: 'Migrate the running instances of a version, one after the other, with a report for each',
      description:
        'One request works for some seconds. While "finished" is false, the same request with the same Idempotency-Key goes on where it ' +
        'stopped; a repeat afterwards answers the report. Refused instances stay as they are: correct the mapping and begin a new batch.',
      body: { schema: batchBody },
      idempotency: 'required',
      answers: { 200: { description: 'The batch as it stands.', schema: batchSchema } },
      async handle({ body }, { person, idempotencyKey }) {
        const { process, fromVersion, toVersion, filter, dryRun, ...options } = body;
        const target = await targetOf(process, toVersion);
        const facilities = visibleFacilities(person, filter.facility);
        const { stage, ids } = filter;
        const search = {
          process,
          fromVersion,
          ...(facilities && { facilities }),
          ...(stage !== undefined && { stage }),
          ...(ids && { ids }),
        };
        const id = updateIdOf(person.id, 'POST /api/migrations', body, idempotencyKey);
        await workOff(deps, { id, dryRun, target, search, options, by: actor(person) });
        return { body: await viewOf(id, person, undefined, firstPage) };
      },
    }),
    route({
      key: 'GET /api/migrations/{id}',
      tag,
      summary: 'A batch of migrations with its report per instance',
      params: batchParams,
      query: batchQuery,
      answers: { 200: { description: 'The batch as it stands.', schema: batchSchema } },
      async handle({ params, query }, { person }) {
        const after = query.cursor === undefined ? undefined : decodeCursor(query.cursor).id;
        return { body: await viewOf(params.id, person, after, query.limit) };
      },
    }),
  ];
}

/** Operators of the whole group see every batch, those of a facility their own ones. */
async function viewOf(id: string, person: Person, after: string | undefined, limit: number) {
  const row = await findMigration(id);
  if (!row || (row.startedBy !== person.id && facilitiesOf(person) !== undefined)) throw notFound(`migration ${id}`);
  const [items, counted] = await Promise.all([listMigrationItems(id, after, limit + 1), countMigrationItems(id)]);
  const page = pageOf(items, limit, (item) => ({ at: '', id: item.instance }));
  const counts = { pending: 0, possible: 0, migrated: 0, already: 0, refused: 0, ended: 0, ...counted };
  return {
    ...rowView(row),
    finished: counts.pending === 0,
    counts,
    report: { ...page, items: page.items.map(itemView) },
  };
}

function rowView({ _id, ...row }: MigrationRow) {
  return { id: _id, ...row };
}

function itemView({ instance, outcome, code, report }: MigrationItemRow) {
  return {
    instance,
    outcome,
    ...(code !== undefined && { code }),
    ...(report !== undefined && { lines: JSON.parse(report) }),
  };
}
