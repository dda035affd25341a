/** Contents of files: stored once, read in parts, and removed only where no file holds them, whoever uploads the same meanwhile. */
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import {
  ChunkModel,
  ContentModel,
  chunkBytes,
  readContent,
  removeUnheld,
  storeContent,
} from '../../../store/files/contents.ts';
import {
  attachFiles,
  beginWithFiles,
  FileModel,
  type FileRow,
  insertFile,
  listFilesOf,
} from '../../../store/files/files.ts';
import { withdrawFile } from '../../../store/files/withdrawal.ts';
import { removeExpired } from '../../../store/retention.ts';
import { InstanceModel } from '../../../store/runtime/instances.ts';
import { useOwnDatabase } from './database.ts';

useOwnDatabase();

const now = Date.parse('2026-11-22T08:00:00.000Z');
const ago = (days: number): string => new Date(now - days * 86_400_000).toISOString();
const keep = { outboxTexts: 30, outbox: 365, conditionChecks: 30, batches: 180, drafts: 30, waitingFiles: 60 };

async function stored(bytes: Buffer, at: string): Promise<string> {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  async function* pieces() {
    for (let from = 0; from < bytes.length; from += chunkBytes) yield bytes.subarray(from, from + chunkBytes);
  }
  await storeContent(sha256, bytes.length, pieces, at);
  return sha256;
}

async function aFile(about: Partial<FileRow> & { bytes: Buffer }): Promise<FileRow> {
  const { bytes, uploadedAt = ago(0), ...more } = about;
  const row: FileRow = {
    _id: `f-${bytes.toString('hex').slice(0, 12)}`,
    facility: 'BJ',
    name: '照片.png',
    size: bytes.length,
    type: 'image/png',
    sha256: await stored(bytes, uploadedAt),
    uploadedBy: 'handler-bj',
    uploadedAt,
    scanned: false,
    waiting: true,
    ...more,
  };
  await insertFile(row);
  return row;
}

async function read(sha256: string, from: number, to: number): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of readContent(sha256, from, to)) pieces.push(piece);
  return Buffer.concat(pieces);
}

test('a content is read in parts across its chunks', async () => {
  const bytes = Buffer.alloc(2 * chunkBytes + 10, 7);
  bytes.write('edge', chunkBytes - 2, 'latin1');
  const sha256 = await stored(bytes, ago(0));
  expect((await read(sha256, 0, bytes.length - 1)).equals(bytes)).toBe(true);
  expect((await read(sha256, chunkBytes - 2, chunkBytes + 1)).toString('latin1')).toBe('edge');
});

test('what is stored while its removal is being decided stays', async () => {
  const bytes = Buffer.from('old and new again');
  const sha256 = await stored(bytes, ago(5));
  await removeUnheld(ago(1), async () => {
    await stored(bytes, ago(0));
    return false;
  });
  expect(await read(sha256, 0, 2)).toEqual(Buffer.from('old'));
});

test('an upload that was cut off leaves nothing behind, and one under way is left alone', async () => {
  await ChunkModel.create({ _id: 'cut-off/0', data: Buffer.from('a'), storedAt: ago(2) });
  await ChunkModel.create({ _id: 'cut-off/1', data: Buffer.from('b') });
  await ChunkModel.create({ _id: 'under-way/0', data: Buffer.from('c'), storedAt: ago(0) });
  await removeUnheld(ago(1), async () => true);
  expect(await ChunkModel.countDocuments({ _id: { $in: ['cut-off/0', 'cut-off/1'] } })).toBe(0);
  expect(await ChunkModel.countDocuments({ _id: 'under-way/0' })).toBe(1);
});

test('unsubmitted files are removed with their content, those of an instance stay', async () => {
  const left = await aFile({ bytes: Buffer.from('left'), uploadedAt: ago(61) });
  const fresh = await aFile({ bytes: Buffer.from('fresh'), uploadedAt: ago(59) });
  const used = await aFile({ bytes: Buffer.from('used'), uploadedAt: ago(400) });
  await attachFiles([used._id], { instance: 'leave/1', at: ago(400) });
  expect(await removeExpired(keep, now)).toMatchObject({ waitingFiles: 1 });
  const ids = (await FileModel.find().lean()).map(({ _id }) => _id);
  expect(ids).toEqual(expect.arrayContaining([fresh._id, used._id]));
  expect(ids).not.toContain(left._id);
  expect(await ContentModel.exists({ _id: left.sha256 })).toBeNull();
  expect(await read(used.sha256 ?? '', 0, 3)).toEqual(Buffer.from('used'));
});

test('a file of a start that was cut off belongs to the instance of that very request', async () => {
  const instance = { _id: 'leave/LBJ1', origin: { request: 'r-1', content: 'c' }, startedAt: ago(70) };
  await InstanceModel.collection.insertOne(instance as never);
  const mine = await aFile({ bytes: Buffer.from('mine'), uploadedAt: ago(70) });
  const other = await aFile({ bytes: Buffer.from('other'), uploadedAt: ago(70) });
  await beginWithFiles([mine._id], { instance: 'leave/LBJ1', request: 'r-1' });
  await beginWithFiles([other._id], { instance: 'leave/LBJ1', request: 'r-2' });
  expect((await listFilesOf(instance)).map(({ _id }) => _id)).toEqual([mine._id]);
  await removeExpired(keep, now);
  expect(await FileModel.findById(mine._id).lean()).toMatchObject({ instance: 'leave/LBJ1' });
  expect(await FileModel.findById(other._id).lean()).toBeNull();
});

test('where the operators say so, what files hold goes a time after their instance has ended; that they were there stays', async () => {
  await InstanceModel.collection.insertOne({ _id: 'leave/ended', startedAt: ago(500), endedAt: ago(400) } as never);
  await InstanceModel.collection.insertOne({ _id: 'leave/running', startedAt: ago(500) } as never);
  const over = await aFile({ bytes: Buffer.from('over'), uploadedAt: ago(450) });
  const runs = await aFile({ bytes: Buffer.from('runs'), uploadedAt: ago(450) });
  await attachFiles([over._id], { instance: 'leave/ended', at: ago(450) });
  await attachFiles([runs._id], { instance: 'leave/running', at: ago(450) });
  expect(await removeExpired({ ...keep, files: 365 }, now)).toMatchObject({ files: 1 });
  expect(await FileModel.findById(over._id).lean()).not.toHaveProperty('sha256');
  expect(await ContentModel.exists({ _id: over.sha256 })).toBeNull();
  expect(await FileModel.findById(runs._id).lean()).toMatchObject({ sha256: runs.sha256 });
});

test('what a withdrawn file holds goes at once, unless another file has it; its record says who, when and why', async () => {
  const withdrawn = { by: 'handler-bj', at: ago(0), reason: '误传' };
  const alone = await aFile({ bytes: Buffer.from('alone'), uploadedAt: ago(2) });
  const one = await aFile({ bytes: Buffer.from('shared'), uploadedAt: ago(2) });
  const other = await aFile({ bytes: Buffer.from('shared'), uploadedAt: ago(1), _id: 'f-other' });
  await attachFiles([alone._id, one._id, other._id], { instance: 'leave/1', at: ago(1) });
  expect(await withdrawFile(alone, withdrawn)).toMatchObject({ withdrawn, name: alone.name });
  expect(await ContentModel.exists({ _id: alone.sha256 })).toBeNull();
  expect(await FileModel.findById(alone._id).lean()).not.toHaveProperty('sha256');
  await withdrawFile(one, withdrawn);
  expect(await read(other.sha256 ?? '', 0, 5)).toEqual(Buffer.from('shared'));
  await withdrawFile(other, withdrawn);
  expect(await ContentModel.exists({ _id: other.sha256 })).toBeNull();
  // Repeated, nothing changes.
  expect(await withdrawFile(alone, { ...withdrawn, reason: '再次' })).toMatchObject({ withdrawn });
});

test('a content that is stored again while its file is withdrawn stays for the next clean-up', async () => {
  const file = await aFile({ bytes: Buffer.from('again'), uploadedAt: ago(2) });
  await attachFiles([file._id], { instance: 'leave/1', at: ago(1) });
  await stored(Buffer.from('again'), ago(0));
  await withdrawFile(file, { by: 'handler-bj', at: ago(0), reason: '误传' });
  expect(await read(file.sha256 ?? '', 0, 4)).toEqual(Buffer.from('again'));
  expect(await ContentModel.findById(file.sha256).lean()).toMatchObject({ kept: false });
});
