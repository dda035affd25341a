/** Acts on many instances: create a batch, follow, stop and resume it, read its report. */
import {
  type BatchItemRow,
  type BatchOutcome,
  type BatchRow,
  countBatchItems,
  findBatch,
  listBatches,
  listBatchItems,
  resumeBatch,
  stopBatch,
} from '../../../store/runtime/batches.ts';
import type { InstanceFilter } from '../../../store/runtime/instance-filter.ts';
import { countByVersionAmong } from '../../../store/runtime/instance-totals.ts';
import { decodeCursor, pageOf } from '../../http/cursor.ts';
import type { Deps } from '../../http/deps.ts';
import { covers, type Reach } from '../../http/policy.ts';
import { notFound } from '../../http/problem.ts';
import { roleMissing } from '../../http/role-missing.ts';
import { type Route, route } from '../../http/route.ts';
import { operators } from '../../http/route-policy.ts';
import { type MoneyTouch, secondPersonNeeded } from '../../http/second-person.ts';
import { targetOf } from '../changes/try-migration.ts';
import { updateIdOf } from '../instances/instance-updates.ts';
import { actor } from '../instances/routes.ts';
import { allTouch, versionsTouch } from '../proposals/money.ts';
import { requireActive } from '../starts/start-instance.ts';
import { type BatchChange, targetsOf, workOff } from './create-batch.ts';
import { bypassesElements, previewOf } from './preview.ts';
import {
  actsBody,
  batchesQuery,
  batchesSchema,
  batchParams,
  batchQuery,
  batchWithReportSchema,
  migrationsBody,
  modificationsBody,
  previewBody,
  previewSchema,
} from './schemas.ts';

const tag = 'Batches';
const firstLines: ReportPage = { limit: 50 };
const goesOn =
  'The batch runs in the background; the response comes at its end or after a few seconds, with its state by then ' +
  '("finished"). A repeat with the same Idempotency-Key creates no second batch. Refused instances stay unchanged.';

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
      answers: { 200: { description: 'The batch in its current state.', schema: batchWithReportSchema } },
      async secondPerson({ body: { dryRun, process, fromVersion, toVersion, filter } }) {
        return dryRun ? undefined : versionsTouch(process, [fromVersion, toVersion], filter.facility ?? null);
      },
      dryRun: 'body',
      async handle({ body }, { person, reach, idempotencyKey }) {
        await requireReach(reach, body.filter?.facility);
        const { process, fromVersion, toVersion, filter, dryRun, ...options } = body;
        const { hash: toHash } = await targetOf(process, toVersion);
        await requireActive(process, toVersion);
        const id = updateIdOf(person.id, 'POST /api/migrations', body, idempotencyKey);
        const meant = { process, version: fromVersion, ...filter };
        const change = { kind: 'migrate', toVersion, toHash, options } as const;
        await workOff(deps, { id, dryRun, filter: meant, change, by: actor(person) });
        return { body: await viewOf(id, reach, firstLines) };
      },
    }),
    route({
      key: 'POST /api/modifications',
      access: operators,
      tag,
      summary: 'Move, start and cancel tokens in the running instances of a version, with a report for each',
      description: `Waits are named by element, since their keys differ between instances. ${goesOn}`,
      body: { schema: modificationsBody },
      idempotency: 'required',
      answers: { 200: { description: 'The batch in its current state.', schema: batchWithReportSchema } },
      async secondPerson({ body: { dryRun, process, version, filter } }) {
        return dryRun ? undefined : versionsTouch(process, [version], filter.facility ?? null);
      },
      dryRun: 'body',
      async handle({ body }, { person, reach, idempotencyKey }) {
        await requireReach(reach, body.filter?.facility);
        const { process, version, filter, dryRun, instructions } = body;
        await targetOf(process, version);
        const id = updateIdOf(person.id, 'POST /api/modifications', body, idempotencyKey);
        const meant = { process, version, ...filter };
        await workOff(deps, { id, dryRun, filter: meant, change: { kind: 'modify', instructions }, by: actor(person) });
        return { body: await viewOf(id, reach, firstLines) };
      },
    }),
    route({
      key: 'POST /api/batches',
      access: operators,
      tag,
      summary: 'Retry, skip, cancel or correct variables in all instances that a filter finds, with a report for each',
      description: `The report gives the outcome: a retry is "done" when the instance continues, "stopped" when an incident stops it again. ${goesOn}`,
      body: { schema: actsBody },
      idempotency: 'required',
      answers: { 200: { description: 'The batch in its current state.', schema: batchWithReportSchema } },
      async secondPerson({ body }, { reach }) {
        await requireReach(reach, body.filter.facility);
        if (!bypassesElements(body.kind)) return undefined;
        return touchAmong(await targetsOf(body.filter, body.kind), body.filter.facility);
      },
      async handle({ body }, { person, reach, idempotencyKey, released }) {
        await requireReach(reach, body.filter.facility);
        const { filter, ...change } = body;
        const key = 'POST /api/batches';
        const id = updateIdOf(person.id, key, body, idempotencyKey);
        const needsRelease = bypassesElements(body.kind) && !released;
        const admit = async (instances: readonly string[]) => {
          const touch = await touchAmong({ ids: [...instances] }, filter.facility);
          if (touch) throw secondPersonNeeded(key, touch);
        };
        await workOff(deps, {
          ...{ id, dryRun: false, filter, change: change as BatchChange, by: actor(person) },
          ...(needsRelease && { admit }),
        });
        return { body: await viewOf(id, reach, firstLines) };
      },
    }),
    route({
      key: 'POST /api/batches/preview',
      access: operators,
      tag,
      summary: 'How many instances an act on all that match would be about, of which versions, and who must release it',
      description: 'Counted now; nothing is begun or changed.',
      body: { schema: previewBody },
      idempotency: 'optional',
      answers: { 200: { description: 'As it is now.', schema: previewSchema } },
      async handle({ body: { kind, filter } }, { reach }) {
        await requireReach(reach, filter.facility);
        return { body: await previewOf(kind, filter) };
      },
    }),
    route({
      key: 'GET /api/batches',
      access: operators,
      tag,
      summary: 'Batches, newest first',
      query: batchesQuery,
      answers: { 200: { description: 'A page of batches.', schema: batchesSchema } },
      async handle({ query }, { reach }) {
        const before = query.cursor === undefined ? undefined : decodeCursor(query.cursor);
        const rows = await listBatches(reach, before, query.limit + 1);
        const page = pageOf(rows, query.limit, (row) => ({ at: row.startedAt, id: row._id }));
        const counted = await countBatchItems(page.items.map((row) => row._id));
        return { body: { ...page, items: page.items.map((row) => rowView(row, counted.get(row._id))) } };
      },
    }),
    route({
      key: 'GET /api/batches/{id}',
      access: operators,
      tag,
      summary: 'A batch with its report per instance',
      params: batchParams,
      query: batchQuery,
      answers: { 200: { description: 'The batch in its current state.', schema: batchWithReportSchema } },
      async handle({ params, query }, { reach }) {
        return { body: await viewOf(params.id, reach, query) };
      },
    }),
    route({
      key: 'POST /api/batches/{id}/stop',
      access: operators,
      tag,
      summary: 'Stop a batch',
      description: 'Completed items stay as they are, the current items are finished, pending ones are not started.',
      params: batchParams,
      idempotency: 'optional',
      answers: { 200: { description: 'The batch in its current state.', schema: batchWithReportSchema } },
      async handle({ params }, { person, reach }) {
        await visibleBatch(params.id, reach);
        const pending = (await countBatchItems([params.id])).get(params.id)?.pending ?? 0;
        // A finished batch is not marked as stopped.
        if (pending > 0) {
          await stopBatch(params.id, { at: new Date().toISOString(), by: person.id });
          // The workflow finishes its current items. While Temporal is unavailable nothing runs, and the batch is
          // marked as stopped all the same.
          await deps.processes.workOff(params.id).catch(() => undefined);
        }
        return { body: await viewOf(params.id, reach, firstLines) };
      },
    }),
    route({
      key: 'POST /api/batches/{id}/resume',
      access: operators,
      tag,
      summary: 'Resume a stopped batch',
      description:
        'Continues with the pending items. A batch that was not stopped is restarted if its workflow is not running.',
      params: batchParams,
      idempotency: 'optional',
      answers: { 200: { description: 'The batch in its current state.', schema: batchWithReportSchema } },
      async handle({ params }, { reach }) {
        await visibleBatch(params.id, reach);
        await resumeBatch(params.id);
        await deps.processes.workOff(params.id);
        // Its workflow may just have ended because the batch was stopped.
        if ((await countBatchItems([params.id])).get(params.id)?.pending) await deps.processes.workOff(params.id);
        return { body: await viewOf(params.id, reach, firstLines) };
      },
    }),
  ];
}

/** Whether an act on these instances may affect payments. */
async function touchAmong(instances: InstanceFilter, facility: string | undefined): Promise<MoneyTouch | undefined> {
  return allTouch(await countByVersionAmong(instances), facility ?? null);
}

/** A batch without a facility covers all of them: for group operators only. */
async function requireReach(reach: Reach, facility: string | undefined): Promise<void> {
  if (facility === undefined ? reach === undefined : covers(reach, facility)) return;
  throw await roleMissing(
    { duty: 'operate' },
    facility ?? '*',
    facility === undefined ? 'wrong-role' : 'wrong-facility',
  );
}

/** @throws ProblemError 404, the same for a batch that does not exist and one of another facility */
async function visibleBatch(id: string, reach: Reach): Promise<BatchRow> {
  const row = await findBatch(id);
  if (!row || (row.facility === undefined ? reach !== undefined : !covers(reach, row.facility)))
    throw notFound(`batch ${id}`);
  return row;
}

interface ReportPage {
  outcome?: BatchOutcome | undefined;
  cursor?: string | undefined;
  limit: number;
}

async function viewOf(id: string, reach: Reach, { outcome, cursor, limit }: ReportPage) {
  const row = await visibleBatch(id, reach);
  const after = cursor === undefined ? undefined : decodeCursor(cursor).id;
  const [items, counted] = await Promise.all([listBatchItems(id, outcome, after, limit + 1), countBatchItems([id])]);
  const page = pageOf(items, limit, (item) => ({ at: '', id: item.instance }));
  return { ...rowView(row, counted.get(id)), report: { ...page, items: page.items.map(itemView) } };
}

const none: Record<BatchOutcome, number> = {
  pending: 0,
  watched: 0,
  possible: 0,
  done: 0,
  stopped: 0,
  underway: 0,
  already: 0,
  refused: 0,
  ended: 0,
  failed: 0,
};

function rowView(row: BatchRow, counted: Partial<Record<BatchOutcome, number>> | undefined) {
  const { _id: id, payload, filter, role: _, toHash: __, ...about } = row;
  const counts = { ...none, ...counted };
  const { reason } = JSON.parse(payload);
  return {
    id,
    ...about,
    ...(filter !== undefined && { filter: JSON.parse(filter) }),
    ...(typeof reason === 'string' && { reason }),
    finished: counts.watched === 0 && (counts.pending === 0 || row.stopped !== undefined),
    counts,
  };
}

function itemView({ instance, outcome, code, report }: BatchItemRow) {
  return {
    instance,
    outcome,
    ...(code !== undefined && { code }),
    ...(report !== undefined && { lines: JSON.parse(report) }),
  };
}
