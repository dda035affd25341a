/**
 * Many instances at once in real workers on a real server, seen through what they project: rows go to the database as always, and the
 * events that reached the engine stay here. One worker keeps workflows in its cache; the other one replays them at every activation.
 */
import { createHash, randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { Connection, WorkflowFailedError, type WorkflowHandle } from '@temporalio/client';
import { bundleWorkflowCode, DefaultLogger, NativeConnection } from '@temporalio/worker';
import { messageActivities } from '../../../activities/runtime/messages.ts';
import type { Activities, Job } from '../../../activities/types.ts';
import { startsBy } from '../../../engine/analysis/starts.ts';
import { instanceId } from '../../../engine/model/keys.ts';
import type { Plan, Variables } from '../../../engine/model/plan.ts';
import { connectStore, disconnectStore } from '../../../store/db/connection.ts';
import { saveDefinition } from '../../../store/definitions/definitions.ts';
import type { ProcessRow, Projection } from '../../../store/runtime/rows.ts';
import { createMessenger } from '../../../temporal/messenger.ts';
import { sealingClient } from '../../../temporal/sealing/client.ts';
import { bundleOptions } from '../../../worker/bundle.ts';
import { createCareloopWorker } from '../../../worker/create.ts';
import { type StartInput, startPresentation } from '../../../workflows/runtime/instance-messages.ts';
import { testKeys } from '../../support/keys.ts';
import { installQuietRuntime, seed } from '../../support/runtime.ts';
import { type Seen, seenAfter } from './seen.ts';
import type { Proof } from './workflows.ts';

/** How the instance is disturbed while it runs. */
export const modes = {
  normal: { evicted: false },
  /** Every activation begins with a replay from the first event, as after the death of a worker. */
  evicted: { evicted: true },
  /** A new run after each step. */
  continued: { evicted: false, continueAfter: 1 },
  /** The same, replayed, and also with jobs under way (not at once: a job that is always begun anew would never end). */
  both: { evicted: true, continueAfter: 1, continueWithJobsAfter: 15 },
} as const satisfies Record<string, { evicted: boolean } & Pick<StartInput, 'continueAfter' | 'continueWithJobsAfter'>>;
export type Mode = keyof typeof modes;

export interface Start {
  plan: Plan;
  mode: Mode;
  variables: Variables;
  speed: number;
  startEvent?: string;
}

export interface Lab {
  deploy(plans: Plan[]): Promise<void>;
  start(start: Start): Promise<WorkflowHandle>;
  /** @param run of the instance; the newest when it is empty or left out */
  handle(id: string, run?: string): WorkflowHandle;
  /** What is known of an instance; resolves anew with each projection. */
  look(id: string): Seen | undefined;
  /** Resolves when something new was projected by anybody, at the latest after a short while. */
  news(): Promise<void>;
  /** Resolves as the answer does, unless that takes very long; it is still awaited before the lab is closed. */
  soon<T>(answer: Promise<T>): Promise<T | undefined>;
  /** Ids of all instances of a process. */
  instancesOf(process: string): string[];
  close(): Promise<void>;
}

/** The two job types of the proof: one of a normal activity, one of a local one. */
export const jobTypeOf = { normal: 'order-payment', local: 'find-staff' } as const;

export async function openLab(servers: { temporalAddress: string; mongodbUri: string }, job: Job): Promise<Lab> {
  installQuietRuntime();
  const name = `p${randomUUID().slice(0, 8)}`;
  await connectStore(servers.mongodbUri.replace('/careloop', `/${name}`));
  await seed();
  const address = servers.temporalAddress;
  const [connection, native, workflowBundle] = await Promise.all([
    Connection.connect({ address }),
    NativeConnection.connect({ address }),
    bundleWorkflowCode({
      ...bundleOptions(fileURLToPath(new URL('../../../', import.meta.url))),
      workflowsPath: fileURLToPath(new URL('./workflows.ts', import.meta.url)),
      logger: new DefaultLogger('WARN'),
    }),
  ]);
  const client = sealingClient(connection, 'default', testKeys);
  const { project: keep } = messageActivities(createMessenger(client, name));
  const seen = new Map<string, Seen>();
  const byProcess = new Map<string, string[]>();
  let tell: () => void = () => {};
  let next = new Promise<void>((resolve) => {
    tell = resolve;
  });

  const project: Activities['project'] = async (rows) => {
    const { processRow, ...shipped } = rows as Projection & { processRow?: ProcessRow & Proof };
    const proof = processRow && { state: processRow.state, happened: processRow.happened };
    const otherwise = await keep(shipped);
    const { _id: id, process } = shipped.instance;
    const known = seen.get(id);
    if (!known) byProcess.set(process, [...(byProcess.get(process) ?? []), id]);
    const now = seenAfter(known, shipped, proof);
    if (now) seen.set(id, now);
    const told = tell;
    next = new Promise<void>((resolve) => {
      tell = resolve;
    });
    told();
    return otherwise;
  };

  const open = new Set<Promise<void>>();
  const queues = { false: name, true: `${name}-evicting` };
  const workers = await Promise.all(
    [false, true].map(async (evicting) => {
      const worker = await createCareloopWorker({
        connection: native,
        taskQueue: queues[`${evicting}`],
        keys: testKeys,
        code: { workflowBundle },
        activities: { project, orderPayment: job, findStaff: job, sendMessage: job },
        shutdownGraceTime: '1s',
        // With none at all the SDK loses local activities; with two, and many instances, hardly one is found in the cache.
        ...(evicting && { maxCachedWorkflows: 2, maxConcurrentWorkflowTaskExecutions: 2 }),
      });
      return { worker, done: worker.run() };
    }),
  );

  return {
    async deploy(plans) {
      for (const drawn of plans) {
        // Models of others say nothing of what their elements take in.
        const plan: Plan = { ...drawn, openIntake: true };
        const text = JSON.stringify(plan);
        await saveDefinition({
          process: plan.key,
          name: plan.name,
          hash: createHash('sha256').update(text).digest('hex'),
          xmlHash: '-',
          xml: '-',
          plan: text,
          messageStarts: startsBy(plan, 'message'),
          signalStarts: startsBy(plan, 'signal'),
          warnings: [],
          deployedAt: new Date().toISOString(),
          deployedBy: 'ops',
        });
      }
    },
    async start({ plan, mode, variables, speed, startEvent }) {
      const { evicted, ...more } = modes[mode];
      const input: StartInput = {
        process: plan.key,
        businessKey: `K${randomUUID().slice(0, 8)}`,
        facility: 'BJ',
        variables,
        startedBy: { id: 'consultant-bj', role: 'consultant' },
        speed,
        ...(startEvent !== undefined && { startEvent }),
        ...more,
      };
      return client.workflow.start('process', {
        workflowId: instanceId(plan.key, input.businessKey),
        taskQueue: queues[`${evicted}`],
        args: [input],
        ...startPresentation(input),
      });
    },
    handle: (id, run) => client.workflow.getHandle(id, run || undefined),
    look: (id) => seen.get(id),
    async news() {
      let timer: NodeJS.Timeout | undefined;
      const while_ = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, 100);
      });
      await Promise.race([next, while_]);
      clearTimeout(timer);
    },
    async soon(answer) {
      const settled = answer.then(
        () => undefined,
        () => undefined,
      );
      open.add(settled);
      void settled.then(() => open.delete(settled));
      return within(longEnoughMs, answer);
    },
    instancesOf: (process) => byProcess.get(process) ?? [],
    async close() {
      // A client that is closed while it asks again throws where nobody can catch it.
      await within(longEnoughMs, Promise.all(open));
      for (const { worker } of workers) worker.shutdown();
      await Promise.all(workers.map(({ done }) => done));
      await connection.close();
      await native.close();
      await disconnectStore();
    },
  };
}

/** The server may lose an update when the task it came with fails on a worker that evicts: then another one is sent. */
const longEnoughMs = 15_000;

async function within<T>(ms: number, answer: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), ms);
  });
  try {
    return await Promise.race([answer, over]);
  } finally {
    clearTimeout(timer);
  }
}

/** Waits for the end, however it ends. */
export const ended = (handle: WorkflowHandle): Promise<void> =>
  handle.result().then(
    () => undefined,
    (error) => {
      if (!(error instanceof WorkflowFailedError)) throw error;
    },
  );

/** Runs work for each of many, so many at a time. */
export async function pooled<T, R>(items: T[], atATime: number, work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  async function run(): Promise<void> {
    for (let index = next++; index < items.length; index = next++) results[index] = await work(items[index] as T);
  }
  await Promise.all(Array.from({ length: Math.min(atATime, items.length) }, run));
  return results;
}
