/** Changing many instances: begin a batch of migrations or modifications, follow it, stop it, read its report. */
import {
  type BatchItemRow,
  type BatchOutcome,
  type BatchRow,
  countBatchItems,
  findBatch,
  listBatches,
  listBatchItems,
  stopBatch,
} from '../../../store/runtime/batches.ts';
import { decodeCursor, pageOf } from '../../http/cursor.ts';
import type { Deps } from '../../http/deps.ts';
import { facilitiesOf, type Person, visibleFacilities } from '../../http/policy.ts';
import { notFound } from '../../http/problem.ts';
import { type Route, route } from '../../http/route.ts';
import { operators } from '../../http/route-policy.ts';
import { targetOf } from '../changes/try-migration.ts';
import { updateIdOf } from '../instances/instance-updates.ts';
import { actor } from '../instances/routes.ts';
import { requireActive } from '../starts/start-instance.ts';
import { workOff } from './create-batch.ts';
import {
  batchesSchema,
  batchParams,
  batchQuery,
  batchWithReportSchema,
  migrationsBody,
  modificationsBody,
} from './schemas.ts';

const tag = 'Batches';
const firstPage = 50;
const goesOn =
  'It is worked off in the background, also when nobody asks; the answer comes at its end or after a few seconds, as it stands by then ' +
  '("finished"). A repeat with the same Idempotency-Key begins nothing new. Refused instances stay as they are.';

export function batchRoutes(deps: Deps): Route[] {
  return [
    route({
      key: 'POST /api/migrations',
      access: operators,
      tag,
      summary: 'Migrate the running instances of a version, with a report for each',
      description: goesOn,
      body: { schema: migrationsBody },
      idempotency: 'required',
      answers: { 200: { description: 'The batch as it stands.', schema: batchWithReportSchema } },
      async handle({ body }, { person, idempotencyKey }) {
        const { process, fromVersion, toVersion, filter, dryRun, ...options } = body;
        const { hash: toHash } = await targetOf(process, toVersion);
        await requireActive(process, toVersion);
        const id = updateIdOf(person.id, 'POST /api/migrations', body, idempotencyKey);
        const search = searchOf(person, process, fromVersion, filter);
        const change = { kind: 'migrate', toVersion, toHash, options } as const;
        await workOff(deps, { id, dryRun, search, change, by: actor(person) });
        return { body: await viewOf(id, person, undefined, firstPage) };
      },
    }),
    route({
      key: 'POST /api/modifications',
      access: operators,
      tag,
      summary: 'Move, start and cancel tokens in the running instances of a version, with a report for each',
      description: `What waits is named by its element, since its key is another one in each instance. ${goesOn}`,
      body: { schema: modificationsBody },
      idempotency: 'required',
      answers: { 200: { description: 'The batch as it stands.', schema: batchWithReportSchema } },
      async handle({ body }, { person, idempotencyKey }) {
        const { process, version, filter, dryRun, instructions } = body;
        await targetOf(process, version);
        const id = updateIdOf(person.id, 'POST /api/modifications', body, idempotencyKey);
        const search = searchOf(person, process, version, filter);
        await workOff(deps, { id, dryRun, search, change: { kind: 'modify', instructions }, by: actor(person) });
        return { body: await viewOf(id, person, undefined, firstPage) };
      },
    }),
    route({
      key: 'GET /api/batches',
      access: operators,
      tag,
      summary: 'Batches of changes, newest first',
      query: batchQuery,
      answers: { 200: { description: 'A page of batches.', schema: batchesSchema } },
      async handle({ query }, { person }) {
        const before = query.cursor === undefined ? undefined : decodeCursor(query.cursor);
        const rows = await listBatches(onlyOwn(person), before, query.limit + 1);
        const page = pageOf(rows, query.limit, (row) => ({ at: row.startedAt, id: row._id }));
        const counted = await countBatchItems(page.items.map((row) => row._id));
        return { body: { ...page, items: page.items.map((row) => rowView(row, counted.get(row._id))) } };
      },
    }),
    route({
      key: 'GET /api/batches/{id}',
      access: operators,
      tag,
      summary: 'A batch of changes with its report per instance',
      params: batchParams,
      query: batchQuery,
      answers: { 200: { description: 'The batch as it stands.', schema: batchWithReportSchema } },
      async handle({ params, query }, { person }) {
        const after = query.cursor === undefined ? undefined : decodeCursor(query.cursor).id;
        return { body: await viewOf(params.id, person, after, query.limit) };
      },
    }),
    route({
      key: 'POST /api/batches/{id}/stop',
      access: operators,
      tag,
      summary: 'Go no further with a batch',
      description: 'What is done stays done, what is being done just now is done still, what is pending is left alone.',
      params: batchParams,
      idempotency: 'optional',
      answers: { 200: { description: 'The batch as it stands.', schema: batchWithReportSchema } },
      async handle({ params }, { person }) {
        await visibleBatch(params.id, person);
        const pending = (await countBatchItems([params.id])).get(params.id)?.pending ?? 0;
        // Nothing is left to stop: that somebody asked is not written on a batch that did all it should.
        if (pending > 0) {
          await stopBatch(params.id, { at: new Date().toISOString(), by: person.id });
          // Those it was at are answered with the rest. Where Temporal is away nothing goes on, and it is stopped all the same.
          await deps.processes.workOff(params.id).catch(() => undefined);
        }
        return { body: await viewOf(params.id, person, undefined, firstPage) };
      },
    }),
  ];
}

interface Filter {
  facility?: string | undefined;
  stage?: string | undefined;
  ids?: string[] | undefined;
}

function searchOf(person: Person, process: string, version: number, { facility, stage, ids }: Filter) {
  const facilities = visibleFacilities(person, facility);
  return {
    process,
    version,
    ...(facilities && { facilities }),
    ...(stage !== undefined && { stage }),
    ...(ids && { ids }),
  };
}

/** Operators of the whole group see every batch, those of a facility their own ones. */
const onlyOwn = (person: Person): string | undefined => (facilitiesOf(person) === undefined ? undefined : person.id);

async function visibleBatch(id: string, person: Person): Promise<BatchRow> {
  const row = await findBatch(id);
  const own = onlyOwn(person);
  if (!row || (own !== undefined && row.startedBy !== own)) throw notFound(`batch ${id}`);
  return row;
}

async function viewOf(id: string, person: Person, after: string | undefined, limit: number) {
  const row = await visibleBatch(id, person);
  const [items, counted] = await Promise.all([listBatchItems(id, after, limit + 1), countBatchItems([id])]);
  const page = pageOf(items, limit, (item) => ({ at: '', id: item.instance }));
  return { ...rowView(row, counted.get(id)), report: { ...page, items: page.items.map(itemView) } };
}

const none = { pending: 0, possible: 0, done: 0, already: 0, refused: 0, ended: 0, failed: 0 };

function rowView(row: BatchRow, counted: Partial<Record<BatchOutcome, number>> | undefined) {
  const { _id: id, payload: _, role: __, toHash: ___, ...about } = row;
  const counts = { ...none, ...counted };
  return { id, ...about, finished: counts.pending === 0 || row.stopped !== undefined, counts };
}

function itemView({ instance, outcome, code, report }: BatchItemRow) {
  return {
    instance,
    outcome,
    ...(code !== undefined && { code }),
    ...(report !== undefined && { lines: JSON.parse(report) }),
  };
}
