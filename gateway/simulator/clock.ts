/** Clock of the simulated carrier: real time, or standing, and can be advanced; work that falls due meanwhile runs in order. */

export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  after(ms: number, work: () => Promise<void>): void;
  /** Returns when all that was due by then is done. */
  advance(ms: number): Promise<void>;
  stop(): void;
}

interface Due {
  at: number;
  work: () => Promise<void>;
}

/** Timers of Node take no longer times. */
const longestTimerMs = 2 ** 31 - 1;

/** @param standing it goes by `advance` alone */
export function createClock({ standing = false }: { standing?: boolean } = {}): Clock {
  let ahead = 0;
  const stoodAt = Date.now();
  let due: Due[] = [];
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;
  const now = (): number => (standing ? stoodAt : Date.now()) + ahead;

  const takeDue = (until: number): Due | undefined => {
    const [first] = due;
    if (!first || first.at > until) return undefined;
    due = due.slice(1);
    return first;
  };
  const setTimer = (): void => {
    clearTimeout(timer);
    const [first] = due;
    if (standing || isStopped || !first) return;
    const inMs = Math.min(longestTimerMs, Math.max(0, first.at - now()));
    timer = setTimeout(() => void runDue().then(setTimer), inMs);
  };
  const runDue = async (): Promise<void> => {
    for (let next = takeDue(now()); next; next = takeDue(now())) await next.work();
  };

  return {
    now,
    after(ms, work) {
      const one = { at: now() + ms, work };
      const index = due.findIndex(({ at }) => at > one.at);
      due = index < 0 ? [...due, one] : due.toSpliced(index, 0, one);
      setTimer();
    },
    async advance(ms) {
      const until = now() + ms;
      for (let next = takeDue(until); next; next = takeDue(until)) {
        ahead += Math.max(0, next.at - now());
        await next.work();
      }
      ahead += Math.max(0, until - now());
      setTimer();
    },
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}
