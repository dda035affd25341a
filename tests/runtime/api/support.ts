/** The API with a seeded database, Temporal and a worker of its own, for tests that speak HTTP. Every answer is checked against its schema. */
import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import type { Server } from 'node:http';
import { join } from 'node:path';
import { NativeConnection, type Worker } from '@temporalio/worker';
import mongoose from 'mongoose';
import { pino } from 'pino';
import { inject } from 'vitest';
import { createCompiler } from '../../../api/compiler/compiler.ts';
import type { ApiConfig } from '../../../api/config.ts';
import { fileKinds } from '../../../api/files/file-types.ts';
import { createApp } from '../../../api/http/app.ts';
import { createMetrics } from '../../../api/http/metrics.ts';
import { createApiServer } from '../../../api/http/server.ts';
import { createImportReader } from '../../../api/resources/patient-imports/import-reader.ts';
import type { ThreadLimits } from '../../../api/threads/limited-thread.ts';
import { localDate } from '../../../engine/time/zone.ts';
import { seed } from '../../../scripts/seed.ts';
import { connectStore, disconnectStore } from '../../../store/db/connection.ts';
import { claimDatabase } from '../../../store/db/own-database.ts';
import { BusinessKeyModel } from '../../../store/runtime/business-keys.ts';
import { createMessenger } from '../../../temporal/messenger.ts';
import { createProcesses } from '../../../temporal/processes.ts';
import { sealingClient } from '../../../temporal/sealing/client.ts';
import { createCareloopWorker } from '../../../worker/create.ts';
import { runMessageRound } from '../../../worker/message-round.ts';
import { testKeys } from '../../support/keys.ts';
import { namespace } from '../../support/namespace.ts';
import { eventually, installQuietRuntime, workflowBundle } from '../../support/runtime.ts';
import { ownDatabaseUri } from '../store/database.ts';

// biome-ignore lint/suspicious/noExplicitAny: a test reads bodies as they come; their schemas are checked by the API itself.
export type Body = any;

export interface Answer {
  status: number;
  body: Body;
  headers: Headers;
}

export interface Asking {
  body?: unknown;
  key?: string;
  headers?: Record<string, string>;
}

/** One person with a session. */
export interface Caller {
  /** Sent with every request. */
  headers: Record<string, string>;
  get(path: string, headers?: Record<string, string>): Promise<Answer>;
  post(path: string, body?: unknown, more?: Omit<Asking, 'body'>): Promise<Answer>;
  put(path: string, body: unknown): Promise<Answer>;
  delete(path: string): Promise<Answer>;
}

export interface TestApi {
  address: string;
  taskQueue: string;
  as(login: string): Promise<Caller>;
  anonymous: Caller;
  startWorker(): Promise<void>;
  stopWorker(): Promise<void>;
  /** One round of the worker's program that looks after messages and signals. */
  goRound(): Promise<void>;
  close(): Promise<void>;
}

export const password = 'a password for tests';

export async function startApi(
  options: { worker?: boolean; config?: Partial<ApiConfig>; databaseUri?: string; compiling?: ThreadLimits } = {},
): Promise<TestApi> {
  installQuietRuntime();
  const mongodbUri = options.databaseUri ?? ownDatabaseUri();
  await connectStore(mongodbUri, { operationTimeoutMs: 5000 });
  await claimDatabase('tests');
  await seed({ password });
  await beginNumbersSomewhere();
  const taskQueue = `api-${randomUUID().slice(0, 8)}`;
  const config: ApiConfig = {
    temporal: { address: inject('temporalAddress'), namespace, taskQueue },
    keys: testKeys,
    mongodbUri,
    port: 0,
    host: '127.0.0.1',
    allowTimeScale: true,
    databaseId: 'tests',
    secureCookie: false,
    proxyHops: 0,
    codec: { origins: [], demo: false },
    requestsPerMinute: 10_000,
    auditDays: 1095,
    files: { maxBytes: 1_048_576 * 3, types: Object.keys(fileKinds) },
    logLevel: 'silent',
    ...options.config,
  };
  const metrics = createMetrics();
  const compiler = createCompiler(options.compiling);
  const imports = createImportReader();
  const processes = createProcesses(config.temporal, config.keys, (update, result) =>
    metrics.updates.inc({ update, result }),
  );
  // Rows come late on a busy machine, and without a worker never; less than the deadline of a request.
  const patience = options.worker === false ? {} : { listedWithinMs: 15_000 };
  const server = createApiServer(
    createApp({
      config,
      processes,
      compiler,
      imports,
      metrics,
      log: pino({ level: 'silent' }),
      checkAnswers: true,
      ...patience,
    }),
  );
  const address = await listen(server);
  const native = await NativeConnection.connect({ address: config.temporal.address });
  let running: { worker: Worker; done: Promise<void> } | undefined;
  const callers = new Map<string, Promise<Caller>>();

  const api: TestApi = {
    address,
    taskQueue,
    anonymous: caller(address, {}),
    as(login) {
      const known = callers.get(login) ?? logIn(address, login);
      callers.set(login, known);
      return known;
    },
    async startWorker() {
      const code = { workflowBundle: await workflowBundle() };
      const worker = await createCareloopWorker({
        connection: native,
        namespace,
        taskQueue,
        keys: config.keys,
        code,
        shutdownGraceTime: '1s',
        stickyPatience: '2s',
      });
      running = { worker, done: worker.run() };
    },
    async stopWorker() {
      running?.worker.shutdown();
      await running?.done;
      running = undefined;
    },
    async goRound() {
      const messenger = createMessenger(sealingClient(native, namespace, testKeys), taskQueue);
      const problems = await runMessageRound(messenger, { expired: () => {} });
      if (problems.length > 0) throw problems[0];
    },
    async close() {
      await api.stopWorker();
      await native.close();
      await new Promise((resolve) => server.close(resolve).closeAllConnections());
      await Promise.all([processes.close(), compiler.close(), imports.close()]);
      await mongoose.connection.db?.dropDatabase();
      await disconnectStore();
    },
  };
  if (options.worker !== false) await api.startWorker();
  return api;
}

/** Workflow ids are shared by the test files of a namespace, serials begin anew in each database: they must not meet. */
async function beginNumbersSomewhere(): Promise<void> {
  const serial = (await nextPlace()) * 500;
  for (const facility of ['BJ', 'SH', 'CD']) {
    const at = new Date().toISOString();
    const prefix = facility + localDate(at, 'Asia/Shanghai').slice(0, 7).replace('-', '');
    await BusinessKeyModel.create({ _id: `complaint before ${prefix}`, process: 'complaint', prefix, serial, at });
  }
}

/** 1, 2, 3 … over all test files of a run: a folder can be made once only. */
async function nextPlace(): Promise<number> {
  for (let place = 1; ; place += 1) {
    try {
      await mkdir(join(inject('folderOfRun'), `numbers-${place}`));
      return place;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
  }
}

function listen(server: Server): Promise<string> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(`http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`);
    });
  });
}

async function logIn(address: string, login: string): Promise<Caller> {
  const answer = await caller(address, {}).post('/api/login', { login, password });
  if (answer.status !== 200) throw new Error(`${login} cannot log in: ${JSON.stringify(answer.body)}`);
  return caller(address, { Authorization: `Bearer ${answer.body.token}` });
}

function caller(address: string, common: Record<string, string>): Caller {
  const ask = async (method: string, path: string, { body, key, headers }: Asking): Promise<Answer> => {
    const response = await fetch(address + path, {
      method,
      headers: {
        ...common,
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
        ...(key !== undefined && { 'Idempotency-Key': key }),
        ...headers,
      },
      ...(body !== undefined && {
        body: typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body),
      }),
    });
    const text = await response.text();
    const isJson = /json/.test(response.headers.get('Content-Type') ?? '');
    return { status: response.status, body: isJson && text ? JSON.parse(text) : text, headers: response.headers };
  };
  return {
    headers: common,
    get: (path, headers) => ask('GET', path, { ...(headers && { headers }) }),
    put: (path, body) => ask('PUT', path, { body }),
    delete: (path) => ask('DELETE', path, {}),
    post: (path, body, more = {}) => ask('POST', path, { ...(body !== undefined && { body }), ...more }),
  };
}

export function aComplaint(about: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    facility: 'BJ',
    channel: 'hotline',
    patient: { name: '王女士', phone: '13800001234' },
    text: '复诊等了两个小时，没有人说明原因。',
    demand: '书面道歉',
    ...about,
  };
}

/** Registers one and answers its case number. */
export async function registered(api: TestApi, about: Record<string, unknown> = {}): Promise<string> {
  const facility = String(about['facility'] ?? 'BJ');
  const intake = await api.as(`intake-${facility.toLowerCase()}`);
  const answer = await intake.post('/api/complaints', aComplaint(about), { key: randomUUID() });
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
  const { caseNumber } = answer.body;
  // On a busy machine the response may come before the first step is written.
  const ops = await api.as('ops');
  await eventually(async () => (await ops.get(`/api/instances/complaint%2F${caseNumber}`)).status === 200);
  return caseNumber;
}
