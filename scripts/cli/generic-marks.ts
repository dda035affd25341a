/** Which generic workers run on this machine, for `./careloop status`: each leaves a note while it runs. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import lockFile from './lock.cjs';
import type { LocalPaths } from './settings.ts';

const record = z.object({
  pid: z.number(),
  started: z.string().optional(),
  since: z.string(),
  taskQueue: z.string(),
  types: z.array(z.string()),
});
export type GenericWorkerRecord = z.infer<typeof record>;

const folderOf = (paths: LocalPaths): string => join(paths.folder, 'generic-workers');

export function markGenericWorker(
  paths: LocalPaths,
  about: Pick<GenericWorkerRecord, 'taskQueue' | 'types'>,
): { remove(): void } {
  const folder = folderOf(paths);
  const file = join(folder, `${process.pid}.json`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, JSON.stringify({ ...lockFile.identify(process.pid), since: new Date().toISOString(), ...about }));
  return { remove: () => rmSync(file, { force: true }) };
}

/** Notes of ones that were killed are removed. */
export function genericWorkers(paths: LocalPaths): GenericWorkerRecord[] {
  const folder = folderOf(paths);
  const files = existsSync(folder) ? readdirSync(folder) : [];
  return files.flatMap((name) => {
    const file = join(folder, name);
    const read = record.safeParse(jsonIn(file));
    if (read.success && lockFile.isAlive(read.data)) return [read.data];
    rmSync(file, { force: true });
    return [];
  });
}

function jsonIn(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
