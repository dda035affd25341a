import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fileGateway } from '../../activities/gateways/file.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'careloop-letters-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const send = (id: string) =>
  fileGateway(folder).send(
    {
      id,
      facility: 'BJ',
      to: 'ops',
      channel: 'notice',
      subject: 's',
      body: 'b',
      createdAt: '2026-11-22T08:00:00.000Z',
      zone: 'UTC',
    },
    new AbortController().signal,
  );

test('letters whose ids differ in any letter are files of their own, also very long ones', async () => {
  const long = '张'.repeat(200);
  const ids = ['张三', '李四', 'A.1', 'A/1', 'A_1', 'A 1', '..', '.', `${long}1`, `${long}2`];
  const receipts = await Promise.all(ids.map(async (id) => (await send(id)).receipt));
  expect(new Set(receipts).size).toBe(ids.length);
  expect(await readdir(join(folder, 'BJ', '2026-11-22'))).toHaveLength(ids.length);
});

test('a letter that is sent again is the same file', async () => {
  expect(await send('A/1')).toEqual(await send('A/1'));
});
