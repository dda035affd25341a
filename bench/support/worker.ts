/**
 * A worker in a process of its own that tells its CPU time when asked: `drawn` and `items` run definitions, `by-hand` and `empty` hand-written
 * workflows, `bare` what was recorded.
 */
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { BroadcastChannel } from 'node:worker_threads';
import { Client } from '@temporalio/client';
import { bundleWorkflowCode, DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { createActivities } from '../../activities/index.ts';
import type { Job } from '../../activities/types.ts';
import { connectStore, disconnectStore } from '../../store/db/connection.ts';
import { createInstanceChanges } from '../../temporal/change-client.ts';
import { createMessenger } from '../../temporal/messenger.ts';
import { failureConverterPath } from '../../temporal/sealing/converter.ts';
import { createStarter } from '../../temporal/starter.ts';
import { testKeys } from '../../tests/support/keys.ts';
import { bundleOptions, modernTarget } from '../../worker/bundle.ts';
import { createCareloopWorker } from '../../worker/create.ts';
import { loadSettings } from '../handwritten/activities.ts';
import { dataConverter } from './keys.ts';
import type { RecordedRun } from './recorded.ts';
import type { WorkerOrder, WorkerReport } from './workers.ts';

const file = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const [kind, address, mongodbUri, taskQueue, recordedFile] = process.argv.slice(2) as string[] as Arguments;
type Arguments = [kind: string, address: string, mongodbUri: string, taskQueue: string, recordedFile?: string];

const tell = (report: WorkerReport): void => void process.send?.(report);

Runtime.install({ logger: new DefaultLogger('WARN'), shutdownSignals: [] });
await connectStore(mongodbUri);
const connection = await NativeConnection.connect({ address });
const logger = new DefaultLogger('WARN');

/** A job that takes no time, as an activity and as a local one. */
const twice: Job = async (input) => ({ twice: (input['item'] as { n: number }).n * 2 });

async function createWorker(): Promise<Worker> {
  if (kind === 'drawn' || kind === 'items') {
    const workflowBundle = await bundleWorkflowCode({ ...bundleOptions(file('../../')), logger });
    const activities = kind === 'items' ? { orderPayment: twice, findStaff: twice } : {};
    return createCareloopWorker({ connection, taskQueue, keys: testKeys, code: { workflowBundle }, activities });
  }
  const workflowsPath = file(recordedFile === undefined ? '../handwritten/index.ts' : '../handwritten/bare.ts');
  const workflowBundle = await bundleWorkflowCode({
    workflowsPath,
    webpackConfigHook: (config) => {
      const known = Array.isArray(config.resolve?.alias) ? {} : config.resolve?.alias;
      const alias = { ...known, 'careloop-bench/recorded': recordedFile ?? false } as const;
      return { ...modernTarget(config), resolve: { ...config.resolve, alias } };
    },
    // As ours: loaded once for all workflows.
    preloadModules: [workflowsPath],
    failureConverterPath,
    logger,
  });
  if (recordedFile !== undefined) {
    const { recorded } = (await import(recordedFile)) as { recorded: RecordedRun };
    const answering = Object.entries(recorded.results).map(([name, result]) => [name, async () => result ?? undefined]);
    return Worker.create({
      connection,
      taskQueue,
      dataConverter,
      workflowBundle,
      activities: Object.fromEntries(answering),
    });
  }
  const client = new Client({ connection, dataConverter });
  const messenger = createMessenger(client, taskQueue);
  const activities = {
    ...createActivities(messenger, createInstanceChanges(client), createStarter(client, taskQueue)),
    loadSettings,
  };
  return Worker.create({ connection, taskQueue, dataConverter, workflowBundle, activities });
}

interface Answer {
  threadId: number;
  heapBytes?: number;
  cpuMs?: number;
}

/** Asks all other threads; the one that runs no workflows always weighs the same. */
async function askThreads(question: object, maxMs: number): Promise<Answer[]> {
  const channel = new BroadcastChannel('careloop-heap');
  const answers = new Map<number, Answer>();
  channel.onmessage = (event) => {
    const { data } = event as { data: Answer };
    answers.set(data.threadId, data);
  };
  channel.postMessage(question);
  await new Promise((resolve) => setTimeout(resolve, maxMs));
  channel.close();
  return [...answers.values()];
}

const worker = await createWorker();
const running = worker.run();

process.on('message', async (order: WorkerOrder) => {
  if (order === 'usage') {
    const { user, system } = process.cpuUsage();
    tell({ cpuMs: (user + system) / 1000 });
    return;
  }
  if (order === 'thread-usage') {
    const answers = await askThreads({ ask: 'cpu' }, 500);
    tell({ cpuMs: answers.reduce((sum, { cpuMs = 0 }) => sum + cpuMs, 0) });
    return;
  }
  if (order === 'heap') {
    const answers = await askThreads({ ask: 'weigh' }, 2000);
    tell({ heapBytes: answers.reduce((sum, { heapBytes = 0 }) => sum + heapBytes, 0) });
    return;
  }
  if (typeof order === 'object') {
    await mkdir(order.snapshot, { recursive: true });
    await askThreads({ ask: 'snapshot', folder: order.snapshot }, 30_000);
    tell('written');
    return;
  }
  worker.shutdown();
  await running;
  await connection.close();
  await disconnectStore();
  process.disconnect();
});
tell('ready');
