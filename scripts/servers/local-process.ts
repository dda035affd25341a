/**
 * A server run as a process of this machine: its output goes straight to a file (so it outlives whoever started it), and it is
 * stopped in order, or killed.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { failure } from '../cli/failure.ts';

export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

export interface LocalProcess {
  pid: number;
  exited: Promise<Exit>;
  /** SIGTERM, and SIGKILL if it has not ended after `patienceMs` (15 s). */
  stop(patienceMs?: number): Promise<void>;
  /** SIGKILL. */
  kill(): Promise<void>;
}

export interface LaunchOptions {
  command: string;
  args: string[];
  logFile: string;
  env?: NodeJS.ProcessEnv;
  cwd?: string;
  /** In a process group of its own, so that the terminal's Ctrl-C does not reach it. Otherwise it is killed when this process exits. */
  detached?: boolean;
  /** Called with the process id as soon as there is one, long before the server responds. */
  onSpawn?: ((pid: number) => void) | undefined;
}

export async function launch(options: LaunchOptions): Promise<LocalProcess> {
  mkdirSync(dirname(options.logFile), { recursive: true });
  const log = openSync(options.logFile, 'a');
  const child = spawn(options.command, options.args, {
    stdio: ['ignore', log, log],
    env: options.env ?? process.env,
    cwd: options.cwd,
    detached: options.detached ?? false,
  });
  closeSync(log);
  const exited = new Promise<Exit>((resolve) => child.once('exit', (code, signal) => resolve({ code, signal })));
  await started(child, options.command);
  options.onSpawn?.(child.pid ?? 0);
  if (!options.detached) killWithMe(child, exited);
  const send = (signal: NodeJS.Signals) => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
  };
  return {
    pid: child.pid ?? 0,
    exited,
    async stop(patienceMs = 15_000) {
      send('SIGTERM');
      const timer = setTimeout(() => send('SIGKILL'), patienceMs);
      await exited;
      clearTimeout(timer);
    },
    async kill() {
      send('SIGKILL');
      await exited;
    },
  };
}

function started(child: ChildProcess, command: string): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', (error) => reject(failure('cannot-start', `${command} does not start: ${error.message}.`)));
  });
}

function killWithMe(child: ChildProcess, exited: Promise<Exit>): void {
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  void exited.then(() => process.off('exit', kill));
}

/** The end of a log, to show with an error. */
export function lastLines(file: string, count: number): string {
  try {
    return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-count).join('\n');
  } catch {
    return '';
  }
}

/** Calls `probe` until it succeeds; fails when the process ends first or on timeout. */
export async function untilReady(
  name: string,
  server: LocalProcess,
  logFile: string,
  probe: () => Promise<void>,
  timeoutMs = 60_000,
): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  let exit: Exit | undefined;
  void server.exited.then((value) => {
    exit = value;
  });
  for (;;) {
    try {
      await probe();
      return;
    } catch (error) {
      if (exit || Date.now() > deadline) {
        await server.kill();
        const what = exit ? `ended at once (${exit.signal ?? `code ${exit.code}`})` : 'does not become ready';
        throw failure(
          'server-not-ready',
          `${name} ${what}: ${error instanceof Error ? error.message : String(error)}\n${lastLines(logFile, 10)}`,
          `The whole log: ${logFile}`,
        );
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
