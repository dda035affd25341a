/**
 * The user's cache of server binaries, one folder per name, version and platform, shared by all clones:
 * `<cache>/careloop/<name>/<version>-<platform>/<file>` with its checksum beside it. A folder is there complete or not at all.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { chmod, copyFile, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import lockFile from '../cli/lock.cjs';

export interface CacheEntry {
  /** `temporal`, `mongod`, … */
  name: string;
  version: string;
  /** Name of the binary's file. */
  file: string;
}

/** The user's cache directory, where every platform's tools look for it. */
export function cacheFolder(env: NodeJS.ProcessEnv): string {
  return join(env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'careloop');
}

function pathOf(entry: CacheEntry, env: NodeJS.ProcessEnv): string {
  return join(cacheFolder(env), entry.name, `${entry.version}-${process.platform}-${process.arch}`, entry.file);
}

/** The binary, when it is there and is the one that was installed. */
export async function cachedBinary(entry: CacheEntry, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  const path = pathOf(entry, env);
  try {
    const [expected] = (await readFile(`${path}.sha256`, 'utf8')).split(' ');
    return (await sha256(path)) === expected ? path : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Has `make` make the binary and hand it to `move`, which installs it in one step. When another process is at it already, waits for that
 * one (`onWait` is told which) and takes its result.
 */
export async function installBinary(
  entry: CacheEntry,
  env: NodeJS.ProcessEnv,
  make: (move: (binary: string) => Promise<string>) => Promise<string>,
  onWait?: (pid: number) => void,
): Promise<string> {
  const path = pathOf(entry, env);
  const folder = dirname(path);
  const lock = await lockFile.lock(`${folder}.lock`, (holder) => onWait?.(holder.pid));
  const fresh = `${folder}.new-${process.pid}`;
  try {
    const there = await cachedBinary(entry, env);
    if (there) return there;
    return await make(async (binary) => {
      await mkdir(fresh, { recursive: true });
      const target = join(fresh, entry.file);
      await copyFile(binary, target);
      await chmod(target, 0o755);
      await writeFile(`${target}.sha256`, `${await sha256(target)}  ${basename(target)}\n`);
      await rm(folder, { recursive: true, force: true });
      await rename(fresh, folder);
      return path;
    });
  } finally {
    await rm(fresh, { recursive: true, force: true });
    lock.release();
  }
}

async function sha256(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return hash.digest('hex');
}
