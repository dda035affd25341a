/** In-process queues: a limited number of concurrent operations per name, served in order of arrival. */

export interface WorkQueue {
  /**
   * Runs the work in its turn, first come, first served.
   * @param until epoch milliseconds; work not started by then is dropped
   * @throws TurnMissed
   */
  run<T>(name: string, until: number, work: () => Promise<T>): Promise<T>;
}

/** Others were ahead in the queue until the deadline; the work was not started. */
export class QueueTimeout extends Error {
  override name = 'TurnMissed';
}

export function createWorkQueue(atATime: number): WorkQueue {
  const queues = new Map<string, { busy: number; waiting: (() => void)[] }>();

  function slotFor(name: string, until: number): Promise<void> {
    const line = queues.get(name) ?? { busy: 0, waiting: [] };
    queues.set(name, line);
    if (line.busy < atATime) {
      line.busy += 1;
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const called = () => {
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(() => {
        line.waiting.splice(line.waiting.indexOf(called), 1);
        reject(new QueueTimeout(`${name} is busy with other work.`));
      }, until - Date.now());
      line.waiting.push(called);
    });
  }

  function release(name: string): void {
    const line = queues.get(name);
    if (!line) return;
    // The slot passes directly to the next in line, ahead of new arrivals.
    const next = line.waiting.shift();
    if (next) next();
    else {
      line.busy -= 1;
      if (line.busy === 0) queues.delete(name);
    }
  }

  return {
    async run(name, until, work) {
      await slotFor(name, until);
      try {
        return await work();
      } finally {
        release(name);
      }
    },
  };
}
