import { join } from 'node:path';
import { expect, test } from 'vitest';
import lockFile from '../../scripts/cli/lock.cjs';
import { endLeftovers, endProcess, type RunRecord } from '../../scripts/cli/run-state.ts';
import { createSupervisor, type Part, type RunningPart } from '../../scripts/cli/supervisor.ts';
import { type Exit, launch } from '../../scripts/servers/local-process.ts';
import { aFolder, aRunningProcess, aScreen, untilTrue } from './builders.ts';

/** A part that is a tiny process of this machine. */
function aPart(name: string, folder: string): Part {
  return {
    name,
    start: (onSpawn) =>
      launch({
        command: process.execPath,
        args: ['-e', 'setInterval(() => {}, 1000)'],
        logFile: join(folder, `${name}.log`),
        detached: true,
        onSpawn,
      }),
  };
}

/** A supervisor whose waits take no time, and what it reported. */
function aSupervisor() {
  const seen = { said: [] as string[], waits: [] as number[], parts: [] as RunningPart[] };
  const supervisor = createSupervisor({
    say: (text) => void seen.said.push(text),
    onChange: (parts) => {
      seen.parts = parts;
    },
    wait: async (milliseconds) => void seen.waits.push(milliseconds),
  });
  return { supervisor, seen };
}

test('a part that is killed is started again, and the screen says so', async () => {
  const { supervisor, seen } = aSupervisor();
  await supervisor.start(aPart('worker', await aFolder()));
  const before = seen.parts[0]?.pid ?? 0;
  process.kill(before, 'SIGKILL');
  await untilTrue(() => seen.parts[0]?.restarts === 1);
  expect(seen.parts[0]?.pid).not.toBe(before);
  await untilTrue(() => seen.said.length === 2);
  expect(seen.said).toEqual(['worker ended (signal SIGKILL); starting it again in 0.5 s.', 'worker runs again.']);
  await supervisor.stopAll();
});

test('stopping ends all parts, the last started first, and nothing else', async () => {
  const folder = await aFolder();
  const bystander = await aRunningProcess();
  const { supervisor, seen } = aSupervisor();
  const order: string[] = [];
  for (const name of ['mongodb', 'api']) {
    const part = aPart(name, folder);
    await supervisor.start({
      name,
      async start(onSpawn) {
        const started = await part.start(onSpawn);
        void started.exited.then(() => order.push(name));
        return started;
      },
    });
  }
  const parts = seen.parts.map(({ pid }) => lockFile.identify(pid));
  await supervisor.stopAll();
  expect(parts.map(lockFile.isAlive)).toEqual([false, false]);
  expect(order).toEqual(['api', 'mongodb']);
  expect(lockFile.isAlive(bystander)).toBe(true);
  expect(seen.parts).toEqual([]);
});

test('the wait before a restart doubles up to half a minute, and is short again after a good minute', async () => {
  const lifetimes = [0, 0, 0, 0, 0, 0, 0, 60_000, 0];
  const waits: number[] = [];
  let clock = 0;
  let settled = false;
  const supervisor = createSupervisor({
    say: () => {},
    onChange: () => {},
    now: () => clock,
    wait: async (milliseconds) => void waits.push(milliseconds),
  });
  const stays = new Promise<Exit>(() => {});
  await supervisor.start({
    name: 'api',
    async start(onSpawn) {
      const lifetime = lifetimes.shift();
      onSpawn(1);
      settled = lifetime === undefined;
      const exited =
        lifetime === undefined
          ? stays
          : Promise.resolve().then(() => {
              clock += lifetime;
              return { code: 1, signal: null };
            });
      return { pid: 1, exited, stop: async () => {}, kill: async () => {} };
    },
  });
  await untilTrue(() => settled);
  expect(waits.map((wait) => wait / 1000)).toEqual([0.5, 1, 2, 4, 8, 16, 30, 0.5, 1]);
});

test('a part that does not start again is tried again', async () => {
  const { supervisor, seen } = aSupervisor();
  const part = aPart('temporal', await aFolder());
  let starts = 0;
  await supervisor.start({
    name: 'temporal',
    start(onSpawn) {
      starts += 1;
      if (starts === 2) throw new Error('The port is taken.');
      return part.start(onSpawn);
    },
  });
  process.kill(seen.parts[0]?.pid ?? 0, 'SIGKILL');
  await untilTrue(() => seen.said.includes('temporal runs again.'));
  expect(seen.said[1]).toBe('temporal does not start: The port is taken. Trying again in 1 s.');
  await supervisor.stopAll();
});

test('a process that has the id of one of ours, but is another, is left alone', async () => {
  const bystander = await aRunningProcess();
  await endProcess({ pid: bystander.pid, started: 'long ago' });
  expect(lockFile.isAlive(bystander)).toBe(true);
});

test('what a killed supervisor left behind is ended, and only that', async () => {
  const [left, bystander] = [await aRunningProcess(), await aRunningProcess()];
  const screen = aScreen();
  const record = { since: '2026-11-02T01:00:00.000Z', restarts: 0 };
  const run: RunRecord = {
    supervisor: { pid: 1, started: 'long ago' },
    parts: [
      { name: 'temporal', ...left, ...record },
      { name: 'api', pid: bystander.pid, started: 'long ago', ...record },
    ],
    ready: true,
    addresses: { api: 'http://127.0.0.1:1', temporal: '127.0.0.1:2', mongodb: 'mongodb://127.0.0.1:3' },
    logins: [],
  };
  await endLeftovers(run, screen);
  expect(lockFile.isAlive(left)).toBe(false);
  expect(lockFile.isAlive(bystander)).toBe(true);
  expect(screen.lines).toEqual([`Stopping temporal (process ${left.pid}), left over from an earlier run: done`]);
});
