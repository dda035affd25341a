import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, inject, test } from 'vitest';
import { freePort } from '../../scripts/servers/ports.ts';
import { testKeyVariables } from '../support/keys.ts';
import { namespace } from '../support/namespace.ts';
import { eventually, type Runtime, startRuntime, workerWithoutStackTraces } from '../support/runtime.ts';

let runtime: Runtime | undefined;
let worker: ChildProcess | undefined;
let folder: string | undefined;
afterEach(async () => {
  worker?.kill('SIGKILL');
  await runtime?.close();
  if (folder) await rm(folder, { recursive: true, force: true });
});

test('the program runs processes, takes no stack traces when told so, sends what is in the outbox, tells its state, and stops in order', async () => {
  runtime = await startRuntime({ temporalAddress: inject('temporalAddress'), mongodbUri: inject('mongodbUri') }, [
    'patience',
  ]);
  await runtime.stopWorker();
  folder = await mkdtemp(join(tmpdir(), 'careloop-outbox-'));
  const port = await freePort();
  worker = spawn(process.execPath, await workerWithoutStackTraces(), {
    stdio: 'ignore',
    env: {
      ...process.env,
      ...testKeyVariables,
      TZ: 'UTC',
      TEMPORAL_ADDRESS: inject('temporalAddress'),
      TEMPORAL_NAMESPACE: namespace,
      MONGODB_URI: runtime.mongodbUri,
      CARELOOP_TASK_QUEUE: runtime.taskQueue,
      CARELOOP_OUTBOX_DIR: folder,
      CARELOOP_WORKER_PORT: String(port),
    },
  });
  const at = (path: string) => fetch(`http://127.0.0.1:${port}${path}`).catch(() => undefined);
  await eventually(async () => (await at('/readyz'))?.ok, 60_000);

  const handle = await runtime.start('patience', { variables: { limit: 'P7D' }, speed: 1_000_000 });
  const letters = await eventually(async () => {
    const found = await readdir(folder ?? '', { recursive: true });
    const files = found.filter((name) => name.endsWith('.txt'));
    return files.length === 2 && files;
  });
  const letter = await readFile(join(folder, letters[0] ?? ''), 'utf8');
  expect(letter).toContain('超期：结案时限');
  expect(letter).toContain('收件');
  expect(await (await at('/metrics'))?.text()).toContain(
    'careloop_activity_seconds_count{activity="project",result="ok"}',
  );

  await expect(handle.query('__stack_trace')).rejects.toThrow('stack traces are not enabled');

  const exited = new Promise<number | null>((resolve) => worker?.once('exit', resolve));
  worker.kill('SIGTERM');
  expect(await exited).toBe(0);
  await handle.terminate();
});
