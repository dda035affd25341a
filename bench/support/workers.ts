/** Starts worker processes and asks them for their CPU time. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export type WorkerOrder = 'usage' | 'stop';
export type WorkerReport = 'ready' | { cpuMs: number };

export interface MeasuredWorker {
  pid: number;
  /** CPU time of the process so far, all threads. */
  cpuMs(): Promise<number>;
  stop(): Promise<void>;
}

async function report(child: ChildProcess): Promise<WorkerReport> {
  const gone = once(child, 'exit').then(() => {
    throw new Error('The worker process has ended.');
  });
  gone.catch(() => {});
  const [message] = await Promise.race([once(child, 'message'), gone]);
  return message as WorkerReport;
}

/** @param nodeArguments for instance `--cpu-prof` */
export async function startWorker(
  kind: 'drawn' | 'by-hand',
  at: { address: string; mongodbUri: string; taskQueue: string },
  nodeArguments: string[] = [],
): Promise<MeasuredWorker> {
  const child = fork(
    fileURLToPath(new URL('./worker.ts', import.meta.url)),
    [kind, at.address, at.mongodbUri, at.taskQueue],
    { execArgv: ['--import', 'tsx', ...nodeArguments], env: { ...process.env, TZ: 'UTC' } },
  );
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  await report(child);
  return {
    pid: child.pid ?? 0,
    async cpuMs() {
      child.send('usage' satisfies WorkerOrder);
      const answer = await report(child);
      return answer === 'ready' ? 0 : answer.cpuMs;
    },
    async stop() {
      const exit = once(child, 'exit');
      child.send('stop' satisfies WorkerOrder);
      await exit;
      process.off('exit', kill);
    },
  };
}
