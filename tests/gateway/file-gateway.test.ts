import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fileGateway } from '../../gateway/adapters/file.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'careloop-letters-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const never = new AbortController().signal;
const at = '2026-11-22T08:00:00.000Z';

async function send(id: string) {
  const [outcome] = fileGateway(folder).send(
    [
      {
        id,
        mark: id,
        facility: 'BJ',
        to: 'ops',
        lane: 'service',
        channel: 'notice',
        subject: 's',
        body: 'b',
        createdAt: at,
        zone: 'UTC',
      },
    ],
    never,
  );
  return outcome;
}

test('letters whose ids differ in any letter are files of their own, also very long ones', async () => {
  const long = '张'.repeat(200);
  const ids = ['张三', '李四', 'A.1', 'A/1', 'A_1', 'A 1', '..', '.', `${long}1`, `${long}2`];
  const receipts = await Promise.all(ids.map(async (id) => JSON.stringify(await send(id))));
  expect(new Set(receipts).size).toBe(ids.length);
  expect(await readdir(join(folder, 'BJ', '2026-11-22'))).toHaveLength(ids.length);
});

test('a letter that is sent again is the same file', async () => {
  expect(await send('A/1')).toEqual(await send('A/1'));
});

test('it says of a letter whether there is a file of it', async () => {
  const asked = { id: 'A/1', mark: 'A/1', facility: 'BJ', createdAt: at, handedAt: at };
  expect(await fileGateway(folder).query(asked, never)).toEqual({ kind: 'missing' });
  const sent = await send('A/1');
  expect(await fileGateway(folder).query(asked, never)).toEqual(sent);
});

test('a folder that cannot be written keeps the letter for later', async () => {
  await writeFile(join(folder, 'BJ'), 'no folder');
  expect(await send('A/1')).toMatchObject({ kind: 'rejected', retry: { afterMs: 60_000 } });
});
