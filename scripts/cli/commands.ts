/** The commands about a Careloop that runs, or ran: stop, status, logs, reset, demo. Each returns its exit code. */
import { spawn } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import pc from 'picocolors';
import { failure } from './failure.ts';
import { genericWorkers } from './generic-marks.ts';
import { databaseNames, pad } from './help-texts.ts';
import lockFile from './lock.cjs';
import { readiness } from './ready.ts';
import { endLeftovers, endProcess, type RunRecord, readRun, removeRun } from './run-state.ts';
import { during, elapsed, type Screen } from './screen.ts';
import { type LocalPaths, logNames, root } from './settings.ts';

/** The supervisor may have five parts to stop one after the other. */
const STOP_WITHIN_MS = 60_000;

function isRunning(run: RunRecord | undefined): boolean {
  return run !== undefined && lockFile.isAlive(run.supervisor);
}

export async function stop(paths: LocalPaths, screen: Screen): Promise<number> {
  const run = readRun(paths.run);
  const left = run?.parts.some((part) => lockFile.isAlive(part));
  if (!run || (!isRunning(run) && !left)) {
    screen.line('Careloop is not running.');
    return 0;
  }
  if (isRunning(run)) await during(screen, 'Stopping Careloop', () => endProcess(run.supervisor, STOP_WITHIN_MS));
  // Only what outlived its supervisor is still there.
  const after = readRun(paths.run);
  if (after) await endLeftovers(after, screen);
  removeRun(paths.run);
  return 0;
}

/** Exit code 0: ready; 1: running, not ready; 3: not running. */
export async function status(paths: LocalPaths, screen: Screen): Promise<number> {
  const run = readRun(paths.run);
  if (!run || !isRunning(run)) {
    screen.line('Careloop is not running. ./careloop start starts it.');
    const left = run?.parts.filter((part) => lockFile.isAlive(part)) ?? [];
    for (const part of left) screen.line(`  ${part.name} (process ${part.pid}) is left over; ./careloop stop ends it.`);
    return 3;
  }
  const addresses: Record<string, string> = {
    temporal: [run.addresses.temporal, run.addresses.temporalUi].filter(Boolean).join('  UI '),
    mongodb: [run.addresses.mongodb, run.database && databaseNames[run.database]].filter(Boolean).join('  '),
    api: run.addresses.api,
    simulator: run.addresses.simulator ?? '',
  };
  const answer = await readiness(run.addresses.api);
  screen.line(
    answer.ready ? pc.green('Careloop is ready · 已就绪') : pc.yellow(`Careloop runs, but is not ready: ${answer.why}`),
  );
  const { simulator } = run.addresses;
  for (const name of ['temporal', 'mongodb', 'worker', 'api', ...(simulator === undefined ? [] : ['simulator'])]) {
    const part = run.parts.find((record) => record.name === name);
    const alive = part && lockFile.isAlive(part);
    const state =
      part && alive
        ? `process ${part.pid}, up ${elapsed(Date.now() - Date.parse(part.since))}`
        : stateOfOther(name, run);
    const restarts = part?.restarts ? `, restarts: ${part.restarts}` : '';
    screen.line(`  ${pad(name, 10)} ${pad(`${state}${restarts}`, 34)} ${pc.cyan(addresses[name] ?? '')}`);
  }
  for (const { pid, since, taskQueue, types } of genericWorkers(paths)) {
    const state = `process ${pid}, up ${elapsed(Date.now() - Date.parse(since))}`;
    const what = types.includes('*') ? 'any job type' : types.join(', ');
    screen.line(`  ${pad('generic', 10)} ${pad(state, 34)} ${pc.cyan(`task queue ${taskQueue}: ${what}`)}`);
  }
  return answer.ready ? 0 : 1;
}

function stateOfOther(name: string, run: RunRecord): string {
  const external = name === 'temporal' || name === 'mongodb';
  return external && run.ready ? 'not started here' : 'not running';
}

export interface LogOptions {
  name: string | undefined;
  lines: number;
  follow: boolean;
}

export async function logs(paths: LocalPaths, options: LogOptions): Promise<number> {
  if (options.name && !logNames.includes(options.name)) {
    throw failure('no-such-log', `There is no log "${options.name}".`, `The logs are: ${logNames.join(', ')}.`);
  }
  const all = logNames.map((name) => paths.log(name)).filter((file) => existsSync(file));
  const files = options.name ? [paths.log(options.name)] : all;
  return runProgram('tail', ['-n', String(options.lines), ...(options.follow ? ['-F'] : []), ...files]);
}

export function reset(paths: LocalPaths, screen: Screen): number {
  const run = readRun(paths.run);
  const holder = lockFile.tryLock(paths.lock);
  if (!holder.ok || run?.parts.some((part) => lockFile.isAlive(part))) {
    if (holder.ok) holder.release();
    throw failure(
      'still-running',
      'Careloop is running; its data cannot be removed now.',
      'Stop it first: ./careloop stop',
    );
  }
  rmSync(paths.folder, { recursive: true, force: true });
  screen.line('Removed all local data (.local/).');
  return 0;
}

/** On the database of MONGODB_URI, or of the Careloop that runs here. */
function withDatabase(paths: LocalPaths): NodeJS.ProcessEnv {
  const uri = process.env['MONGODB_URI'] ?? readRun(paths.run)?.addresses.mongodb;
  if (!uri)
    throw failure('not-running', 'Careloop is not running.', 'Start it first: ./careloop start (or give MONGODB_URI).');
  return { ...process.env, MONGODB_URI: uri };
}

export function addAdministrator(paths: LocalPaths, [id = '', name = '']: string[]): Promise<number> {
  const args = ['--import', 'tsx', join(root, 'scripts/add-administrator.ts'), id, name];
  return runProgram(process.execPath, args, withDatabase(paths));
}

export function deploy(paths: LocalPaths): Promise<number> {
  const args = ['--import', 'tsx', join(root, 'scripts/seed.ts'), '--deploy'];
  return runProgram(process.execPath, args, withDatabase(paths));
}

export interface DemoOptions {
  url: string | undefined;
  speed: string | undefined;
  patients: string | undefined;
  only: string | undefined;
}

export function demo(paths: LocalPaths, options: DemoOptions): Promise<number> {
  const url = options.url ?? process.env['CARELOOP_URL'] ?? readRun(paths.run)?.addresses.api;
  if (!url)
    throw failure('not-running', 'Careloop is not running.', 'Start it first: ./careloop start (or give --url URL).');
  const { speed, only, patients } = options;
  const given = Object.entries({ speed, only, patients }).flatMap(([name, value]) =>
    value ? [`--${name}`, value] : [],
  );
  const args = ['--import', 'tsx', join(root, 'scripts/demo.ts'), ...given];
  return runProgram(process.execPath, args, { ...process.env, CARELOOP_URL: url });
}

/** Runs a program on this terminal. Ctrl-C reaches it too; we wait for its own end. */
export async function runProgram(
  command: string,
  args: string[],
  env: NodeJS.ProcessEnv = process.env,
  cwd: string = root,
): Promise<number> {
  const patient = () => {};
  process.on('SIGINT', patient);
  try {
    return await new Promise((resolve, reject) => {
      const child = spawn(command, args, { cwd, stdio: 'inherit', env });
      child.once('error', reject);
      child.once('exit', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? 130 : 1)));
    });
  } finally {
    process.off('SIGINT', patient);
  }
}
