/** Keeps the parts of Careloop running: one that ends by itself is started again, sooner at first, then more patiently. */
import type { Exit, LocalProcess } from '../servers/local-process.ts';
import { messageOf } from './failure.ts';

export interface Part {
  name: string;
  /** Starts it; says its process id as soon as it has one, and returns when it runs (and, for a server, answers). */
  start(onSpawn: (pid: number) => void): Promise<LocalProcess>;
}

export interface RunningPart {
  name: string;
  pid: number;
  /** When it was started, ISO. */
  since: string;
  restarts: number;
}

export interface SupervisorOptions {
  say(text: string): void;
  /** Called each time a part starts or ends. */
  onChange(parts: RunningPart[]): void;
  /** Waits before a restart; ends early when the signal is aborted. */
  wait?(milliseconds: number, signal: AbortSignal): Promise<void>;
  now?(): number;
}

export interface Supervisor {
  start(part: Part): Promise<void>;
  /** Stops all parts, the last started first, and starts none again. Called a second time, it kills them. */
  stopAll(): Promise<void>;
}

const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 30_000;
/** A part that ran this long was well: the next restart is quick again. */
const WELL_AFTER_MS = 60_000;

interface Watched {
  part: Part;
  process: LocalProcess | undefined;
  running: RunningPart | undefined;
  /** The restarts under way, so that stopping can wait for them. */
  loop: Promise<void>;
}

export function createSupervisor(options: SupervisorOptions): Supervisor {
  const wait = options.wait ?? waitFor;
  const now = options.now ?? Date.now;
  const stopping = new AbortController();
  const watched: Watched[] = [];
  const report = () => options.onChange(watched.flatMap(({ running }) => (running ? [running] : [])));

  async function launch(entry: Watched, restarts: number): Promise<LocalProcess> {
    try {
      entry.process = await entry.part.start((pid) => {
        entry.running = { name: entry.part.name, pid, since: new Date(now()).toISOString(), restarts };
        report();
      });
      return entry.process;
    } catch (error) {
      entry.running = undefined;
      report();
      throw error;
    }
  }

  async function keep(entry: Watched, first: LocalProcess): Promise<void> {
    let process: LocalProcess | undefined = first;
    let delay = FIRST_DELAY_MS;
    for (let restarts = 1; ; restarts += 1) {
      if (process) {
        const since = Date.parse(entry.running?.since ?? '');
        const exit = await process.exited;
        entry.process = undefined;
        entry.running = undefined;
        report();
        if (stopping.signal.aborted) return;
        if (now() - since >= WELL_AFTER_MS) delay = FIRST_DELAY_MS;
        options.say(`${entry.part.name} ended (${describe(exit)}); starting it again in ${delay / 1000} s.`);
      }
      await wait(delay, stopping.signal);
      if (stopping.signal.aborted) return;
      delay = Math.min(delay * 2, LONGEST_DELAY_MS);
      try {
        process = await launch(entry, restarts);
        options.say(`${entry.part.name} runs again.`);
      } catch (error) {
        process = undefined;
        if (stopping.signal.aborted) return;
        options.say(`${entry.part.name} does not start: ${messageOf(error)} Trying again in ${delay / 1000} s.`);
      }
      // Stopped while it was starting: only this call has its process yet.
      if (stopping.signal.aborted) {
        await process?.stop();
        return;
      }
    }
  }

  return {
    async start(part) {
      const entry: Watched = { part, process: undefined, running: undefined, loop: Promise.resolve() };
      watched.push(entry);
      const process = await launch(entry, 0);
      if (stopping.signal.aborted) await process.stop();
      else entry.loop = keep(entry, process);
    },
    async stopAll() {
      if (stopping.signal.aborted) {
        await Promise.all(watched.map((entry) => entry.process?.kill()));
        return;
      }
      stopping.abort();
      for (const entry of watched.toReversed()) {
        await entry.process?.stop();
        await entry.loop;
      }
    },
  };
}

function describe({ code, signal }: Exit): string {
  return signal ? `signal ${signal}` : `code ${code}`;
}

function waitFor(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
