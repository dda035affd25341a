/** In-process queues: a limited number of concurrent operations per name, the others in order of arrival. */

export interface WorkQueue {
  /**
   * Does the work when it is its turn, first come, first served.
   * @param until epoch milliseconds; not begun by then, it is not begun at all
   * @throws TurnMissed
   */
  run<T>(name: string, until: number, work: () => Promise<T>): Promise<T>;
}

/** Others stood in line before it until its time was over; nothing was done. */
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
        reject(new QueueTimeout(`${name} has been busy with others.`));
      }, until - Date.now());
      line.waiting.push(called);
    });
  }

  function release(name: string): void {
    const line = queues.get(name);
    if (!line) return;
    // The place is handed on, so that nobody who comes now gets before those in line.
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
