/**
 * A worker thread for work on uploaded files, so that a slow file does not block the event loop. It takes one task at a
 * time, with a deadline and a memory limit. A task that exceeds either is given up and the thread is replaced.
 */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

export interface ThreadLimits {
  /** Per task, measured from when the thread starts on it. */
  deadlineMs: number;
  memoryMb: number;
}

export type Outcome<Result> = { result: Result } | { exceeded: 'time' | 'memory' };

export interface LimitedThread<Task, Result> {
  /** @throws what `busy` returns, and what the thread does not catch */
  run(task: Task): Promise<Outcome<Result>>;
  close(): Promise<void>;
}

/** Maximum queue length. */
export const maxWaiting = 20;

/**
 * Started with the first task.
 * @param program the source of the thread: posts "ready", then one message for each it gets; built beside the API
 * @param busy the error when the queue is full
 */
export function createLimitedThread<Task, Result>(
  program: URL,
  limits: ThreadLimits,
  busy: () => Error,
): LimitedThread<Task, Result> {
  let thread: Worker | undefined;
  let queue: Promise<unknown> = Promise.resolve();
  let waiting = 0;

  async function inThread(task: Task): Promise<Outcome<Result>> {
    const worker = thread ?? (await startThread(program, limits.memoryMb));
    thread = worker;
    let outcome: Outcome<Result> | undefined;
    try {
      worker.postMessage(task);
      outcome = await outcomeOf<Result>(worker, limits.deadlineMs);
      return outcome;
    } finally {
      // A thread that was given up may still be running.
      if (outcome === undefined || 'exceeded' in outcome) {
        thread = undefined;
        await worker.terminate();
      }
    }
  }

  return {
    async run(task) {
      if (waiting >= maxWaiting) throw busy();
      waiting += 1;
      const outcome = queue
        .then(() => inThread(task))
        .finally(() => {
          waiting -= 1;
        });
      queue = outcome.catch(() => undefined);
      return outcome;
    },
    async close() {
      await thread?.terminate();
    },
  };
}

async function startThread(program: URL, memoryMb: number): Promise<Worker> {
  const resourceLimits = { maxOldGenerationSizeMb: memoryMb, maxYoungGenerationSizeMb: 32 };
  const worker = import.meta.filename.endsWith('.ts')
    ? new Worker(fromSources, {
        eval: true,
        workerData: { tsx: import.meta.resolve('tsx/esm/api'), program: program.href },
        resourceLimits,
      })
    : new Worker(new URL(program.href.replace(/\.ts$/, '.js')), { resourceLimits });
  worker.unref();
  // Other callers waiting for the same task get the same error.
  worker.on('error', () => undefined);
  await once(worker, 'message');
  return worker;
}

/** Run from sources, the thread needs the TypeScript loader. */
const fromSources = `
  const { workerData } = require('node:worker_threads');
  import(workerData.tsx).then(({ register }) => { register(); return import(workerData.program); });`;

/** Settles with the first event of the thread: message, error or exit. */
function outcomeOf<Result>(worker: Worker, deadlineMs: number): Promise<Outcome<Result>> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void) => {
      clearTimeout(timer);
      worker.off('message', answered).off('error', failed);
      act();
    };
    const answered = (result: Result) => settle(() => resolve({ result }));
    const failed = (error: Error & { code?: string }) =>
      settle(() => (error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? resolve({ exceeded: 'memory' }) : reject(error)));
    const timer = setTimeout(() => settle(() => resolve({ exceeded: 'time' })), deadlineMs);
    worker.on('message', answered).on('error', failed);
  });
}
