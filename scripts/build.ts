/**
 * Makes dist/ for production: worker and API as one file each, the workflow bundle, and the web console. Does nothing when it is up to date with the
 * sources, so that a second start is quick.
 */
import { createHash } from 'node:crypto';
import { copyFile, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { build } from 'esbuild';
import { bundleOptions } from '../worker/bundle.ts';
import { buildConsole } from './build-console.ts';
import lockFile from './cli/lock.cjs';

const root = resolve(import.meta.dirname, '..');
const sources = [
  'engine',
  'workflows',
  'activities',
  'store',
  'gateway',
  'worker',
  'api',
  'temporal',
  'types',
  'web/index.html',
  'web/package-lock.json',
  'web/public',
  'web/src',
  'web/vite.config.ts',
  'tools/api-types.ts',
  'scripts/build.ts',
  'scripts/build-console.ts',
  'package-lock.json',
];

/** Builds when something changed; says whether it did. Two at once do not disturb each other, nor what runs from dist/ already. */
export async function buildAll(folder = root): Promise<'built' | 'up to date'> {
  const dist = join(folder, 'dist');
  const stamp = join(dist, 'sources.sha256');
  const held = await lockFile.lock(join(folder, '.local', 'build.lock'));
  const fresh = join(folder, `dist.new-${process.pid}`);
  try {
    const hash = await hashOf(folder);
    if ((await readFile(stamp, 'utf8').catch(() => '')) === hash) return 'up to date';
    await mkdir(fresh, { recursive: true });
    await Promise.all([
      bundlePrograms(folder, fresh),
      bundleWorkflows(folder, fresh),
      buildConsole(folder, join(fresh, 'web')),
    ]);
    await writeFile(join(fresh, 'sources.sha256'), hash);
    await rm(dist, { recursive: true, force: true });
    await rename(fresh, dist);
    return 'built';
  } finally {
    await rm(fresh, { recursive: true, force: true });
    held.release();
  }
}

async function bundlePrograms(folder: string, out: string): Promise<void> {
  for (const beside of ['worker/no-stack-traces.cjs', 'temporal/sealing/failure-converter.cjs'])
    await copyFile(join(folder, beside), join(out, basename(beside)));
  await build({
    entryPoints: {
      worker: join(folder, 'worker/main.ts'),
      api: join(folder, 'api/main.ts'),
      simulator: join(folder, 'gateway/simulator/main.ts'),
      'compile-thread': join(folder, 'api/compiler/compile-thread.ts'),
      'import-thread': join(folder, 'api/resources/patient-imports/import-thread.ts'),
    },
    outdir: out,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    // The least Node that starts us: before 20.10 it knew no import attributes, and esbuild would leave them out.
    target: 'node20.19',
    sourcemap: true,
    logLevel: 'error',
  });
}

async function bundleWorkflows(folder: string, out: string): Promise<void> {
  const { code } = await bundleWorkflowCode({
    ...bundleOptions(folder),
    logger: new DefaultLogger('WARN'),
  });
  await writeFile(join(out, 'workflow-bundle.js'), code);
}

async function hashOf(folder: string): Promise<string> {
  const hash = createHash('sha256').update(process.versions.node);
  for (const source of sources) {
    for (const file of await filesIn(join(folder, source)))
      hash.update(`${file.slice(folder.length)}\0`).update(await readFile(file));
  }
  return hash.digest('hex');
}

async function filesIn(path: string): Promise<string[]> {
  try {
    const entries = await readdir(path, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort();
  } catch {
    return [path];
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const since = Date.now();
  console.log(`dist/: ${await buildAll()} (${((Date.now() - since) / 1000).toFixed(1)} s)`);
}
