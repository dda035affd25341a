/** `./careloop start`: everything from a clone to a screen that says where to log in, and then watching over it until it is stopped. */
import { execFile } from 'node:child_process';
import { createWriteStream, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { lastLines } from '../servers/local-process.ts';
import { LOOPBACK } from '../servers/ports.ts';
import { failure, messageOf } from './failure.ts';
import { alreadyRunning, finalScreen } from './help-texts.ts';
import { localKeys } from './local-keys.ts';
import lockFile from './lock.cjs';
import { programParts, serverParts } from './parts.ts';
import { prepareAll, requireFreePorts, withoutCredentials } from './prepare.ts';
import { untilApiIsReady } from './ready.ts';
import { onBoth } from './relay.ts';
import { endLeftovers, type Login, loginList, type RunRecord, readRun, removeRun, writeRun } from './run-state.ts';
import { createScreen, during, elapsed, type Screen } from './screen.ts';
import {
  addressOf,
  databaseId,
  type LocalPaths,
  localPaths,
  logNames,
  programEnvironment,
  root,
  type Settings,
  simulatorUrl,
  usesSimulator,
} from './settings.ts';
import { createSupervisor, type Part, type Supervisor } from './supervisor.ts';

const READY_WITHIN_MS = 120_000;
const LARGEST_LOG = 20_000_000;
/** A program that ended this often before the first readiness will not become ready. */
const HOPELESS_RESTARTS = 4;

export interface StartOptions {
  settings: Settings;
  screen: Screen;
  /** Aborted by Ctrl-C, `stop`, or the end of the terminal. */
  signal: AbortSignal;
  /** Takes what is to be done when the person does not want to wait for an orderly end. */
  onImpatience(kill: () => void): void;
  onReady(): void;
}

/** Runs until `signal` is aborted and everything it started has ended. Returns the exit code. */
export async function start(options: StartOptions): Promise<number> {
  const { signal } = options;
  const paths = localPaths();
  const settings = withDatabaseId(options.settings, paths);
  const lock = lockFile.tryLock(paths.lock);
  if (!lock.ok) {
    alreadyRunning(options.screen, readRun(paths.run), lock.holder.pid);
    options.onReady();
    return 0;
  }
  const screen = onBoth(options.screen, logScreen(paths));
  const since = Date.now();
  const left = readRun(paths.run);
  const run: RunRecord = {
    supervisor: lockFile.identify(process.pid),
    parts: left?.parts ?? [],
    ready: false,
    addresses: addressesOf(settings),
    logins: [],
  };
  const save = () => writeRun(paths.run, run);
  save();
  let stop = async () => {};
  try {
    if (left) await endLeftovers(left, screen);
    await requireFreePorts(settings);
    const binaries = await prepareAll(settings, paths, screen, signal);
    run.database = binaries.mongodb?.kind;
    const supervisor = createSupervisor({
      say: (text) => screen.line(`${new Date().toLocaleTimeString('en-GB')}  ${text}`),
      onChange(parts) {
        run.parts = parts.map((part) => ({ ...part, ...lockFile.identify(part.pid) }));
        save();
      },
    });
    stop = () => during(screen, 'Stopping what was started', () => supervisor.stopAll());
    options.onImpatience(() => void supervisor.stopAll());
    await startServers(supervisor, serverParts(settings, paths, binaries), screen);
    signal.throwIfAborted();
    const [logins] = await Promise.all([
      during(screen, 'Definitions deployed, demo staff in place', () => seed(settings, paths, signal)),
      ...programParts(settings, paths).map((part) => supervisor.start(part)),
    ]);
    run.logins = logins;
    await during(screen, 'Ready', (step) =>
      untilApiIsReady(run.addresses.api, {
        timeoutMs: READY_WITHIN_MS,
        signal,
        onProgress: step.update,
        hopeless: () => hopelessPart(run, paths),
      }),
    );
    run.ready = true;
    save();
    // Not into the log: there are passwords on it.
    finalScreen(options.screen, run, elapsed(Date.now() - since));
    options.onReady();
    await aborted(signal);
    return 0;
  } catch (error) {
    if (signal.aborted) return 0;
    throw error;
  } finally {
    await stop();
    if (run.parts.every((part) => !lockFile.isAlive(part))) removeRun(paths.run);
    lock.release();
  }
}

function addressesOf(settings: Settings): RunRecord['addresses'] {
  const { ports, temporalAddress, mongodbUri, host } = settings;
  return {
    api: `http://${addressOf(host)}:${ports.api}`,
    temporal: temporalAddress ?? `${LOOPBACK}:${ports.temporal}`,
    temporalUi: temporalAddress ? undefined : `http://${LOOPBACK}:${ports.temporalUi}`,
    mongodb: mongodbUri
      ? withoutCredentials(mongodbUri)
      : `mongodb://${LOOPBACK}:${ports.mongodb}/careloop?directConnection=true`,
    ...(usesSimulator(settings) && { simulator: simulatorUrl(settings) }),
  };
}

/** Only of a database that is started here: an existing one gets no demo data and no faster process time. */
function withDatabaseId(settings: Settings, paths: LocalPaths): Settings {
  return settings.mongodbUri ? settings : { ...settings, databaseId: databaseId(paths.databaseId) };
}

async function startServers(supervisor: Supervisor, parts: Part[], screen: Screen): Promise<void> {
  const titles: Record<string, string> = { temporal: 'Temporal started', mongodb: 'Database started' };
  const starting = parts.map((part) => during(screen, titles[part.name] ?? part.name, () => supervisor.start(part)));
  const failed = (await Promise.allSettled(starting)).find((outcome) => outcome.status === 'rejected');
  if (failed) throw failed.reason;
}

/** Deploys the definitions and creates the demo staff, as often as one likes; returns their logins. */
async function seed(settings: Settings, paths: LocalPaths, signal: AbortSignal): Promise<Login[]> {
  const args = ['--import', 'tsx', join(root, 'scripts', 'seed.ts')];
  const options = {
    cwd: root,
    env: programEnvironment(settings, localKeys(paths.keys, settings.env)),
    maxBuffer: 10_000_000,
    signal,
  };
  try {
    const { stdout } = await promisify(execFile)(process.execPath, args, options);
    return z.object({ logins: loginList }).parse(JSON.parse(stdout)).logins;
  } catch (error) {
    signal.throwIfAborted();
    const stderr = error && typeof error === 'object' && 'stderr' in error ? String(error.stderr).trim() : '';
    throw failure('seed-failed', `The definitions and demo staff could not be set up: ${stderr || messageOf(error)}`);
  }
}

function hopelessPart(run: RunRecord, paths: LocalPaths): string | undefined {
  const part = run.parts.find((record) => record.restarts >= HOPELESS_RESTARTS);
  return part && `${part.name} keeps ending. The end of its log:\n${lastLines(paths.log(part.name), 12)}`;
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

/** What is on the screen also goes to .local/logs/careloop.log. Logs that have grown large are put aside first. */
function logScreen(paths: LocalPaths): Screen {
  mkdirSync(paths.logs, { recursive: true });
  for (const name of logNames) {
    const file = paths.log(name);
    if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > LARGEST_LOG) renameSync(file, `${file}.old`);
  }
  const output = createWriteStream(paths.log('careloop'), { flags: 'a' });
  return createScreen({ write: (text) => output.write(text) });
}
