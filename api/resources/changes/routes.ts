/** Changes of a running instance: migration to another version, and modification of its tokens. */

import type { Refusal } from '../../../engine/model/types.ts';
import type { ElementInstruction } from '../../../engine/modify/types.ts';
import { findInstance } from '../../../store/runtime/instances.ts';
import type { InstanceRow } from '../../../store/runtime/rows.ts';
import {
  changeQueries,
  changeUpdates,
  type MigrateAnswer,
  type MigrateUpdate,
  type ModifyAnswer,
  type ModifyDryRun,
  type ModifyQuery,
  type ModifyUpdate,
} from '../../../workflows/runtime/change-messages.ts';
import type { Deps } from '../../http/deps.ts';
import { type Route, route } from '../../http/route.ts';
import { operators } from '../../http/route-policy.ts';
import { operableInstance } from '../instances/access.ts';
import { sendUpdate, updateIdOf } from '../instances/instance-updates.ts';
import { actor, endedProblem, instanceView } from '../instances/routes.ts';
import { instanceParams } from '../instances/schemas.ts';
import { instanceTouches, versionsTouch } from '../proposals/money.ts';
import { requireActive } from '../starts/start-instance.ts';
import { migrateBody, migratedSchema, modifiedSchema, modifyBody } from './schemas.ts';
import { targetOf, tryMigration } from './try-migration.ts';

const tag = 'Instances';

export function changeRoutes(deps: Deps): Route[] {
  return [
    route({
      key: 'POST /api/instances/{id}/migrate',
      access: operators,
      tag,
      summary: 'Migrate to another version of the definition',
      description:
        'With dryRun the report tells for each wait whether it stays, moves, is dropped, is created or needs a decision. ' +
        'A migration that needs decisions is refused with the same report, and nothing is changed.',
      params: instanceParams,
      body: { schema: migrateBody },
      idempotency: 'optional',
      answers: { 200: { description: 'The outcome of each wait, actual or for a dry run.', schema: migratedSchema } },
      async secondPerson({ params, body }, asked) {
        if (body.dryRun) return undefined;
        const { definition, facility } = await operableInstance(params.id, asked);
        return versionsTouch(definition.key, [definition.version, body.version], facility);
      },
      dryRun: 'body',
      async handle({ params, body }, asked) {
        const row = await operableInstance(params.id, asked);
        const { dryRun, version, ...options } = body;
        const target = await targetOf(row.definition.key, version);
        await requireActive(target.key, version);
        if (dryRun) {
          const tried = await tryMigration(deps, row._id, target, options);
          if (!tried) throw await endedProblem(row._id);
          return { body: triedView(tried) };
        }
        const argument: MigrateUpdate = { ...options, version, hash: target.hash, by: actor(asked.person) };
        const id = updateIdOf(asked.person.id, `POST /api/instances/${row._id}/migrate`, body, asked.idempotencyKey);
        const update = { name: changeUpdates.migrate, argument, id };
        const answer = (await sendUpdate(deps, row._id, update, () => endedProblem(row._id))) as MigrateAnswer;
        return { body: await doneView(row, answer) };
      },
    }),
    route({
      key: 'POST /api/instances/{id}/modify',
      access: operators,
      tag,
      summary: 'Move, start and cancel tokens',
      description:
        'All instructions are applied in one step, or none. With dryRun the report tells what would end and begin.',
      params: instanceParams,
      body: { schema: modifyBody },
      idempotency: 'optional',
      answers: { 200: { description: 'What ended and began, actually or for a dry run.', schema: modifiedSchema } },
      async secondPerson({ params, body }, asked) {
        return body.dryRun ? undefined : instanceTouches(await operableInstance(params.id, asked));
      },
      dryRun: 'body',
      async handle({ params, body }, asked) {
        const row = await operableInstance(params.id, asked);
        const instructions: ElementInstruction[] = body.instructions;
        if (body.dryRun) {
          const query: ModifyQuery = { instructions };
          const outcome = await deps.processes.query<ModifyDryRun>(row._id, changeQueries.modify, query);
          if (outcome.kind !== 'done') throw await endedProblem(row._id);
          const { status } = outcome.answer;
          return { body: { ...triedView(outcome.answer), status } };
        }
        const argument: ModifyUpdate = { instructions, by: actor(asked.person) };
        const id = updateIdOf(asked.person.id, `POST /api/instances/${row._id}/modify`, body, asked.idempotencyKey);
        const update = { name: changeUpdates.modify, argument, id };
        const answer = (await sendUpdate(deps, row._id, update, () => endedProblem(row._id))) as ModifyAnswer;
        return { body: { ...(await doneView(row, answer)), status: answer.status } };
      },
    }),
  ];
}

function triedView<Line>({ report, refusal }: { report: Line[]; refusal?: Refusal }) {
  if (!refusal) return { possible: true, report };
  const { code, message, hint } = refusal;
  return { possible: false, refusal: { code, message, hint }, report };
}

async function doneView(row: InstanceRow, { happened, report }: MigrateAnswer | ModifyAnswer) {
  return { possible: true, report, instance: instanceView((await findInstance(row._id)) ?? row), happened };
}
