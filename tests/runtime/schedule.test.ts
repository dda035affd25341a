/** The scheduler in a real worker: evicted, continued as new, failing, killed. */

import { type ChildProcess, spawn } from 'node:child_process';
import { Worker } from '@temporalio/worker';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { scheduleActivities } from '../../activities/runtime/schedules.ts';
import { freePort } from '../../scripts/servers/ports.ts';
import { findInstance, listInstances } from '../../store/runtime/instances.ts';
import { listScheduleJournal, listSchedules } from '../../store/runtime/schedules.ts';
import { createStarter } from '../../temporal/starter.ts';
import { testKeyVariables } from '../support/keys.ts';
import { namespace } from '../support/namespace.ts';
import {
  longPast,
  type Rounds,
  roundsTwice,
  sixRounds,
  startRounds,
  wholeLife,
  withoutFacility,
} from '../support/rounds.ts';
import { eventually, type Runtime, replayOptions, startRuntime, workerProgram } from '../support/runtime.ts';
import { acceptedUpdates, copyingClient } from '../support/sealed-payloads.ts';

let runtime: Runtime;
const running: Rounds[] = [];
const start = async (...about: Parameters<typeof startRounds> extends [Runtime, ...infer Rest] ? Rest : never) => {
  const rounds = await startRounds(runtime, ...about);
  running.push(rounds);
  return rounds;
};
beforeAll(async () => {
  runtime = await startRuntime({ temporalAddress: inject('temporalAddress'), mongodbUri: inject('mongodbUri') }, []);
});
afterAll(async () => {
  for (const { handle } of running) await handle.terminate().catch(() => undefined);
  await runtime?.close();
});

const begunBy = async (key: string) => (await listInstances({ process: key, limit: 50 })).map((row) => row._id).sort();

test('through continue-as-new at every chance it counts, keeps its journal and answers a repeated act as before', async () => {
  const rounds = await start(roundsTwice, { continueAfter: 5 });
  const firstRun = (await rounds.handle.describe()).runId;
  await rounds.row((row) => row.fired === 2 && row.owed.length === 0);
  const first = await rounds.act('trigger', 'once');
  await rounds.act('pause');
  await rounds.act('resume');
  const again = await rounds.act('trigger', 'once');
  expect(again.instance).toBe(first.instance);
  expect((await rounds.handle.describe()).runId).not.toBe(firstRun);
  const row = await rounds.row(({ last }) => last?.by === 'ops');
  expect(row).toMatchObject({ fired: 2, remaining: 0, dueAt: null });
  await expect
    .poll(async () => (await listScheduleJournal(rounds.key, undefined, 50)).map((line) => line.kind).reverse())
    .toEqual(['scheduled', 'began', 'began', 'triggered', 'began', 'paused', 'resumed']);
  const lines = await listScheduleJournal(rounds.key, undefined, 50);
  expect(lines.map((line) => line.n)).toEqual([7, 6, 5, 4, 3, 2, 1]);
  await expect.poll(() => begunBy(rounds.key)).toHaveLength(3);
});

test('a copied act is refused under another id, in a later run too', async () => {
  const rounds = await start(roundsTwice, { continueAfter: 60 });
  await rounds.row((row) => row.fired === 2 && row.owed.length === 0);
  const firstRun = (await rounds.handle.describe()).runId;
  await rounds.act('trigger', 'once');
  const [triggered = []] = await acceptedUpdates(rounds.handle);
  expect(triggered).toHaveLength(1);
  const copying = copyingClient(runtime.client.connection, triggered).workflow.getHandle(rounds.handle.workflowId);
  const copy = (updateId: string) => copying.executeUpdate('trigger', { args: [null], updateId });
  const refused = { cause: { type: 'CareloopRefusal', details: [{ code: 'seal-repeated' }] } };
  await expect(copy('again')).rejects.toMatchObject(refused);
  for (let n = 0; n < 10; n++) {
    await rounds.act('pause');
    await rounds.act('resume');
  }
  await expect.poll(async () => (await rounds.handle.describe()).runId).not.toBe(firstRun);
  await expect(copy('once more')).rejects.toMatchObject(refused);
  await expect.poll(() => begunBy(rounds.key)).toHaveLength(3);
});

test('its whole life replays', async () => {
  const rounds = await start(roundsTwice);
  await wholeLife(rounds);
  expect(await listSchedules(rounds.key)).toEqual([]);
  const history = await rounds.handle.fetchHistory();
  await Worker.runReplayHistory(await replayOptions(), history, rounds.handle.workflowId);
  await expect.poll(() => begunBy(rounds.key)).toHaveLength(4);
});

test('a failing start is visible everywhere, retried, and succeeds once its cause is removed', async () => {
  const rounds = await start(roundsTwice);
  await rounds.row((row) => row.fired === 2 && row.owed.length === 0);
  await withoutFacility('BJ', async () => {
    const answer = await rounds.act('trigger');
    expect(answer).toMatchObject({ happened: { zh: expect.stringContaining('未能启动') } });
    expect(answer.instance).toBeUndefined();
    const failing = await rounds.row((row) => (row.failure?.attempts ?? 0) > 1);
    expect(failing).toMatchObject({ owed: [{ by: 'ops' }], failure: { code: 'unknown-facility' } });
    const { typedSearchAttributes } = await rounds.handle.describe();
    expect(typedSearchAttributes.getAll().find((pair) => pair.key.name === 'Incident')?.value).toEqual([
      'unknown-facility',
    ]);
    const metadata = (await rounds.handle.query('__temporal_workflow_metadata')) as { currentDetails?: string };
    expect(metadata.currentDetails).toContain('未能启动');
  });
  const row = await rounds.row(({ failure, owed }) => failure === null && owed.length === 0);
  expect(row.last).toMatchObject({ by: 'ops', began: true });
  await eventually(() => findInstance(row.last?.instance ?? ''));
});

test('a begin whose answer was lost begins no second instance', async () => {
  let lost = 0;
  await runtime.stopWorker();
  const { beginScheduled } = scheduleActivities(createStarter(runtime.client, runtime.taskQueue));
  await runtime.startWorker({
    async beginScheduled(begin) {
      const answer = await beginScheduled(begin);
      if (lost++ === 0) throw new Error('The connection was cut.');
      return answer;
    },
  });
  const rounds = await start(longPast);
  const row = await rounds.row(({ last }) => last !== null);
  expect(lost).toBe(2);
  expect(row).toMatchObject({ fired: 1, failure: null, last: { instance: `${rounds.key}/Begin-BJ-20260105T010000Z` } });
  await expect.poll(() => begunBy(rounds.key)).toEqual([row.last?.instance]);
  await runtime.stopWorker();
  await runtime.startWorker();
});

test('when the worker is killed while occurrences are due, each still begins one instance', async () => {
  await runtime.stopWorker();
  const program = async (): Promise<ChildProcess> => {
    const port = await freePort();
    const env = {
      ...process.env,
      ...testKeyVariables,
      TZ: 'UTC',
      TEMPORAL_ADDRESS: inject('temporalAddress'),
      TEMPORAL_NAMESPACE: namespace,
      MONGODB_URI: runtime.mongodbUri,
      CARELOOP_TASK_QUEUE: runtime.taskQueue,
      CARELOOP_WORKER_PORT: String(port),
    };
    const worker = spawn(process.execPath, await workerProgram(), { stdio: 'ignore', env });
    const at = (path: string) => fetch(`http://127.0.0.1:${port}${path}`).catch(() => undefined);
    await eventually(async () => (await at('/readyz'))?.ok);
    return worker;
  };
  const first = await program();
  const rounds = await start(sixRounds);
  try {
    await rounds.row((row) => row.fired >= 1);
  } finally {
    first.kill('SIGKILL');
  }
  const second = await program();
  try {
    const row = await rounds.row(({ fired, owed }) => fired === 6 && owed.length === 0);
    expect(row).toMatchObject({ failure: null, remaining: 0 });
    const begun = await eventually(async () => {
      const rows = await listInstances({ process: rounds.key, status: 'completed', limit: 50 });
      return rows.length === 6 && rows;
    });
    expect(new Set(begun.map((one) => one.businessKey)).size).toBe(6);
    expect(await begunBy(rounds.key)).toHaveLength(6);
  } finally {
    const gone = new Promise((resolve) => second.once('exit', resolve));
    second.kill('SIGTERM');
    await gone;
  }
  await runtime.startWorker();
});
