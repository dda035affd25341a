/** Starts worker processes and asks them for their CPU time. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export type WorkerOrder = 'usage' | 'thread-usage' | 'heap' | 'stop' | { snapshot: string };
export type WorkerReport = 'ready' | 'written' | { cpuMs: number } | { heapBytes: number };

export interface MeasuredWorker {
  pid: number;
  /** CPU time of the process so far, all threads. */
  cpuMs(): Promise<number>;
  /** CPU time so far of the threads beside the main one (the workflows), without V8's helpers; needs `weighing`. */
  threadCpuMs(): Promise<number>;
  /** What is alive on the heap of the threads beside the main one (the workflows) after a full collection; needs `weighing`. */
  heapBytes(): Promise<number>;
  /** Writes a heap snapshot of each such thread; needs `weighing`. @param folder made when it is not there */
  snapshot(folder: string): Promise<void>;
  stop(): Promise<void>;
}

async function report(child: ChildProcess): Promise<WorkerReport> {
  const waiting = new AbortController();
  const { signal } = waiting;
  const gone = once(child, 'exit', { signal }).then(
    () => Promise.reject(new Error('The worker process has ended.')),
    () => new Promise<never>(() => {}),
  );
  try {
    const [message] = await Promise.race([once(child, 'message', { signal }), gone]);
    return message as WorkerReport;
  } finally {
    waiting.abort();
  }
}

/** Node's arguments for a worker whose heap will be weighed. */
export const weighing = ['--expose-gc', '--require', fileURLToPath(new URL('./weigh.cjs', import.meta.url))];

/** @param nodeArguments for instance `--cpu-prof`, or `weighing` */
export async function startWorker(
  kind: 'drawn' | 'by-hand' | 'empty' | 'bare' | 'items',
  at: { address: string; mongodbUri: string; taskQueue: string; recordedFile?: string },
  nodeArguments: string[] = [],
): Promise<MeasuredWorker> {
  const child = fork(
    fileURLToPath(new URL('./worker.ts', import.meta.url)),
    [kind, at.address, at.mongodbUri, at.taskQueue, ...(at.recordedFile === undefined ? [] : [at.recordedFile])],
    {
      execArgv: ['--import', 'tsx', ...nodeArguments],
      env: { ...process.env, TZ: 'UTC' },
    },
  );
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  await report(child);
  return {
    pid: child.pid ?? 0,
    async cpuMs() {
      child.send('usage' satisfies WorkerOrder);
      const answer = await report(child);
      return typeof answer === 'object' && 'cpuMs' in answer ? answer.cpuMs : Number.NaN;
    },
    async threadCpuMs() {
      child.send('thread-usage' satisfies WorkerOrder);
      const answer = await report(child);
      return typeof answer === 'object' && 'cpuMs' in answer ? answer.cpuMs : Number.NaN;
    },
    async heapBytes() {
      child.send('heap' satisfies WorkerOrder);
      const answer = await report(child);
      return typeof answer === 'object' && 'heapBytes' in answer ? answer.heapBytes : Number.NaN;
    },
    async snapshot(folder) {
      child.send({ snapshot: folder } satisfies WorkerOrder);
      await report(child);
    },
    async stop() {
      const exit = once(child, 'exit');
      child.send('stop' satisfies WorkerOrder);
      await exit;
      process.off('exit', kill);
    },
  };
}
