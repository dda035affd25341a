import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import lockFile, { type HeldLock } from '../../scripts/cli/lock.cjs';
import { startTemporal } from '../../scripts/servers/temporal.ts';
import { aFolder, anEndedProcess, aRunningProcess } from './builders.ts';

async function aLockedFile() {
  const file = join(await aFolder(), 'a.lock');
  return { file, held: lockFile.tryLock(file) as HeldLock };
}

test('a lock has one holder, and the next attempt reports it', async () => {
  const { file, held } = await aLockedFile();
  expect(held.ok).toBe(true);
  expect(lockFile.tryLock(file)).toMatchObject({ ok: false, holder: { pid: process.pid } });
});

test('a released lock is free again', async () => {
  const { file, held } = await aLockedFile();
  held.release();
  expect(lockFile.tryLock(file).ok).toBe(true);
});

test('the lock of a process that has died is free', async () => {
  const file = join(await aFolder(), 'a.lock');
  writeFileSync(file, JSON.stringify(await anEndedProcess()));
  expect(lockFile.tryLock(file).ok).toBe(true);
});

test('a process that got the id of a dead holder does not hold its lock', async () => {
  const file = join(await aFolder(), 'a.lock');
  const running = await aRunningProcess();
  writeFileSync(file, JSON.stringify({ ...running, started: 'long ago' }));
  expect(lockFile.tryLock(file).ok).toBe(true);
});

test('a lock that is handed over lasts as long as its new holder', async () => {
  const { file, held } = await aLockedFile();
  const heir = await aRunningProcess();
  held.handOver(heir.pid);
  expect(lockFile.tryLock(file)).toMatchObject({ ok: false, holder: { pid: heir.pid } });
  held.release();
  expect(existsSync(file)).toBe(false);
});

test('releasing late does not take the lock away from the next holder', async () => {
  const { file, held } = await aLockedFile();
  const next = await aRunningProcess();
  writeFileSync(file, JSON.stringify(next));
  held.release();
  expect(lockFile.tryLock(file)).toMatchObject({ ok: false, holder: { pid: next.pid } });
});

test('waiting for a lock ends when it is released', async () => {
  const { file, held } = await aLockedFile();
  const holders: number[] = [];
  const waiting = lockFile.lock(file, (holder) => {
    holders.push(holder.pid);
    held.release();
  });
  expect((await waiting).ok).toBe(true);
  expect(holders).toEqual([process.pid]);
});

test('a second Temporal on the same database file is refused', async () => {
  const folder = await aFolder();
  const dataFile = join(folder, 'temporal.db');
  const holder = await aRunningProcess();
  writeFileSync(`${dataFile}.lock`, JSON.stringify(holder));
  const starting = startTemporal({ port: 1, dataFile, logFile: join(folder, 'log'), binary: '/does/not/exist' });
  await expect(starting).rejects.toMatchObject({
    code: 'data-in-use',
    message: expect.stringContaining(String(holder.pid)),
  });
});
