/**
 * Downloads a server's binary from its publisher. Both give up soon when nothing comes: on a machine that reaches registries only, the
 * next way is taken instead.
 */
import { execFile, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { z } from 'zod';
import type { Step } from '../cli/screen.ts';
import { TEMPORAL_VERSION } from './recipes.ts';

export interface DownloadOptions {
  env: NodeJS.ProcessEnv;
  step: Step;
  signal?: AbortSignal | undefined;
  install(binary: string): Promise<string>;
}

/** Nothing at all within this time: the publisher cannot be reached from here. */
const FIRST_ANSWER_MS = 5000;
/** A download without progress for this long is given up. */
const STANDSTILL_MS = 20_000;

const publication = z.object({ archiveUrl: z.url(), fileToExtract: z.string() });

async function inTemporaryFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'careloop-download-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Temporal's publisher names the archive for a version and platform, as its own SDKs ask for it. */
export function downloadTemporal(options: DownloadOptions & { publisher: string }): Promise<string> {
  return inTemporaryFolder(async (folder) => {
    const arch = process.arch === 'x64' ? 'amd64' : process.arch;
    const question = new URLSearchParams({ platform: process.platform, arch, format: 'tar.gz' });
    const watch = watchdog(options.signal);
    const get = async (url: string) => {
      watch.expectWithin(FIRST_ANSWER_MS);
      const response = await fetch(url, { signal: watch.signal });
      if (!response.ok || !response.body) throw new Error(`the publisher answers ${response.status}`);
      return { response, body: response.body };
    };
    try {
      const { response } = await get(`${options.publisher}/v${TEMPORAL_VERSION}?${question}`);
      const { archiveUrl, fileToExtract } = publication.parse(await response.json());
      const archive = join(folder, 'archive.tar.gz');
      const { body } = await get(archiveUrl);
      let bytes = 0;
      const counted = async function* (source: AsyncIterable<Uint8Array>) {
        for await (const chunk of source) {
          watch.expectWithin(STANDSTILL_MS);
          bytes += chunk.length;
          options.step.update(megabytes(bytes));
          yield chunk;
        }
      };
      await pipeline(body, counted, createWriteStream(archive), { signal: watch.signal });
      watch.end();
      await promisify(execFile)('tar', ['-xzf', archive, '-C', folder, fileToExtract], { signal: options.signal });
      return await options.install(join(folder, fileToExtract));
    } finally {
      watch.end();
    }
  });
}

/**
 * `mongod` through mongodb-memory-server, which knows the publisher's archives. In a process of its own: it has no time-out that would
 * suit, and writes to the screen.
 */
export function downloadMongod(options: DownloadOptions & { version: string }): Promise<string> {
  return inTemporaryFolder(async (folder) => {
    const script = join(import.meta.dirname, 'download-mongod.ts');
    const child = spawn(process.execPath, ['--import', 'tsx', script, folder, options.version], {
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      // Certificates are checked only when this is set.
      env: { ...options.env, npm_config_strict_ssl: 'true' },
    });
    const watch = watchdog(options.signal);
    watch.signal.addEventListener('abort', () => child.kill('SIGKILL'));
    watch.expectWithin(FIRST_ANSWER_MS + 2000);
    let seen = 0;
    const look = setInterval(async () => {
      const bytes = await sizeOf(folder);
      if (bytes <= seen) return;
      seen = bytes;
      watch.expectWithin(STANDSTILL_MS);
      options.step.update(megabytes(bytes));
    }, 250);
    try {
      const path = await new Promise<string>((resolve, reject) => {
        child.once('message', (message) => resolve(z.string().parse(message)));
        child.once('exit', () => reject(new Error('no download')));
        child.once('error', reject);
      });
      return await options.install(path);
    } finally {
      clearInterval(look);
      watch.end();
      child.kill('SIGKILL');
    }
  });
}

/** A signal that aborts when what is expected does not come in time, or when the caller wants an end. */
function watchdog(outer: AbortSignal | undefined) {
  const controller = new AbortController();
  const abort = () => controller.abort();
  outer?.addEventListener('abort', abort);
  let timer: NodeJS.Timeout | undefined;
  return {
    signal: controller.signal,
    expectWithin(milliseconds: number) {
      clearTimeout(timer);
      timer = setTimeout(abort, milliseconds);
    },
    end() {
      clearTimeout(timer);
      outer?.removeEventListener('abort', abort);
    },
  };
}

async function sizeOf(folder: string): Promise<number> {
  let bytes = 0;
  for (const name of await readdir(folder).catch(() => [])) {
    bytes += await stat(join(folder, name)).then(
      (file) => file.size,
      () => 0,
    );
  }
  return bytes;
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`;
}
