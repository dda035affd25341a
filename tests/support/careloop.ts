/**
 * A whole Careloop for tests: worker and API as processes of their own from the production build, on free ports, with Temporal and a
 * database of their own (case numbers begin anew in each database, so two of them on one Temporal would meet). Any part can be killed (-9) and started again. Tests talk to it as anybody does, over HTTP.
 */
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { type Client, Connection } from '@temporalio/client';
import { buildAll } from '../../scripts/build.ts';
import { type Ask, type Reply, send } from '../../scripts/demo/client.ts';
import { type LocalProcess, lastLines, launch } from '../../scripts/servers/local-process.ts';
import { startMongodb } from '../../scripts/servers/mongodb.ts';
import { freePort, LOOPBACK } from '../../scripts/servers/ports.ts';
import { startTemporal } from '../../scripts/servers/temporal.ts';
import { sealingClient } from '../../temporal/sealing/client.ts';
import { testKeys, testKeyVariables } from './keys.ts';

const root = resolve(import.meta.dirname, '../..');

export type PartName = 'worker' | 'api' | 'temporal' | 'mongodb';

export interface Careloop {
  url: string;
  password: string;
  mongodbUri: string;
  /** `host:port`. */
  temporalAddress: string;
  /** Where it is served when it was asked for. */
  temporalUiUrl: string;
  taskQueue: string;
  /** Straight to the server, to see what an operator sees there. */
  temporal(): Promise<Client>;
  /** One request as a person (logged in once), `POST /api/…` or `GET /api/…`. */
  as<Body>(staff: string | null, route: string, ask?: Omit<Ask, 'token'>): Promise<Reply<Body>>;
  /** SIGKILL. */
  kill(part: PartName): Promise<void>;
  /** On the same port and data; returns when it answers. */
  start(part: PartName): Promise<void>;
  close(): Promise<void>;
}

export interface CareloopOptions {
  /** Temporal's UI, which has payloads opened and sealed at the codec endpoint as that of a local start does. */
  temporalUi?: boolean;
}

export async function startCareloop({ temporalUi = false }: CareloopOptions = {}): Promise<Careloop> {
  const folder = await mkdtemp(join(tmpdir(), 'careloop-e2e-'));
  const name = `e2e${randomUUID().slice(0, 8)}`;
  const password = randomUUID();
  const running = new Map<PartName, LocalProcess>();
  const log = (part: PartName) => join(folder, `${part}.log`);
  const [apiPort, temporalPort, uiPort, mongodbPort] = await Promise.all([
    freePort(),
    freePort(),
    freePort(),
    freePort(),
  ]);
  const url = `http://${LOOPBACK}:${apiPort}`;
  const address = `${LOOPBACK}:${temporalPort}`;
  const temporalUiUrl = `http://${LOOPBACK}:${uiPort}`;
  const mongodbUri = `mongodb://${LOOPBACK}:${mongodbPort}/careloop?directConnection=true`;
  await buildAll();
  // A copy: whoever builds meanwhile must not change the code under a running case. Inside the clone, where its packages are found.
  const dist = join(root, '.local', `test-${name}`);
  await cp(join(root, 'dist'), dist, { recursive: true });
  const env = {
    ...process.env,
    ...testKeyVariables,
    NODE_ENV: 'production',
    TZ: 'UTC',
    TEMPORAL_ADDRESS: address,
    MONGODB_URI: mongodbUri,
    CARELOOP_TASK_QUEUE: name,
    CARELOOP_OUTBOX_DIR: join(folder, 'outbox'),
    CARELOOP_HOST: LOOPBACK,
    CARELOOP_API_PORT: String(apiPort),
    CARELOOP_WORKER_PORT: '0',
    CARELOOP_ALLOW_TIME_SCALE: '1',
    ...(temporalUi && { CARELOOP_CODEC_ORIGINS: temporalUiUrl, CARELOOP_CODEC_DEMO: '1' }),
    CARELOOP_DATABASE_ID: name,
    CARELOOP_DEMO_PASSWORD: password,
    CARELOOP_LOG_LEVEL: 'info',
  };

  const program = (part: 'worker' | 'api') =>
    launch({
      command: process.execPath,
      args: ['--enable-source-maps', join(dist, `${part}.js`)],
      cwd: root,
      env,
      logFile: log(part),
    });
  const starters: Record<PartName, () => Promise<LocalProcess>> = {
    temporal: () =>
      startTemporal({
        port: temporalPort,
        ...(temporalUi && { uiPort, codecEndpoint: `${url}/api/codec` }),
        dataFile: join(folder, 'temporal.db'),
        logFile: log('temporal'),
      }),
    mongodb: () => startMongodb({ port: mongodbPort, dataFolder: join(folder, 'mongodb'), logFile: log('mongodb') }),
    worker: () => program('worker'),
    api: () => program('api'),
  };
  const answering: Partial<Record<PartName, () => Promise<unknown>>> = {
    api: () => until('The API answers', async () => (await send(url, 'GET /healthz')).status === 200),
  };

  async function start(part: PartName): Promise<void> {
    const server = await starters[part]();
    running.set(part, server);
    const ended = server.exited.then(({ code, signal }) => {
      throw new Error(`${part} ended (${signal ?? `code ${code}`}).`);
    });
    ended.catch(() => {});
    await Promise.race([answering[part]?.(), ended]);
  }

  let client: Promise<Client> | undefined;
  const tokens = new Map<string, Promise<string>>();
  function tokenOf(staff: string): Promise<string> {
    const token = tokens.get(staff) ?? logIn(staff);
    tokens.set(staff, token);
    return token;
  }
  async function logIn(login: string): Promise<string> {
    const { status, body } = await send<{ token: string }>(url, 'POST /api/login', { body: { login, password } });
    if (status !== 200) throw new Error(`${login} cannot log in: ${JSON.stringify(body)}`);
    return body.token;
  }

  const careloop: Careloop = {
    url,
    password,
    mongodbUri,
    temporalAddress: address,
    temporalUiUrl,
    taskQueue: name,
    temporal() {
      client ??= Connection.connect({ address }).then((connection) => sealingClient(connection, 'default', testKeys));
      return client;
    },
    async as<Body>(staff: string | null, route: string, ask: Omit<Ask, 'token'> = {}) {
      const token = staff === null ? undefined : await tokenOf(staff);
      return send<Body>(url, route, { ...ask, ...(token !== undefined && { token }) });
    },
    async kill(part) {
      await running.get(part)?.kill();
      running.delete(part);
    },
    start,
    async close() {
      const parts: PartName[] = ['api', 'worker', 'temporal', 'mongodb'];
      await (await client?.catch(() => undefined))?.connection.close();
      for (const part of parts) await running.get(part)?.kill();
      await Promise.all([rm(folder, { recursive: true, force: true }), rm(dist, { recursive: true, force: true })]);
    },
  };
  try {
    await Promise.all([start('temporal'), start('mongodb')]);
    await Promise.all([
      promisify(execFile)(process.execPath, ['--import', 'tsx', join(root, 'scripts/seed.ts')], { cwd: root, env }),
      start('api'),
      start('worker'),
    ]);
    await untilReady(careloop);
    return careloop;
  } catch (error) {
    const logs = (['api', 'worker'] as const).map((part) => `${part}:\n${lastLines(log(part), 10)}`);
    await careloop.close();
    throw new Error(`Careloop does not start: ${error instanceof Error ? error.message : error}\n${logs.join('\n')}`);
  }
}

/** As an operator's probe sees it. */
export async function untilReady(careloop: Careloop): Promise<void> {
  await until('Careloop is ready', async () => (await send(careloop.url, 'GET /readyz')).status === 200);
}

/** Asks until it is so; for what happens by itself. The bound is only for a test that fails. */
export async function until<T>(
  what: string,
  ask: () => Promise<T | null | undefined | false>,
  withinMs = 120_000,
): Promise<T> {
  const deadline = Date.now() + withinMs;
  let last: unknown;
  for (;;) {
    try {
      const answer = await ask();
      if (answer !== null && answer !== undefined && answer !== false) return answer;
      last = answer;
    } catch (error) {
      last = error;
    }
    if (Date.now() > deadline) throw new Error(`${what}: not so after ${withinMs} ms; last: ${String(last)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
