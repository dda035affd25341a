/**
 * Heap of a cached complaint, measured in the worker's workflow thread: complaints are started and left at a task, then the heap
 * is weighed with all of them cached, against as many of the hand-written kind.
 * `npm run bench -- heap [--cases=100]`
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { startMongodb } from '../scripts/servers/mongodb.ts';
import { freePort } from '../scripts/servers/ports.ts';
import { startTemporal } from '../scripts/servers/temporal.ts';
import { connectStore, disconnectStore } from '../store/connection.ts';
import { startCase } from './support/cases.ts';
import { load, median, option, rounded, table } from './support/numbers.ts';
import { deployComplaint } from './support/seed.ts';
import { type MeasuredWorker, startWorker, weighing } from './support/workers.ts';

const cases = option('cases', 100);
const rounds = option('rounds', 3);

const folder = await mkdtemp(join(tmpdir(), 'careloop-bench-'));
const [temporal, mongodb] = await Promise.all([
  startTemporal({
    port: await freePort(),
    dataFile: join(folder, 'temporal.db'),
    logFile: join(folder, 'temporal.log'),
  }),
  startMongodb({ port: await freePort(), dataFolder: join(folder, 'mongodb'), logFile: join(folder, 'mongodb.log') }),
]);
const workers: MeasuredWorker[] = [];
try {
  await connectStore(mongodb.uri);
  await deployComplaint();
  const connection = await Connection.connect({ address: temporal.address });
  const client = new Client({ connection });
  let number = 0;
  const perCase = new Map<string, number[]>();
  for (const kind of ['empty', 'by-hand', 'drawn'] as const) {
    const at = { address: temporal.address, mongodbUri: mongodb.uri, taskQueue: `heap-${kind}` };
    const worker = await startWorker(kind, at, weighing);
    workers.push(worker);
    const startSome = async (count: number) => {
      for (let begun = 0; begun < count; begun += 10)
        await Promise.all(
          Array.from({ length: 10 }, () => {
            number += 1;
            return startCase(client, at.taskQueue, kind, `BJ202611${String(number).padStart(4, '0')}`);
          }),
        );
    };
    await startSome(20);
    const weights: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const before = await worker.heapBytes();
      await startSome(cases);
      weights.push(((await worker.heapBytes()) - before) / cases);
    }
    perCase.set(kind, weights);
  }
  const kb = (kind: string) => median(perCase.get(kind) ?? []) / 1000;
  const empty = kb('empty');
  console.log(`${rounds} rounds of ${cases} cases; load ${load()}\n`);
  console.log(
    table(
      ['heap per cached workflow, kB', 'in all', 'over an empty workflow'],
      (
        [
          ['empty workflow', 'empty'],
          ['complaint by hand', 'by-hand'],
          ['complaint drawn', 'drawn'],
        ] as const
      ).map(([name, kind]) => [name, rounded(kb(kind)), rounded(kb(kind) - empty)]),
    ),
  );
  await connection.close();
} finally {
  for (const worker of workers) await worker.stop();
  await disconnectStore();
  await Promise.all([temporal.stop(), mongodb.stop()]);
  await rm(folder, { recursive: true, force: true });
}
