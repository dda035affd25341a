/**
 * The workers that docs/job-workers.md prints, as programs: each block is written to the file that its first line names, beside what they
 * call (acme.*), and nothing else.
 */
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { inject } from 'vitest';
import { type LocalProcess, launch } from '../../../scripts/servers/local-process.ts';
import { namespace } from '../namespace.ts';
import { findGo, findPython, type Toolchain } from './toolchains.ts';

const root = resolve(import.meta.dirname, '../../..');

export interface DocumentedWorker {
  /** Keys of the charges it has made, each time. */
  charges(): Promise<string[]>;
  stop(): Promise<void>;
}

export interface DocumentedLanguage {
  name: 'TypeScript' | 'Python' | 'Go';
  /** Why it cannot be tried on this machine, as the end of a sentence. */
  missing?: string;
  /** @param keys as in CARELOOP_JOB_KEYS */
  start(keys: string): Promise<DocumentedWorker>;
  /** After the last worker. */
  close(): Promise<void>;
}

type Command = [program: string, ...args: string[]];

/** @param prepare makes the program in the folder, once @returns how it is run there */
function language(
  name: DocumentedLanguage['name'],
  toolchain: Toolchain,
  prepare: (folder: string, program: string) => Promise<Command>,
): DocumentedLanguage {
  // Inside the clone, where the packages of Node are found.
  const folder = join(root, '.local', `worker-${randomUUID().slice(0, 8)}`);
  let prepared: Promise<Command> | undefined;
  return {
    name,
    ...('missing' in toolchain && toolchain),
    async start(keys) {
      if ('missing' in toolchain) throw new Error(toolchain.missing);
      prepared ??= writeProgram(folder).then(() => prepare(folder, toolchain.program));
      const [command, ...args] = await prepared;
      const logFile = join(folder, `${randomUUID()}.log`);
      const address = inject('temporalAddress');
      const env = {
        ...process.env,
        TEMPORAL_ADDRESS: address,
        TEMPORAL_NAMESPACE: namespace,
        CARELOOP_JOB_KEYS: keys,
      };
      return running(await launch({ command, args, cwd: folder, env, logFile }), logFile);
    },
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

function running(worker: LocalProcess, logFile: string): DocumentedWorker {
  return {
    charges: async () =>
      [...(await readFile(logFile, 'utf8')).matchAll(/^charges (.*)$/gm)].map(([, key]) => key ?? ''),
    stop: () => worker.stop(),
  };
}

async function writeProgram(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const file of ['acme.ts', 'acme.py', 'acme.go', 'go.mod', 'go.sum'])
    await cp(join(import.meta.dirname, file), join(folder, file));
  const page = await readFile(join(root, 'docs/job-workers.md'), 'utf8');
  for (const [, file = '', code = ''] of page.matchAll(/^```\w+\n(?:\/\/|#) ([\w.-]+)\n(.*?)^```$/gms))
    await writeFile(join(folder, file), code);
}

const [python, go] = await Promise.all([findPython(), findGo(import.meta.dirname)]);

export const documentedLanguages: DocumentedLanguage[] = [
  language('TypeScript', { program: process.execPath }, async (_, node) => [node, '--import', 'tsx', 'worker.ts']),
  language('Python', python, async (_, program) => [program, 'worker.py']),
  language('Go', go, async (folder, program) => {
    const binary = join(folder, 'worker');
    await promisify(execFile)(program, ['build', '-mod=readonly', '-o', binary, '.'], { cwd: folder });
    return [binary];
  }),
];
