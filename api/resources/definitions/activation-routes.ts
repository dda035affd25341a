/** Deactivates and reactivates a version of a definition: it starts no new instances; existing ones remain readable. */
import {
  type DefinitionSummary,
  findVersion,
  listDefinitions,
  listNewest,
  setActive,
} from '../../../store/definitions/definitions.ts';
import { findRunningOn, type SomeRunning } from '../../../store/runtime/instances.ts';
import { noBody } from '../../http/common-schemas.ts';
import type { Deps } from '../../http/deps.ts';
import { readableInstances } from '../../http/policy.ts';
import { notFound, ProblemError } from '../../http/problem.ts';
import { type Route, route } from '../../http/route.ts';
import { groupOperators } from '../../http/route-policy.ts';
import { versionsTouch } from '../proposals/money.ts';
import { followDeployed } from '../schedules/schedule-acts.ts';
import { definitionView } from './routes.ts';
import { deactivateBody, definitionSchema, versionParams } from './schemas.ts';

const tag = 'Definitions';
const answers = { 200: { description: 'The version in its new state.', schema: definitionSchema } };
const namedAtMost = 20;

export function activationRoutes(deps: Deps): Route[] {
  return [
    route({
      key: 'POST /api/definitions/{key}/versions/{version}/deactivate',
      access: groupOperators,
      tag,
      summary: 'Deactivate a version',
      description:
        'Refused while instances run on it or its timers start instances. Calls, messages, signals and starts use the newest active version. The definition and journals remain.',
      params: versionParams,
      body: { schema: deactivateBody.default({}) },
      idempotency: 'optional',
      answers,
      secondPerson: ({ params: { key, version } }) => versionsTouch(key, [version], null),
      async handle({ params: { key, version }, body: { reason } }, { person }) {
        const row = await existing(key, version);
        if (!row.deactivated) {
          const running = await findRunningOn(key, version, readableInstances(person), namedAtMost);
          if (running.count > 0) throw stillRunning(key, version, running);
          await refuseTimers(row);
          const at = new Date().toISOString();
          await setActive(key, version, { at, by: person.id, ...(reason !== undefined && { reason }) });
        }
        return { body: await viewOf(key, version) };
      },
    }),
    route({
      key: 'POST /api/definitions/{key}/versions/{version}/activate',
      access: groupOperators,
      tag,
      summary: 'Activate a version',
      description: 'New instances use the newest active version.',
      params: versionParams,
      body: { schema: noBody.default({}) },
      idempotency: 'optional',
      answers,
      secondPerson: ({ params: { key, version } }) => versionsTouch(key, [version], null),
      async handle({ params: { key, version } }) {
        await existing(key, version);
        await setActive(key, version, null);
        await followDeployed(deps, [key]);
        return { body: await viewOf(key, version) };
      },
    }),
  ];
}

async function existing(key: string, version: number): Promise<DefinitionSummary> {
  const row = await findVersion(key, version);
  if (!row) throw notFound(`version ${version} of ${key}`);
  return row;
}

/** Timers move to a new version by deployment only: reverting would start due instances twice or not at all. */
async function refuseTimers({ process, version }: DefinitionSummary): Promise<void> {
  const [newest, next] = (await listDefinitions(process)).filter((row) => !row.deactivated);
  if (newest?.version !== version) return;
  const withTimers = [newest, next].find((one) => one?.timerStarts?.length);
  if (withTimers) throw timersRun(process, withTimers.version);
}

async function viewOf(key: string, version: number) {
  const [newest] = await listNewest(key);
  return definitionView(await existing(key, version), newest?.version === version);
}

function stillRunning(key: string, version: number, { count, rows }: SomeRunning): ProblemError {
  const ids = rows.map((row) => row._id);
  const named =
    ids.length === 0 ? '' : `: ${ids.join(', ')}${count > ids.length ? ` and ${count - ids.length} more` : ''}`;
  return new ProblemError({
    status: 409,
    code: 'instances-running',
    detail: `${count} ${count === 1 ? 'instance runs' : 'instances run'} on version ${version} of ${key}${named}.`,
    hint: 'Migrate them to another version (POST /api/migrations), wait for them to end, or cancel them.',
    more: { running: count, instances: ids },
  });
}

function timersRun(key: string, version: number): ProblemError {
  return new ProblemError({
    status: 409,
    code: 'schedules-running',
    detail: `Version ${version} of ${key} has timer start events, which move to another version by deployment only.`,
    hint: 'First deploy a version without timer start events; to stop them temporarily, pause its schedules.',
  });
}
