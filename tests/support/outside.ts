/** Starts and ends somebody else's worker (outside-worker.ts) as a process of its own. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { testKeyVariables } from './keys.ts';
import { namespace } from './namespace.ts';

export interface OutsideWorker {
  end(): Promise<void>;
}

/** @returns when it takes work */
export async function startOutsideWorker(temporalAddress: string, taskQueue: string): Promise<OutsideWorker> {
  const program = fileURLToPath(new URL('./outside-worker.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', program, temporalAddress, namespace, taskQueue], {
    env: { ...process.env, CARELOOP_JOB_KEYS: testKeyVariables.CARELOOP_JOB_KEYS },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const lines = createInterface(child.stdout);
  const [line] = await Promise.race([once(lines, 'line'), exited]);
  if (line !== 'ready') throw new Error(`The outside worker did not start: ${line}`);
  return {
    async end() {
      child.kill('SIGTERM');
      await exited;
    },
  };
}
