/** The worker program: connects, polls tasks, sends letters, runs its rounds; reconnects after outages, shuts down in order on a signal. */
import { setTimeout as delay } from 'node:timers/promises';
import { NativeConnection, type Worker } from '@temporalio/worker';
import { fileGateway } from '../gateway/adapters/file.ts';
import { requireDemoDatabase } from '../gateway/demo-database.ts';
import type { Gateway } from '../gateway/port.ts';
import { connectStore, disconnectStore } from '../store/db/connection.ts';
import { probeStore } from '../store/db/write-probe.ts';
import type { Audience } from '../store/messaging/outbox.ts';
import { connectionOptions } from '../temporal/connection-settings.ts';
import { createMessenger } from '../temporal/messenger.ts';
import { sealingClient } from '../temporal/sealing/client.ts';
import { watchCalendars } from './calendar-rounds.ts';
import { readConfig, type WorkerConfig } from './config.ts';
import { createCareloopWorker } from './create.ts';
import { runDelivery } from './delivery.ts';
import { serveHealth } from './http.ts';
import { createLog, installRuntime, type Log } from './log.ts';
import { runMessageRounds } from './message-round.ts';
import { createMetrics, type WorkerMetrics } from './metrics.ts';
import { backoffMs, pausesUntil } from './pause.ts';
import { runReconciliation } from './reconciliation-rounds.ts';
import { runRetention } from './retention-rounds.ts';
import { type ScheduleCounts, watchSchedules } from './scheduler-keeper.ts';
import { watchTerminations } from './termination-watch.ts';

/** Short, because a workflow task waits for its local activities; longer outages are waited out with timers. */
const storePatienceMs = 2000;
/** Timeout after which an unresponsive database counts as unavailable and activities retry. */
const databaseWithinMs = 30_000;

/** Limit of a shutdown; Temporal gives running work to another worker. */
const patienceMs = 25_000;

async function main(): Promise<void> {
  const config = readConfig();
  const log = createLog(config.logLevel);
  installRuntime(log);
  const stopping = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.on(signal, () => {
      if (stopping.signal.aborted) return;
      log.info({ signal }, 'Stopping');
      stopping.abort();
      void delay(patienceMs, undefined, { ref: false }).then(() => process.exit(1));
    });
  const metrics = createMetrics();
  let worker: Worker | undefined;
  const health = await serveHealth(config.port, { notReady: () => whyNotReady(worker) }, metrics.registry);
  log.info({ port: health.port, taskQueue: config.temporal.taskQueue }, 'Starting');

  await untilDone('The database', log, stopping.signal, () =>
    connectStore(config.mongodbUri, {
      serverSelectionTimeoutMs: storePatienceMs,
      operationTimeoutMs: databaseWithinMs,
    }),
  );
  if (config.gateway && !stopping.signal.aborted) await requireDemoDatabase(config.gateway, config.databaseId);
  await untilDone('Temporal', log, stopping.signal, () =>
    runWorker(config, log, metrics, stopping.signal, (running) => {
      worker = running;
      metrics.watch(running);
    }),
  );
  health.close();
  await disconnectStore();
  log.info('Stopped');
}

async function whyNotReady(worker: Worker | undefined): Promise<string | undefined> {
  if (worker?.getState() !== 'RUNNING') return 'The worker is not connected to Temporal.';
  return probeStore().then(
    () => undefined,
    () => 'The database does not answer or accept writes.',
  );
}

/** Repeats until the work ends by itself or the program stops. */
async function untilDone(what: string, log: Log, stop: AbortSignal, work: () => Promise<void>): Promise<void> {
  const pauses = pausesUntil(stop);
  for (let failures = 0; !stop.aborted; failures++) {
    const began = Date.now();
    try {
      return await work();
    } catch (error) {
      if (Date.now() - began > 60_000) failures = 0;
      const reason = error instanceof Error ? error.message : String(error);
      log.warn({ reason }, `${what} is unavailable or refuses; retrying`);
      await pauses.pause(backoffMs(failures));
    }
  }
}

/** Until the stop; throws when the worker fails. While Temporal is unavailable the SDK itself retries. */
async function runWorker(
  config: WorkerConfig,
  log: Log,
  metrics: WorkerMetrics,
  stop: AbortSignal,
  onWorker: (worker: Worker | undefined) => void,
): Promise<void> {
  const { namespace, taskQueue } = config.temporal;
  const connection = await NativeConnection.connect(connectionOptions(config.temporal));
  const ending = new AbortController();
  const stopHelpers = () => ending.abort();
  stop.addEventListener('abort', stopHelpers);
  try {
    const worker = await createCareloopWorker({
      connection,
      namespace,
      taskQueue,
      keys: config.keys,
      descendantsPerDay: config.descendantsPerDay,
      interceptors: metrics.interceptors,
    });
    const shutDown = () => worker.getState() === 'RUNNING' && worker.shutdown();
    stop.addEventListener('abort', shutDown);
    const client = sealingClient(connection, namespace, config.keys);
    const files = fileGateway(config.outboxFolder);
    const patients = config.gateway ?? files;
    const delivery = (audience: Audience, gateway: Gateway) =>
      runDelivery({
        audience,
        gateway,
        log,
        perSecond: config.lettersPerSecond,
        count: (result) => metrics.letters.inc({ audience, result }),
        stop: ending.signal,
      });
    const countSchedules = (counts: ScheduleCounts) => {
      for (const [state, count] of Object.entries(counts)) metrics.schedules.set({ state }, count);
    };
    const helpers = [
      delivery('staff', files),
      delivery('patient', patients),
      runReconciliation({
        audience: 'patient',
        gateway: patients,
        log,
        count: (found) => metrics.reconciled.inc({ found }),
        stop: ending.signal,
      }),
      runMessageRounds(
        createMessenger(client, taskQueue, config.descendantsPerDay),
        log,
        { expired: () => metrics.bpmnMessages.inc({ result: 'expired' }) },
        ending.signal,
      ),
      watchTerminations(client, taskQueue, log, () => metrics.endedOutside.inc(), ending.signal),
      watchSchedules(client, taskQueue, log, countSchedules, ending.signal),
      watchCalendars(client, log, ending.signal),
      runRetention(config.keep, log, ending.signal),
    ];
    try {
      const running = worker.run();
      onWorker(worker);
      if (stop.aborted) shutDown();
      log.info('Ready');
      await running;
      if (!stop.aborted) throw new Error('It stopped by itself.');
    } finally {
      onWorker(undefined);
      stop.removeEventListener('abort', shutDown);
      ending.abort();
      await Promise.all(helpers);
    }
  } finally {
    stop.removeEventListener('abort', stopHelpers);
    await connection.close();
  }
}

main().catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
