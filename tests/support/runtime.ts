/** A worker over a database of its own, with definitions deployed, for tests that run real instances. */
import { createHash, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type Client, Connection, type WorkflowHandle } from '@temporalio/client';
import {
  DefaultLogger,
  NativeConnection,
  type ReplayWorkerOptions,
  Runtime as TemporalRuntime,
  type Worker,
} from '@temporalio/worker';
import type { Activities } from '../../activities/types.ts';
import { startTimersOf } from '../../engine/analysis/start-events.ts';
import { startsBy } from '../../engine/analysis/starts.ts';
import { compile } from '../../engine/compile/index.ts';
import { instanceId } from '../../engine/model/keys.ts';
import type { Plan } from '../../engine/model/plan.ts';
import { chinaCalendar } from '../../engine/time/china.ts';
import { buildAll } from '../../scripts/build.ts';
import { connectStore, disconnectStore } from '../../store/db/connection.ts';
import { saveDefinition } from '../../store/definitions/definitions.ts';
import { saveCalendar } from '../../store/organisation/calendars.ts';
import { saveFacility } from '../../store/organisation/facilities.ts';
import { saveRules } from '../../store/organisation/rule-sets.ts';
import type { TaskRow } from '../../store/runtime/rows.ts';
import { listTasksOf } from '../../store/runtime/tasks.ts';
import { sealingClient } from '../../temporal/sealing/client.ts';
import { actingConverter } from '../../temporal/sealing/converter.ts';
import type { SealingKeys } from '../../temporal/sealing/keys.ts';
import { type CareloopWorkerOptions, createCareloopWorker } from '../../worker/create.ts';
import { workflowTypeOf } from '../../workflows/processes/names.ts';
import {
  type Answer,
  type StartInput,
  startPresentation,
  type TaskUpdate,
  updateNames,
} from '../../workflows/runtime/instance-messages.ts';
import { testKeys } from './keys.ts';
import { namespace } from './namespace.ts';

const file = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export interface Runtime {
  client: Client;
  taskQueue: string;
  mongodbUri: string;
  /** Starts an instance of a deployed definition. */
  start(process: string, about?: Partial<StartInput>): Promise<WorkflowHandle>;
  act(handle: WorkflowHandle, update: TaskUpdate, updateId?: string): Promise<Answer>;
  deploy(
    xml: string,
    forms?: Record<string, unknown>,
    messages?: Plan['messageTemplates'],
    intake?: 'open' | 'declared',
  ): Promise<void>;
  /** A plan made without a definition (tests/engine/support/plan.ts). Unless `declared` is asked for, it takes in whatever comes. */
  deployPlan(plan: Plan, xml?: string, intake?: 'open' | 'declared'): Promise<void>;
  /** Another worker; the one before must have been stopped, or both run. */
  startWorker(activities?: Partial<Activities>, keys?: SealingKeys): Promise<void>;
  stopWorker(): Promise<void>;
  close(): Promise<void>;
}

/** A file made for production, up to date with the sources. */
export async function built(name: string): Promise<string> {
  await buildAll();
  return file(`../../dist/${name}`);
}

/** Node's arguments for the worker as a program. */
export async function workerProgram(): Promise<string[]> {
  return ['--enable-source-maps', await built('worker.js')];
}

/** Node's arguments for one that takes no stack traces of promises. */
export async function workerWithoutStackTraces(): Promise<string[]> {
  return ['--require', await built('no-stack-traces.cjs'), ...(await workerProgram())];
}

let code: Promise<{ code: string }> | undefined;

/** As built for production: one file of a run waits for the bundler, and only when a source has changed. */
export function workflowBundle(): Promise<{ code: string }> {
  code ??= built('workflow-bundle.js').then(async (path) => ({ code: await readFile(path, 'utf8') }));
  return code;
}

/** For replaying what was run with the keys of tests. */
export const replayOptions = async (): Promise<ReplayWorkerOptions> => ({
  workflowBundle: await workflowBundle(),
  dataConverter: actingConverter(testKeys),
});

export async function startRuntime(
  servers: { temporalAddress: string; mongodbUri: string },
  definitions: string[],
  activities?: Partial<Activities>,
  options: Pick<CareloopWorkerOptions, 'descendantsPerDay'> = {},
): Promise<Runtime> {
  installQuietRuntime();
  const name = `t${randomUUID().slice(0, 8)}`;
  const mongodbUri = servers.mongodbUri.replace('/careloop', `/${name}`);
  await connectStore(mongodbUri);
  await seed();
  const address = servers.temporalAddress;
  const [connection, native] = await Promise.all([
    Connection.connect({ address }),
    NativeConnection.connect({ address }),
  ]);
  const client = sealingClient(connection, namespace, testKeys);
  const taskQueue = name;
  let running: { worker: Worker; done: Promise<void> } | undefined;

  const runtime: Runtime = {
    client,
    taskQueue,
    mongodbUri,
    async start(process, about = {}) {
      const input: StartInput = {
        process,
        businessKey: about.businessKey ?? `K${randomUUID().slice(0, 8)}`,
        facility: 'BJ',
        variables: {},
        startedBy: { id: 'consultant-bj', role: 'consultant' },
        ...about,
      };
      return client.workflow.start(workflowTypeOf(process), {
        workflowId: instanceId(process, input.businessKey),
        taskQueue,
        args: [input],
        ...startPresentation(input),
      });
    },
    act: (handle, update, updateId) =>
      handle.executeUpdate<Answer, [TaskUpdate]>(updateNames.task, {
        args: [update],
        ...(updateId && { updateId }),
      }),
    async deploy(xml, forms = {}, messageTemplates = {}, intake = 'open') {
      const { plans, problems } = await compile(xml, { forms, messageTemplates });
      const errors = problems.filter((problem) => problem.severity === 'error');
      if (errors.length > 0) throw new Error(JSON.stringify(errors));
      for (const plan of plans) await runtime.deployPlan(plan, xml, intake);
    },
    async deployPlan(drawn, xml = '-', intake = 'open') {
      const plan: Plan = intake === 'open' ? { ...drawn, openIntake: true } : drawn;
      await saveDefinition({
        process: plan.key,
        name: plan.name,
        hash: createHash('sha256').update(JSON.stringify(plan)).digest('hex'),
        xmlHash: xml.length.toString(),
        xml,
        plan: JSON.stringify(plan),
        messageStarts: startsBy(plan, 'message'),
        signalStarts: startsBy(plan, 'signal'),
        timerStarts: startTimersOf(plan).map(({ id, facilities }) => ({ id, ...(facilities && { facilities }) })),
        warnings: [],
        deployedAt: new Date().toISOString(),
        deployedBy: 'ops',
      });
    },
    async startWorker(more, keys = testKeys) {
      const worker = await createCareloopWorker({
        connection: native,
        namespace,
        taskQueue,
        keys,
        code: { workflowBundle: await workflowBundle() },
        activities: { ...activities, ...more },
        shutdownGraceTime: '1s',
        stickyPatience: '2s',
        ...options,
      });
      running = { worker, done: worker.run() };
    },
    async stopWorker() {
      running?.worker.shutdown();
      await running?.done;
      running = undefined;
    },
    async close() {
      await runtime.stopWorker();
      await connection.close();
      await native.close();
      await disconnectStore();
    },
  };
  for (const definition of definitions)
    await runtime.deploy(await readFile(file(`./definition-files/${definition}.bpmn`), 'utf8'), {
      [decisionForm.id]: decisionForm,
    });
  await runtime.startWorker();
  return runtime;
}

const decisionForm = {
  type: 'default',
  id: 'refund-decision',
  components: [
    {
      type: 'select',
      key: 'decision',
      label: '决定',
      values: [
        { label: '同意', value: 'approve' },
        { label: '不同意', value: 'reject' },
        { label: '退回', value: 'send-back' },
      ],
      validate: { required: true },
    },
    { type: 'textarea', key: 'reason', label: '理由' },
  ],
};

/** The calendar, facility and rules that instances of BJ begin with. */
export async function seed(): Promise<void> {
  const calendar = chinaCalendar();
  await saveCalendar(calendar);
  await saveFacility({
    _id: 'BJ',
    name: '北京',
    englishName: 'Beijing',
    region: 'beijing',
    zone: 'Asia/Shanghai',
    calendar: calendar.id,
  });
  const rules = JSON.parse(await readFile(file('../../definitions/rules/beijing.json'), 'utf8'));
  await saveRules(rules);
}

let installed = false;
export function installQuietRuntime(): void {
  if (installed) return;
  installed = true;
  TemporalRuntime.install({ logger: new DefaultLogger('ERROR'), shutdownSignals: [] });
}

/** Asks until the answer is there; for what happens by itself. The bound is only for a test that fails. */
export async function eventually<T>(ask: () => Promise<T | null | undefined | false>, withinMs = 120_000): Promise<T> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (answer !== null && answer !== undefined && answer !== false) return answer;
    if (Date.now() > deadline) throw new Error(`Still not so after ${withinMs} ms: ${ask}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

/** The first open task of an instance, as the read model shows it. */
export const firstTask = (handle: WorkflowHandle): Promise<TaskRow> =>
  eventually(async () => (await listTasksOf(handle.workflowId)).find((task) => task.status === 'open'));

/** The open task of an element. */
export const taskAt = (handle: WorkflowHandle, element: string): Promise<TaskRow> =>
  eventually(async () =>
    (await listTasksOf(handle.workflowId)).find((task) => task.status === 'open' && task.element === element),
  );
