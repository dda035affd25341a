/**
 * Finds each local server in the order of docs/architecture.md#local-servers: a binary on the PATH → the user's cache → the publisher's
 * download → built from a package registry. (An address in the environment comes before all of them: see `cli/start.ts`.)
 */
import { execFile } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { failure, isFailure } from '../cli/failure.ts';
import { createScreen, type Screen, type Step } from '../cli/screen.ts';
import { type CacheEntry, cachedBinary, installBinary } from './cache.ts';
import { downloadMongod, downloadTemporal } from './download.ts';
import { buildStandIn, buildTemporal, MONGOD_VERSION, STAND_IN_VERSION, TEMPORAL_VERSION } from './recipes.ts';

export type DatabaseKind = 'mongod' | 'stand-in';
export type Origin = 'path' | 'cache' | 'download' | 'build';

export interface Found {
  binary: string;
  origin: Origin;
}

export interface ObtainOptions {
  env?: NodeJS.ProcessEnv;
  screen?: Screen;
  signal?: AbortSignal | undefined;
  /** Where Temporal's binary is published; the tests have a publisher of their own. */
  temporalPublisher?: string;
  /** False leaves the downloads out. */
  download?: boolean;
}

const run = promisify(execFile);

const temporalEntry: CacheEntry = { name: 'temporal', version: TEMPORAL_VERSION, file: 'temporal' };
const mongodEntry: CacheEntry = { name: 'mongod', version: MONGOD_VERSION, file: 'mongod' };
const standInEntry: CacheEntry = { name: 'secantus-mdb', version: STAND_IN_VERSION, file: 'secantusd-rs' };

/** The Temporal CLI with its dev server. Throws a sentence that says what to install when there is no way to it. */
export async function obtainTemporal(options: ObtainOptions = {}): Promise<Found> {
  const { env, screen, signal } = withDefaults(options);
  const onPath = await binaryOnPath('temporal', env, canStartDevServer);
  if (onPath) return { binary: onPath, origin: 'path' };
  const cached = await cachedBinary(temporalEntry, env);
  if (cached) return { binary: cached, origin: 'cache' };
  const install = installer(temporalEntry, env);
  if (options.download !== false) {
    const publisher = options.temporalPublisher ?? 'https://temporal.download/cli';
    const downloaded = await attempt(screen, 'Temporal server: download', (step) =>
      install(step, (move) => downloadTemporal({ publisher, env, step, signal, install: move })),
    );
    if (downloaded) return { binary: downloaded, origin: 'download' };
  }
  signal?.throwIfAborted();
  await requireCompiler('go', env, {
    server: 'Temporal',
    install: 'the Temporal CLI (the command `temporal` on the PATH) or Go 1.21 or newer to build it',
    variable: 'TEMPORAL_ADDRESS',
  });
  const built = await building(screen, 'Temporal server', (step) =>
    install(step, (move) => buildTemporal({ env, step, signal, install: move })),
  );
  return { binary: built, origin: 'build' };
}

/** The database: `mongod`, or the stand-in for it. `kinds` leaves one out, because the data at hand was written by the other. */
export async function obtainMongodb(
  options: ObtainOptions & { kinds?: DatabaseKind[] } = {},
): Promise<Found & { kind: DatabaseKind }> {
  const { env, screen, signal } = withDefaults(options);
  const wanted = (kind: DatabaseKind) => options.kinds?.includes(kind) ?? true;
  for (const { kind, command, entry } of databases) {
    const onPath = wanted(kind) && (await binaryOnPath(command, env, answersVersion));
    if (onPath) return { kind, binary: onPath, origin: 'path' };
    const cached = wanted(kind) && (await cachedBinary(entry, env));
    if (cached) return { kind, binary: cached, origin: 'cache' };
  }
  if (wanted('mongod') && options.download !== false) {
    const install = installer(mongodEntry, env);
    const downloaded = await attempt(screen, 'MongoDB: download', (step) =>
      install(step, (move) => downloadMongod({ version: MONGOD_VERSION, env, step, signal, install: move })),
    );
    if (downloaded) return { kind: 'mongod', binary: downloaded, origin: 'download' };
  }
  signal?.throwIfAborted();
  if (!wanted('stand-in')) {
    throw failure(
      'no-mongodb',
      'The data in .local/ was written by mongod, which is neither on the PATH nor to be downloaded.',
      'Install MongoDB (the command `mongod`), set MONGODB_URI, or start afresh with ./careloop reset.',
    );
  }
  await requireCompiler('cargo', env, {
    server: 'MongoDB',
    install: 'MongoDB (the command `mongod` on the PATH) or Rust with cargo to build a stand-in for it',
    variable: 'MONGODB_URI',
  });
  const install = installer(standInEntry, env);
  const built = await building(screen, 'MongoDB-compatible server', (step) =>
    install(step, (move) => buildStandIn({ env, step, signal, install: move })),
  );
  return { kind: 'stand-in', binary: built, origin: 'build' };
}

const databases = [
  { kind: 'mongod', command: 'mongod', entry: mongodEntry },
  { kind: 'stand-in', command: 'secantusd-rs', entry: standInEntry },
] as const;

function withDefaults(options: ObtainOptions) {
  return {
    env: options.env ?? process.env,
    screen: options.screen ?? createScreen(process.stderr),
    signal: options.signal,
  };
}

/** Installs what `make` makes under the cache's lock; `make` hands its file over before its temporary folder goes. */
function installer(entry: CacheEntry, env: NodeJS.ProcessEnv) {
  return (step: Step, make: (move: (binary: string) => Promise<string>) => Promise<string>) =>
    installBinary(entry, env, make, (pid) => step.update(`process ${pid} is at it already, waiting for it`));
}

/** A try that may fail without a word: the next way is taken then. */
async function attempt(
  screen: Screen,
  name: string,
  work: (step: Step) => Promise<string>,
): Promise<string | undefined> {
  const quiet = quietStep(screen, name);
  try {
    const binary = await work(quiet);
    quiet.done();
    return binary;
  } catch {
    quiet.withdraw();
    return undefined;
  }
}

/** A step that shows itself only once it gets somewhere. */
function quietStep(screen: Screen, name: string): Step & { withdraw(): void } {
  let shown: Step | undefined;
  return {
    update(progress) {
      shown ??= screen.step(name);
      shown.update(progress);
    },
    done: (result) => shown?.done(result),
    failed: () => shown?.failed(),
    withdraw: () => shown?.failed(),
  };
}

async function building(screen: Screen, name: string, work: (step: Step) => Promise<string>): Promise<string> {
  const step = screen.step(`${name}: building it from source, once on this machine`);
  try {
    const binary = await work(step);
    step.done();
    return binary;
  } catch (error) {
    step.failed();
    if (isFailure(error)) throw failure(error.code, `${name} could not be built: ${error.message}`, error.advice);
    throw error;
  }
}

async function requireCompiler(
  compiler: string,
  env: NodeJS.ProcessEnv,
  words: { server: string; install: string; variable: string },
): Promise<void> {
  if (await binaryOnPath(compiler, env, async () => true)) return;
  throw failure(
    `no-${words.server.toLowerCase()}`,
    `There is no ${words.server} on this machine, its publisher cannot be reached, and there is no ${compiler} to build it.`,
    `Install ${words.install}, or set ${words.variable} to a server that runs.`,
  );
}

/** The first program of that name on the PATH that can be run and is usable. */
export async function binaryOnPath(
  command: string,
  env: NodeJS.ProcessEnv,
  usable: (path: string, env: NodeJS.ProcessEnv) => Promise<boolean> = async () => true,
): Promise<string | undefined> {
  for (const folder of (env['PATH'] ?? '').split(delimiter)) {
    const path = join(folder, command);
    if (folder && isExecutable(path) && (await usable(path, env))) return path;
  }
  return undefined;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** An old CLI on the PATH lacks options we need; then another way is taken. */
async function canStartDevServer(path: string, env: NodeJS.ProcessEnv): Promise<boolean> {
  const help = await outputOf(path, ['server', 'start-dev', '--help'], env);
  const needed = [
    '--sqlite-pragma',
    '--search-attribute',
    '--dynamic-config-value',
    '--ui-disable-news-fetch',
    '--ui-ip',
  ];
  return needed.every((flag) => help.includes(flag));
}

async function answersVersion(path: string, env: NodeJS.ProcessEnv): Promise<boolean> {
  return (await outputOf(path, ['--version'], env)) !== '';
}

async function outputOf(path: string, args: string[], env: NodeJS.ProcessEnv): Promise<string> {
  try {
    const { stdout } = await run(path, args, { env, timeout: 10_000 });
    return stdout;
  } catch {
    return '';
  }
}
