/** `.local/run.json`: what `start` runs now, for `status` and `stop` — and for the next `start`, should this one have been killed. */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import lockFile from './lock.cjs';
import type { Screen } from './screen.ts';
import { during } from './screen.ts';

const identity = z.object({ pid: z.number(), started: z.string().optional() });

const partRecord = identity.extend({
  name: z.string(),
  /** When it was started, ISO. */
  since: z.string(),
  restarts: z.number(),
});

const loginRecord = z.object({
  username: z.string(),
  password: z.string(),
  name: z.string().optional(),
  roles: z.array(z.string()).optional(),
  facilities: z.array(z.string()).optional(),
});

const runRecord = z.object({
  supervisor: identity,
  /** In the order they were started. */
  parts: z.array(partRecord),
  ready: z.boolean(),
  addresses: z.object({
    api: z.string(),
    temporal: z.string(),
    temporalUi: z.string().optional(),
    mongodb: z.string(),
    simulator: z.string().optional(),
  }),
  /** Of the database that was started here. */
  database: z.enum(['mongod', 'stand-in']).optional(),
  logins: z.array(loginRecord),
});

export const loginList = z.array(loginRecord);
export type Login = z.infer<typeof loginRecord>;
export type RunRecord = z.infer<typeof runRecord>;

export function readRun(file: string): RunRecord | undefined {
  try {
    return runRecord.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined;
  }
}

/** Logins are in it: for the owner's eyes only. */
export function writeRun(file: string, run: RunRecord): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, `${JSON.stringify(run, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

export function removeRun(file: string): void {
  rmSync(file, { force: true });
}

const PATIENCE_MS = 20_000;

/** Ends a process that is not our child: SIGTERM, then SIGKILL. Does nothing when its id belongs to another process by now. */
export async function endProcess(process_: z.infer<typeof identity>, patienceMs = PATIENCE_MS): Promise<void> {
  const deadline = Date.now() + patienceMs;
  if (!lockFile.isAlive(process_)) return;
  process.kill(process_.pid, 'SIGTERM');
  for (let killed = false; lockFile.isAlive(process_); ) {
    if (!killed && Date.now() > deadline) {
      process.kill(process_.pid, 'SIGKILL');
      killed = true;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Ends the parts a killed supervisor left behind, the last started first. */
export async function endLeftovers(run: RunRecord, screen: Screen): Promise<void> {
  for (const part of run.parts.filter((record) => lockFile.isAlive(record)).reverse()) {
    await during(screen, `Stopping ${part.name} (process ${part.pid}), left over from an earlier run`, () =>
      endProcess(part),
    );
  }
}
