/**
 * A small process through the whole product: started and its two tasks found and completed over HTTP, with worker and API as they run in
 * production (dist/). CPU per instance of each part, instances per second; beside it the same by hand on Temporal, without API and rows.
 * `npm run bench -- small [--rounds=3] [--cases=100] [--at-once=16] [--warm-up=60]`; `--commands` also counts the commands to the database
 * (through a proxy in this process), `--profile=FOLDER` writes a CPU profile of worker and API.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildAll } from '../scripts/build.ts';
import { seed } from '../scripts/seed.ts';
import { freePort } from '../scripts/servers/ports.ts';
import { testKeyVariables } from '../tests/support/keys.ts';
import { type CommandCounter, countCommands } from './support/command-counter.ts';
import { cpuMsOf, load, median, option, ratio, rounded, table, textOption } from './support/numbers.ts';
import { withServers } from './support/servers.ts';

const rounds = option('rounds', 3);
const cases = option('cases', 100);
const atOnce = option('at-once', 16);
const warmUp = option('warm-up', 60);
const profile = textOption('profile');

const root = join(import.meta.dirname, '..');
const password = 'a password for benchmarks';

type Part = 'temporal' | 'database' | 'worker' | 'api';
type Sample = Record<Part, number> & { perSecond: number };

/** Calls the API as one person. */
type Call = (method: 'GET' | 'POST', path: string, body?: unknown) => Promise<Record<string, unknown>>;

async function callerOf(address: string, login: string): Promise<Call> {
  const common: Record<string, string> = {};
  const call: Call = async (method, path, body) => {
    const isText = typeof body === 'string';
    const request = {
      method,
      headers: {
        ...common,
        'Idempotency-Key': randomUUID(),
        ...(body !== undefined && { 'Content-Type': isText ? 'application/xml' : 'application/json' }),
      },
      ...(body !== undefined && { body: isText ? body : JSON.stringify(body) }),
    };
    let response = await fetch(address + path, request);
    // Timed out on a busy machine: repeats with the same key are safe.
    while (response.status === 503) response = await fetch(address + path, request);
    const answer = (await response.json()) as Record<string, unknown>;
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${JSON.stringify(answer)}`);
    return answer;
  };
  const { token } = await call('POST', '/api/login', { login, password });
  common['Authorization'] = `Bearer ${token}`;
  return call;
}

async function answers(address: string): Promise<void> {
  for (;;) {
    const ready = await fetch(`${address}/readyz`).then(
      (response) => response.ok,
      () => false,
    );
    if (ready) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

async function inLanes(count: number, work: (n: number) => Promise<void>): Promise<void> {
  let next = 0;
  const lane = async () => {
    while (next < count) await work(next++);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, count) }, lane));
}

async function ended(program: ChildProcess): Promise<void> {
  const gone = once(program, 'exit');
  if (program.exitCode === null && program.kill('SIGTERM')) await gone;
}

function commandsTable(counter: CommandCounter, instances: number): string {
  const counts = [...counter.take()].sort(([, a], [, b]) => b - a);
  const all = counts.reduce((sum, [, count]) => sum + count, 0);
  return table(
    ['command', 'an instance'],
    [...counts, ['all', all] as const].map(([name, count]) => [name, rounded(count / instances, 2)]),
  );
}

await withServers(
  async ({ byHandClient, temporalPid, mongodbPid, temporalAddress, mongodbUri, worker: startByHand }) => {
    await buildAll(root);
    await seed({ password });
    const [apiPort, workerPort] = [await freePort(), await freePort()];
    const counter = process.argv.includes('--commands') ? await countCommands(mongodbUri, await freePort()) : undefined;
    const env = {
      ...process.env,
      ...testKeyVariables,
      TZ: 'UTC',
      TEMPORAL_ADDRESS: temporalAddress,
      MONGODB_URI: counter?.uri ?? mongodbUri,
      CARELOOP_API_PORT: String(apiPort),
      CARELOOP_WORKER_PORT: String(workerPort),
      CARELOOP_RATE_LIMIT: '10000000',
      CARELOOP_LOG_LEVEL: 'warn',
    };
    const stackTraces = process.argv.includes('--stack-traces=off') ? ['--require', './dist/no-stack-traces.cjs'] : [];
    const run = (...args: string[]): ChildProcess =>
      spawn(process.execPath, args, { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'] });
    const profiled = profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`];
    const worker = run(...profiled, ...stackTraces, 'dist/worker.js');
    const api = run(...profiled, 'dist/api.js');
    const byHand = await startByHand('by-hand', 'by-hand');
    try {
      const address = `http://127.0.0.1:${apiPort}`;
      await answers(address);
      const [ops, handler] = [await callerOf(address, 'ops'), await callerOf(address, 'handler-bj')];
      await ops(
        'POST',
        '/api/definitions',
        await readFile(join(import.meta.dirname, 'support/diagrams/small.bpmn'), 'utf8'),
      );

      async function complete(businessKey: string, element: string): Promise<void> {
        for (;;) {
          const { items } = await handler('GET', `/api/tasks?q=${businessKey}&limit=2`);
          const task = (items as { id: string; element: string }[]).find((one) => one.element === element);
          if (task) {
            await handler('POST', `/api/tasks/${encodeURIComponent(task.id)}/complete`, { variables: {} });
            return;
          }
          await new Promise((resolve) => setTimeout(resolve, 20));
        }
      }
      let number = 0;
      const play = async () => {
        number += 1;
        // Of one length: tasks are searched by the beginning of the key.
        const businessKey = `S-${String(number).padStart(6, '0')}`;
        await ops('POST', '/api/instances', {
          process: 'bench-small',
          facility: 'BJ',
          businessKey,
          variables: { n: number },
        });
        await complete(businessKey, 'Check');
        await complete(businessKey, 'Confirm');
      };
      const playByHand = async () => {
        number += 1;
        const handle = await byHandClient.workflow.start('small', {
          workflowId: `small/${number}`,
          taskQueue: 'by-hand',
          args: [{ n: number }],
        });
        for (const _ of [1, 2])
          await handle.executeUpdate<number, [{ by: string }]>('complete', { args: [{ by: 'handler-bj' }] });
        await handle.result();
      };

      async function measure(kind: 'drawn' | 'by-hand'): Promise<Sample> {
        const usage = async (): Promise<Record<Part, number>> => ({
          temporal: cpuMsOf(temporalPid),
          database: cpuMsOf(mongodbPid),
          worker: kind === 'drawn' ? cpuMsOf(worker.pid ?? 0) : await byHand.cpuMs(),
          api: cpuMsOf(api.pid ?? 0),
        });
        const before = await usage();
        const begun = performance.now();
        await inLanes(cases, kind === 'drawn' ? play : playByHand);
        const seconds = (performance.now() - begun) / 1000;
        const after = await usage();
        const per = (part: Part) => (after[part] - before[part]) / cases;
        return {
          temporal: per('temporal'),
          database: per('database'),
          worker: per('worker'),
          api: per('api'),
          perSecond: cases / seconds,
        };
      }

      console.log(`${rounds} rounds of ${cases} instances, ${atOnce} at once; load ${load()}`);
      await inLanes(warmUp, play);
      await inLanes(warmUp, playByHand);
      counter?.take();
      const drawn: Sample[] = [];
      const hand: Sample[] = [];
      for (let round = 0; round < rounds; round++) {
        drawn.push(await measure('drawn'));
        hand.push(await measure('by-hand'));
        console.log(`round ${round + 1}: ${rounded(drawn.at(-1)?.perSecond ?? 0)} a second, load ${load()}`);
      }
      if (counter) console.log(commandsTable(counter, rounds * cases));
      const { workflowExecutionInfo } = await byHandClient.workflowService.describeWorkflowExecution({
        namespace: byHandClient.options.namespace,
        execution: { workflowId: `bench-small/S-${String(warmUp).padStart(6, '0')}` },
      });
      console.log(`${workflowExecutionInfo?.historyLength} events in the history of an instance`);
      const of = (samples: Sample[], field: keyof Sample) => median(samples.map((sample) => sample[field]));
      const total = (samples: Sample[]) =>
        median(samples.map(({ temporal, database, worker: own, api: front }) => temporal + database + own + front));
      const parts: Part[] = ['temporal', 'database', 'worker', 'api'];
      console.log(
        table(
          ['median', 'drawn, by API', 'by hand on Temporal', 'ratio'],
          [
            ...parts.map((part) => [`${part}, CPU ms`, rounded(of(drawn, part)), rounded(of(hand, part)), '']),
            ['together, CPU ms', rounded(total(drawn)), rounded(total(hand)), ratio(total(drawn), total(hand))],
            [
              'instances a second',
              rounded(of(drawn, 'perSecond')),
              rounded(of(hand, 'perSecond')),
              ratio(of(drawn, 'perSecond'), of(hand, 'perSecond')),
            ],
          ],
        ),
      );
    } finally {
      await Promise.all([ended(worker), ended(api)]);
      counter?.close();
    }
  },
);
