/** What workers in Python and Go need on this machine: the languages themselves, and Temporal's SDKs for them, fetched once. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import lockFile from '../../../scripts/cli/lock.cjs';
import { cacheFolder } from '../../../scripts/servers/cache.ts';
import { binaryOnPath } from '../../../scripts/servers/find.ts';

const run = promisify(execFile);

/** The program to call, or why there is none, as the end of a sentence. */
export type Toolchain = { program: string } | { missing: string };

/** Downloads are given up after this: a machine without the registries is not to wait for them. */
const timeout = 120_000;

const requirements = ['temporalio==1.35.0', 'cryptography'];
const importsAll = ['-c', 'import temporalio, cryptography'];
const succeeds = (program: string, args: string[]): Promise<boolean> =>
  run(program, args).then(
    () => true,
    () => false,
  );

/** A Python that imports the SDK: the one on the PATH, or one with packages of its own in the user's cache. */
export async function findPython(env = process.env): Promise<Toolchain> {
  const python = await binaryOnPath('python3', env);
  if (python === undefined) return { missing: 'there is no python3' };
  if (await succeeds(python, importsAll)) return { program: python };
  const folder = join(cacheFolder(env), 'python', requirements.join('-'));
  const program = join(folder, 'bin', 'python');
  const held = await lockFile.lock(`${folder}.lock`);
  try {
    if (await succeeds(program, importsAll)) return { program };
    await run(python, ['-m', 'venv', '--clear', '--system-site-packages', folder]);
    await run(program, ['-m', 'pip', 'install', '--quiet', ...requirements], { timeout });
    return { program };
  } catch {
    return { missing: `python3 has no ${requirements.join(' and ')}, and pip cannot fetch them` };
  } finally {
    held.release();
  }
}

/** @param folder with the go.mod that names the SDK */
export async function findGo(folder: string, env = process.env): Promise<Toolchain> {
  const go = await binaryOnPath('go', env);
  if (go === undefined) return { missing: 'there is no go' };
  try {
    await run(go, ['mod', 'download'], { cwd: folder, timeout });
    return { program: go };
  } catch {
    return { missing: 'go cannot fetch the modules of Temporal’s SDK' };
  }
}
