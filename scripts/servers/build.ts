/**
 * Builds a server from a package registry: runs the compiler with its caches in a temporary folder that goes afterwards, and shows how
 * far it is by counting what it reports.
 */
import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, statfs, writeFile } from 'node:fs/promises';
import { constants, setPriority, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { failure } from '../cli/failure.ts';
import lockFile from '../cli/lock.cjs';
import { lastLines } from './local-process.ts';

const PREFIX = 'careloop-build-';
const OWNER = 'owner.json';

export interface Compilation {
  command: string;
  args: string[];
  cwd?: string;
  env: NodeJS.ProcessEnv;
  logFile: string;
  signal?: AbortSignal | undefined;
  /** Called with each line the compiler writes. */
  onLine(line: string): void;
}

/** Gives `work` a temporary folder with that much room (in bytes), and removes it with all that is in it, also when `work` fails. */
export async function inBuildFolder<T>(
  room: number,
  env: NodeJS.ProcessEnv,
  work: (folder: string) => Promise<T>,
): Promise<T> {
  const parent = env['TMPDIR'] || tmpdir();
  await removeAbandoned(parent);
  const { bavail, bsize } = await statfs(parent);
  if (bavail * bsize < room) {
    const gigabytes = Math.ceil(room / 1e9);
    throw failure(
      'no-room',
      `Building needs ${gigabytes} GB of room for a while, and ${parent} has ${Math.floor((bavail * bsize) / 1e9)} GB.`,
      'Make room there, or set TMPDIR to a folder on a bigger disk.',
    );
  }
  const folder = await mkdtemp(join(parent, PREFIX));
  try {
    await writeFile(join(folder, OWNER), JSON.stringify(lockFile.identify(process.pid)));
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Folders of builds that were killed: they are some gigabytes each. */
async function removeAbandoned(parent: string): Promise<void> {
  for (const name of await readdir(parent)) {
    if (!name.startsWith(PREFIX)) continue;
    try {
      const owner = JSON.parse(await readFile(join(parent, name, OWNER), 'utf8'));
      if (!lockFile.isAlive(owner)) await rm(join(parent, name), { recursive: true, force: true });
    } catch {
      // Just being made, or of another process: left alone.
    }
  }
}

/** Runs the compiler to its end. Throws with the end of its output when it fails; the whole of it is in the log file. */
export async function compile(options: Compilation): Promise<void> {
  await mkdir(dirname(options.logFile), { recursive: true });
  const log = createWriteStream(options.logFile);
  const child = spawn(options.command, options.args, {
    cwd: options.cwd,
    env: options.env,
    // A process group of its own: an interruption has to end the compilers it starts too.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const killGroup = () => {
    try {
      process.kill(-(child.pid ?? 0), 'SIGKILL');
    } catch {
      // It has ended already.
    }
  };
  options.signal?.addEventListener('abort', killGroup);
  process.once('exit', killGroup);
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      log.write(`${line}\n`);
      options.onLine(line);
    });
  }
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('spawn', () => makeNice(child.pid ?? 0));
      child.once('error', reject);
      child.once('close', resolve);
    });
    await new Promise((resolve) => log.end(resolve));
    options.signal?.throwIfAborted();
    if (code !== 0) {
      throw failure(
        'build-failed',
        `${options.command} ended with code ${code}:\n${lastLines(options.logFile, 12)}`,
        `The whole output: ${options.logFile}`,
      );
    }
  } finally {
    options.signal?.removeEventListener('abort', killGroup);
    process.off('exit', killGroup);
  }
}

/** The build may take long; the person at the machine has other things to do with it. */
function makeNice(pid: number): void {
  try {
    setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // Not allowed here: then it runs as everything else does.
  }
}
