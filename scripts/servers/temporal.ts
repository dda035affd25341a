/**
 * Starts the Temporal dev server on one database file, set up the way Careloop needs it (docs/architecture.md#local-servers):
 * search attributes, retention, quick timers, crash-proof SQLite. Also prepares an existing Temporal.
 */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { Connection } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';
import { connectionOptions, type TemporalSettings, temporalSettings } from '../../temporal/connection-settings.ts';
import { searchAttributeTypes } from '../../workflows/runtime/search-attributes.ts';
import { failure, messageOf } from '../cli/failure.ts';
import lockFile from '../cli/lock.cjs';
import { obtainTemporal } from './find.ts';
import { type LocalProcess, launch, untilReady } from './local-process.ts';
import { LOOPBACK } from './ports.ts';

export interface TemporalOptions {
  port: number;
  /** No UI without it. */
  uiPort?: number | undefined;
  /** Where the UI has payloads opened and sealed. */
  codecEndpoint?: string;
  /** The SQLite file; made when missing. Workflows survive in it, also a `kill -9`. */
  dataFile: string;
  logFile: string;
  /** Made beside `default` when the file is new, with the same search attributes. */
  namespaces?: string[];
  /** The CLI's binary; looked for when not given. */
  binary?: string;
  detached?: boolean;
  onSpawn?: ((pid: number) => void) | undefined;
}

export interface LocalTemporal extends LocalProcess {
  address: string;
  uiAddress: string | undefined;
}

const RETENTION = '720h';

/** Values of the API's `IndexedValueType`. */
const valueTypes = { Keyword: 2, Bool: 5, Datetime: 6, KeywordList: 7 } as const;

const dynamicConfig = [
  // Without it every timer below a second fires after a second.
  'history.timerProcessorMaxTimeShift="1ms"',
  'system.forceSearchAttributesCacheRefreshOnRead=false',
  'system.forceNexusEndpointRefreshOnRead=false',
  // The three halve the latency of a step.
  'history.transferProcessorMaxPollRPS=1000',
  'history.timerProcessorMaxPollRPS=1000',
  'history.visibilityProcessorMaxPollRPS=1000',
];

function temporalArguments(options: TemporalOptions): string[] {
  return [
    'server',
    'start-dev',
    ...['--ip', LOOPBACK, '--port', String(options.port), '--db-filename', options.dataFile],
    ...(options.uiPort ? ['--ui-ip', LOOPBACK, '--ui-port', String(options.uiPort)] : ['--headless']),
    ...(options.uiPort && options.codecEndpoint ? ['--ui-codec-endpoint', options.codecEndpoint] : []),
    ...(options.namespaces ?? []).flatMap((name) => ['--namespace', name]),
    ...['--ui-disable-news-fetch', '--log-level', 'warn'],
    ...['--sqlite-pragma', 'journal_mode=wal', '--sqlite-pragma', 'synchronous=off'],
    ...dynamicConfig.flatMap((value) => ['--dynamic-config-value', value]),
    ...Object.entries(searchAttributeTypes).flatMap(([name, type]) => ['--search-attribute', `${name}=${type}`]),
  ];
}

/** Starts the server and returns when it answers. Throws when the file is in use: two servers on one file would both start, and spoil it. */
export async function startTemporal(options: TemporalOptions): Promise<LocalTemporal> {
  const binary = options.binary ?? (await obtainTemporal()).binary;
  mkdirSync(dirname(options.dataFile), { recursive: true });
  const lock = lockFile.tryLock(`${options.dataFile}.lock`);
  if (!lock.ok) {
    throw failure(
      'data-in-use',
      `Another Temporal server (process ${lock.holder.pid}) uses ${options.dataFile}.`,
      'Stop it first: ./careloop stop',
    );
  }
  try {
    const server = await launch({ command: binary, args: temporalArguments(options), ...processOptions(options) });
    lock.handOver(server.pid);
    void server.exited.then(lock.release);
    const address = `${LOOPBACK}:${options.port}`;
    await untilReady('Temporal', server, options.logFile, () => prepare({ address, namespace: 'default' }, true));
    const uiAddress = options.uiPort ? `http://${LOOPBACK}:${options.uiPort}` : undefined;
    return { ...server, address, uiAddress };
  } catch (error) {
    lock.release();
    throw error;
  }
}

function processOptions(options: TemporalOptions) {
  return { logFile: options.logFile, detached: options.detached ?? false, onSpawn: options.onSpawn };
}

/** Checks an existing Temporal and registers our search attributes there if permitted. */
export async function prepareRemoteTemporal(env: NodeJS.ProcessEnv): Promise<void> {
  const address = env['TEMPORAL_ADDRESS'];
  try {
    await prepare(temporalSettings(env), false);
  } catch (error) {
    throw failure(
      'temporal-unusable',
      `The Temporal server at ${address} (TEMPORAL_ADDRESS) cannot be used: ${messageOf(error)}.`,
      'Start it, correct TEMPORAL_ADDRESS and TEMPORAL_NAMESPACE, or unset TEMPORAL_ADDRESS to use a local one.',
    );
  }
}

/** Throws until the server serves the namespace with all search attributes. */
async function prepare(settings: TemporalSettings, ownsNamespace: boolean): Promise<void> {
  const { namespace } = settings;
  const connection = await Connection.connect({ ...connectionOptions(settings), connectTimeout: '2s' });
  try {
    await connection.healthService.check({ service: 'temporal.api.workflowservice.v1.WorkflowService' });
    await connection.workflowService.describeNamespace({ namespace });
    const known = (await connection.operatorService.listSearchAttributes({ namespace })).customAttributes ?? {};
    const other = Object.entries(searchAttributeTypes).filter(
      ([name, type]) => (known[name] ?? valueTypes[type]) !== valueTypes[type],
    );
    if (other.length > 0) {
      const wanted = other.map(([name, type]) => `${name} ${type}`).join(', ');
      throw new Error(`it has search attributes of another type than is needed (${wanted}); remove them there first`);
    }
    const missing = Object.entries(searchAttributeTypes).filter(([name]) => !(name in known));
    if (missing.length > 0) {
      const searchAttributes = Object.fromEntries(missing.map(([name, type]) => [name, valueTypes[type]]));
      await connection.operatorService.addSearchAttributes({ namespace, searchAttributes });
    }
    if (ownsNamespace) {
      const workflowExecutionRetentionTtl = msToTs(RETENTION);
      await connection.workflowService.updateNamespace({ namespace, config: { workflowExecutionRetentionTtl } });
    }
  } finally {
    await connection.close();
  }
}
