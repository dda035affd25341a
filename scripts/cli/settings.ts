/** Settings of `start` by flags and environment: ports, addresses, folders. Flags take precedence. */
import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { LOOPBACK } from '../servers/ports.ts';
import { failure } from './failure.ts';
import type { KeyVariables } from './local-keys.ts';

export const root = resolve(import.meta.dirname, '../..');

export const portSettings = [
  { key: 'api', flag: 'api-port', variable: 'CARELOOP_API_PORT', byDefault: 8080, use: 'the API' },
  {
    key: 'worker',
    flag: 'worker-port',
    variable: 'CARELOOP_WORKER_PORT',
    byDefault: 8081,
    use: "the worker's health and metrics",
  },
  { key: 'temporal', flag: 'temporal-port', variable: 'CARELOOP_TEMPORAL_PORT', byDefault: 7233, use: 'Temporal' },
  {
    key: 'temporalUi',
    flag: 'temporal-ui-port',
    variable: 'CARELOOP_TEMPORAL_UI_PORT',
    byDefault: 8233,
    use: "Temporal's UI",
  },
  { key: 'mongodb', flag: 'mongodb-port', variable: 'CARELOOP_MONGODB_PORT', byDefault: 27017, use: 'the database' },
  {
    key: 'simulator',
    flag: 'simulator-port',
    variable: 'CARELOOP_SIMULATOR_PORT',
    byDefault: 8082,
    use: 'the simulated SMS carrier',
  },
] as const;

export type PortKey = (typeof portSettings)[number]['key'];

export interface Settings {
  ports: Record<PortKey, number>;
  /** Address the API binds to. */
  host: string;
  /** An existing Temporal: none is started. */
  temporalAddress: string | undefined;
  temporalNamespace: string;
  /** An existing database: none is started. */
  mongodbUri: string | undefined;
  /** Of the database that is made here (store/db/own-database.ts). */
  databaseId?: string;
  taskQueue: string;
  outboxFolder: string;
  env: NodeJS.ProcessEnv;
}

/** Reads flags (`{'api-port': '8090'}`) over the environment. Throws when a port is not one. */
export function readSettings(flags: Record<string, string | undefined>, env: NodeJS.ProcessEnv): Settings {
  const port = (setting: (typeof portSettings)[number]): [PortKey, number] => {
    const given = flags[setting.flag] ?? env[setting.variable];
    const value = given === undefined || given === '' ? setting.byDefault : Number(given);
    if (!Number.isInteger(value) || value < 1 || value > 65_535) {
      const name = flags[setting.flag] === undefined ? setting.variable : `--${setting.flag}`;
      throw failure('bad-port', `${name} is "${given}", which is not a port.`, 'Give a number from 1 to 65535.');
    }
    return [setting.key, value];
  };
  return {
    ports: Object.fromEntries(portSettings.map(port)) as Record<PortKey, number>,
    host: env['CARELOOP_HOST'] || LOOPBACK,
    temporalAddress: env['TEMPORAL_ADDRESS'] || undefined,
    temporalNamespace: (env['TEMPORAL_ADDRESS'] && env['TEMPORAL_NAMESPACE']) || 'default',
    mongodbUri: env['MONGODB_URI'] || undefined,
    taskQueue: env['CARELOOP_TASK_QUEUE'] || 'careloop',
    outboxFolder: resolve(root, env['CARELOOP_OUTBOX_DIR'] || '.local/outbox'),
    env,
  };
}

/** The ports that are going to be listened on, and for what. */
export function portsNeeded(settings: Settings): { port: number; variable: string; flag: string; use: string }[] {
  const unused: PortKey[] = [
    ...(settings.temporalAddress ? (['temporal', 'temporalUi'] as const) : []),
    ...(settings.mongodbUri ? (['mongodb'] as const) : []),
    ...(usesSimulator(settings) ? [] : (['simulator'] as const)),
  ];
  return portSettings
    .filter(({ key }) => !unused.includes(key))
    .map(({ key, variable, flag, use }) => ({ port: settings.ports[key], variable, flag, use }));
}

/** Whether letters to patients go to a simulated carrier: there are none but invented ones in a database that is made here. */
export const usesSimulator = ({ mongodbUri, env }: Settings): boolean => !mongodbUri && !env['CARELOOP_GATEWAY'];

export const simulatorUrl = ({ ports }: Settings): string => `http://${LOOPBACK}:${ports.simulator}`;

/** What worker, API and simulated carrier know of each other. */
function simulatorEnvironment(settings: Settings, keys: KeyVariables): NodeJS.ProcessEnv {
  const secret =
    settings.env['CARELOOP_CALLBACK_SECRET'] ||
    createHash('sha256').update(`callbacks ${keys.CARELOOP_ACTING_KEYS}`).digest('hex').slice(0, 40);
  return {
    CARELOOP_GATEWAY: 'simulator',
    CARELOOP_SIMULATOR_URL: simulatorUrl(settings),
    CARELOOP_CALLBACK_SECRET: secret,
    CARELOOP_SIMULATOR_PORT: String(settings.ports.simulator),
    CARELOOP_SIMULATOR_CALLBACKS: `http://${addressOf(settings.host)}:${settings.ports.api}/api/callbacks/${secret}`,
  };
}

/** Address by which this machine reaches a bound host. */
export const addressOf = (host: string): string => (host === '0.0.0.0' || host === '::' ? LOOPBACK : host);

/** Of the UI of a Temporal that is started here. */
function uiOrigins({ temporalAddress, ports }: Settings): string[] {
  return temporalAddress ? [] : [LOOPBACK, 'localhost'].map((host) => `http://${host}:${ports.temporalUi}`);
}

/** Environment of worker, API and seed; they read no other settings of ours. */
export function programEnvironment(settings: Settings, keys: KeyVariables): NodeJS.ProcessEnv {
  return {
    NODE_ENV: 'production',
    // Here people try things out: the demo runs fourteen days in minutes.
    ...(!settings.mongodbUri && { CARELOOP_ALLOW_TIME_SCALE: '1' }),
    ...settings.env,
    ...keys,
    ...(usesSimulator(settings) && simulatorEnvironment(settings, keys)),
    CARELOOP_CODEC_ORIGINS: settings.env['CARELOOP_CODEC_ORIGINS'] ?? uiOrigins(settings).join(','),
    CARELOOP_CODEC_DEMO: settings.temporalAddress ? '' : '1',
    CARELOOP_DATABASE_ID: settings.databaseId ?? '',
    TZ: 'UTC',
    TEMPORAL_ADDRESS: settings.temporalAddress ?? `${LOOPBACK}:${settings.ports.temporal}`,
    TEMPORAL_NAMESPACE: settings.temporalNamespace,
    MONGODB_URI:
      settings.mongodbUri ?? `mongodb://${LOOPBACK}:${settings.ports.mongodb}/careloop?directConnection=true`,
    CARELOOP_TASK_QUEUE: settings.taskQueue,
    CARELOOP_OUTBOX_DIR: settings.outboxFolder,
    CARELOOP_HOST: settings.host,
    CARELOOP_API_PORT: String(settings.ports.api),
    CARELOOP_WORKER_PORT: String(settings.ports.worker),
  };
}

/** Id of the local database on this machine: created once, removed with the data. */
export function databaseId(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    const id = randomUUID();
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `${id}\n`, { mode: 0o600 });
    return id;
  }
}

/** Where a running Careloop keeps its things; `reset` removes all of it. */
export function localPaths(folder = join(root, '.local')) {
  return {
    folder,
    logs: join(folder, 'logs'),
    log: (name: string) => join(folder, 'logs', `${name}.log`),
    run: join(folder, 'run.json'),
    keys: join(folder, 'keys.env'),
    lock: join(folder, 'careloop.lock'),
    temporalData: join(folder, 'temporal', 'temporal.db'),
    mongodbData: join(folder, 'mongodb'),
    databaseId: join(folder, 'database-id'),
    simulatorMessages: join(folder, 'simulator.jsonl'),
  };
}

export const logNames = ['careloop', 'temporal', 'mongodb', 'worker', 'api', 'simulator'];

export type LocalPaths = ReturnType<typeof localPaths>;
