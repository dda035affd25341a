/** `./careloop worker --generic`: completes jobs of any type with given results, until Ctrl-C; for definitions whose services do not exist yet. */
import { existsSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DefaultLogger, NativeConnection, Runtime } from '@temporalio/worker';
import pc from 'picocolors';
import { z } from 'zod';
import { connectionOptions, type TemporalSettings, temporalSettings } from '../../temporal/connection-settings.ts';
import { keyList } from '../../temporal/sealing/keys.ts';
import { createGenericWorker, delaySchema, type GenericWorkerOptions, outcomesSchema } from '../../worker/generic.ts';
import { send } from '../demo/client.ts';
import { LOOPBACK } from '../servers/ports.ts';
import { failure, messageOf } from './failure.ts';
import { markGenericWorker } from './generic-marks.ts';
import { localKeys } from './local-keys.ts';
import { readRun } from './run-state.ts';
import type { Screen } from './screen.ts';
import type { LocalPaths } from './settings.ts';

export interface GenericFlags {
  generic: boolean;
  queue: string | undefined;
  /** With commas; absent: whatever comes. */
  types: string | undefined;
  /** How long each job takes, ISO 8601. */
  delay: string | undefined;
  /** File with what to answer, by type. */
  result: string | undefined;
  /** Registers the job types of this queue. */
  register: boolean;
  url: string | undefined;
}

/** Returns when the signal says so. */
export async function genericWorker(
  flags: GenericFlags,
  paths: LocalPaths,
  screen: Screen,
  stop: AbortSignal,
): Promise<number> {
  if (!flags.generic)
    throw failure(
      'which-worker',
      'Careloop’s own worker is started by ./careloop start (or npm run start:worker).',
      './careloop worker --generic serves jobs whose services do not exist yet.',
    );
  const { types, ...behaviour } = await readBehaviour(flags);
  const taskQueue = flags.queue ?? 'generic';
  const run = readRun(paths.run);
  const here = { TEMPORAL_ADDRESS: run?.addresses.temporal ?? `${LOOPBACK}:7233` };
  const temporal = readTemporal({ ...here, ...process.env });
  const { address, namespace } = temporal;
  const keys = readJobKeys(paths);
  if (flags.register) await register(flags, types ?? ['*'], { taskQueue, ...behaviour }, paths, screen);
  Runtime.install({ logger: new DefaultLogger('ERROR'), shutdownSignals: [] });
  const connection = await NativeConnection.connect(connectionOptions(temporal)).catch((error: unknown) => {
    throw failure(
      'no-temporal',
      `Temporal does not answer at ${address}: ${messageOf(error)}`,
      'Start Careloop first, or give TEMPORAL_ADDRESS.',
    );
  });
  const done = new Map<string, number>();
  const onJob = (type: string) => void done.set(type, (done.get(type) ?? 0) + 1);
  try {
    const worker = await createGenericWorker({
      connection,
      namespace,
      taskQueue,
      keys,
      ...(types && { types }),
      ...behaviour,
      onJob,
    });
    const mark = markGenericWorker(paths, { taskQueue, types: types ?? ['*'] });
    stop.addEventListener('abort', () => worker.getState() === 'RUNNING' && worker.shutdown());
    const step = screen.step(
      `Serving ${types?.join(', ') ?? 'any job type'} on the task queue ${taskQueue} (${address})`,
    );
    const progress = setInterval(() => step.update(`${total(done)} done`), 1000);
    try {
      const running = worker.run();
      if (stop.aborted) worker.shutdown();
      await running;
    } finally {
      clearInterval(progress);
      mark.remove();
      step.done(`${total(done)} jobs`);
    }
    for (const [type, count] of [...done].sort()) screen.line(`  ${String(count).padStart(6)}  ${type}`);
    return 0;
  } finally {
    await connection.close();
  }
}

function readTemporal(env: NodeJS.ProcessEnv): TemporalSettings {
  try {
    return temporalSettings(env);
  } catch (error) {
    throw failure('bad-temporal-settings', messageOf(error));
  }
}

/** Those of the Careloop here, unless the environment has others. */
function readJobKeys(paths: LocalPaths): GenericWorkerOptions['keys'] {
  const keys = keyList.safeParse(localKeys(paths.keys, process.env).CARELOOP_JOB_KEYS);
  if (keys.success) return keys.data;
  throw failure('bad-keys', `CARELOOP_JOB_KEYS ${keys.error.issues[0]?.message}.`);
}

const total = (done: Map<string, number>): number => [...done.values()].reduce((sum, count) => sum + count, 0);

async function readBehaviour(
  flags: GenericFlags,
): Promise<Pick<GenericWorkerOptions, 'outcomes' | 'delayMs'> & { types?: string[] }> {
  const types = flags.types?.split(',').flatMap((type) => type.trim() || []);
  if (types?.length === 0) throw failure('bad-flag', '--types names no job type.');
  const delay = flags.delay === undefined ? undefined : delaySchema.safeParse(flags.delay);
  if (delay && !delay.success) throw failure('bad-flag', `--delay: ${delay.error.issues[0]?.message}`);
  return {
    ...(types && { types }),
    ...(delay && { delayMs: delay.data }),
    ...(flags.result !== undefined && { outcomes: await readOutcomes(flags.result) }),
  };
}

async function readOutcomes(file: string): Promise<NonNullable<GenericWorkerOptions['outcomes']>> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw failure('unreadable-file', `"${file}" cannot be read: ${messageOf(error)}`);
  });
  try {
    return outcomesSchema.parse(JSON.parse(text));
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : messageOf(error);
    throw failure(
      'bad-result-file',
      `"${file}" does not say what to answer: ${why}`,
      'It is JSON by job type, for instance {"charge": {"variables": {"paid": true}, "delay": "PT1S"}, "*": {}}.',
    );
  }
}

/** As `ops`: a local Careloop has a demo password; any other needs one given. */
async function register(
  flags: GenericFlags,
  types: string[],
  { taskQueue, outcomes = {} }: Pick<GenericWorkerOptions, 'taskQueue' | 'outcomes'>,
  paths: LocalPaths,
  screen: Screen,
): Promise<void> {
  const url = flags.url ?? process.env['CARELOOP_URL'] ?? readRun(paths.run)?.addresses.api;
  if (!url)
    throw failure('not-running', 'Careloop is not running.', 'Start it first: ./careloop start (or give --url URL).');
  const password = process.env['CARELOOP_DEMO_PASSWORD'] ?? kept(join(paths.folder, 'demo-password'));
  if (!password) throw failure('no-password', 'The password of ops is not known.', 'Give CARELOOP_DEMO_PASSWORD.');
  const { body } = await ask<{ token: string }>(url, 'POST /api/login', { body: { login: 'ops', password } });
  for (const type of types) {
    const outputs = Object.keys((outcomes[type] ?? outcomes['*'])?.variables ?? {});
    const registration = { taskQueue, outputs, description: 'Generic worker: answers as configured.' };
    await ask(url, `PUT /api/job-types/${encodeURIComponent(type)}`, { body: registration, token: body.token });
    screen.line(`${pc.green('✓')} ${type} is done on the task queue ${taskQueue}`);
  }
}

async function ask<Body>(url: string, route: string, about: Parameters<typeof send>[2]) {
  const reply = await send<Body & { detail?: string; hint?: string }>(url, route, about).catch((error: unknown) => {
    throw failure('not-running', `${url} does not answer: ${messageOf(error)}`);
  });
  if (reply.status >= 400) throw failure('refused', `${route}: ${reply.body.detail ?? reply.status}`, reply.body.hint);
  return reply;
}

const kept = (file: string): string | undefined =>
  existsSync(file) ? readFileSync(file, 'utf8').trim() || undefined : undefined;
