/** Small things the tests of the command need: a folder that goes, programs that are scripts, processes that have ended. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import lockFile from '../../scripts/cli/lock.cjs';
import type { Screen } from '../../scripts/cli/screen.ts';

export async function aFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'careloop-unit-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** An executable shell script. */
export async function aProgram(path: string, script: string): Promise<string> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return path;
}

/** A process that runs until it is ended. */
export async function aRunningProcess() {
  const child = spawn(process.execPath, ['-e', 'process.stdout.write("up"); setInterval(() => {}, 1000)'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child.stdout, 'data');
  return lockFile.identify(child.pid ?? 0);
}

export async function anEndedProcess() {
  const running = await aRunningProcess();
  process.kill(running.pid, 'SIGKILL');
  await untilTrue(() => !lockFile.isAlive(running));
  return running;
}

/** Comes back as soon as the condition holds; the test's own time limit ends a wait in vain. */
export async function untilTrue(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise(setImmediate);
}

/** A screen whose lines can be looked at. */
export function aScreen(): Screen & { lines: string[] } {
  const lines: string[] = [];
  return {
    lines,
    line: (text = '') => void lines.push(text),
    step: (name) => ({
      update: (progress) => void lines.push(`${name}: ${progress}`),
      done: () => void lines.push(`${name}: done`),
      failed: () => void lines.push(`${name}: failed`),
    }),
  };
}
