/**
 * File contents, stored once by SHA-256, in chunks (docs/decisions/0027-files-in-the-database.md). Each stored copy
 * names its own chunks, so that removing one never affects another that is being written.
 */
import { randomUUID } from 'node:crypto';
import mongoose from 'mongoose';
import { insertOnce, rowSchema } from '../db/schema.ts';

interface ContentRow {
  /** SHA-256 of the bytes, in hexadecimal. */
  _id: string;
  /** Prefix of its chunk ids. */
  copy: string;
  size: number;
  /** When a file with this content was last stored. */
  usedAt: string;
  /** Whether the last clean-up found a file with this content. */
  kept: boolean;
}

interface ChunkRow {
  /** `<copy>/<number>`. */
  _id: string;
  data: Buffer;
  /** Stored with the first chunk. */
  storedAt?: string;
}

/** Documents are limited to 16 MB; ranges of a recording are read without the rest. */
export const chunkBytes = 1024 * 1024;

const contentSchema = rowSchema<ContentRow>({ copy: String, size: Number, usedAt: String, kept: Boolean });
contentSchema.index({ kept: 1, usedAt: 1 });
contentSchema.index({ copy: 1 });
const chunkSchema = rowSchema<ChunkRow>({ data: Buffer, storedAt: String });
chunkSchema.index({ storedAt: 1 }, { sparse: true });

export const ContentModel = mongoose.model<ContentRow>('fileContents', contentSchema, 'fileContents');
export const ChunkModel = mongoose.model<ChunkRow>('fileChunks', chunkSchema, 'fileChunks');

/**
 * @param bytes read only if not stored yet, in pieces of `chunkBytes`; the last one may be shorter
 * @param now ISO 8601
 */
export async function storeContent(
  sha256: string,
  size: number,
  bytes: () => AsyncIterable<Buffer>,
  now: string,
): Promise<void> {
  if (await touch(sha256, now)) return;
  const copy = randomUUID();
  let number = 0;
  for await (const data of bytes()) {
    await ChunkModel.create({ _id: `${copy}/${number}`, data, ...(number === 0 && { storedAt: now }) });
    number += 1;
  }
  if (await insertOnce(ContentModel, { _id: sha256, copy, size, usedAt: now, kept: false })) return;
  // The same content was stored concurrently.
  await removeChunks(copy);
  if (!(await touch(sha256, now))) await storeContent(sha256, size, bytes, now);
}

async function touch(sha256: string, now: string): Promise<boolean> {
  return (await ContentModel.updateOne({ _id: sha256 }, { $set: { usedAt: now } })).matchedCount === 1;
}

/**
 * The bytes of a range, both ends inclusive.
 * @throws when a chunk is missing
 */
export async function* readContent(sha256: string, from: number, to: number): AsyncGenerator<Buffer> {
  const content = await ContentModel.findById(sha256).lean<ContentRow>();
  for (let number = Math.floor(from / chunkBytes); number * chunkBytes <= to; number += 1) {
    const chunk =
      content &&
      (await ChunkModel.collection.findOne({ _id: `${content.copy}/${number}` as never }, { promoteBuffers: true }));
    if (!chunk) throw new Error(`Chunk ${number} of ${sha256} is missing.`);
    const begins = number * chunkBytes;
    yield (chunk['data'] as Buffer).subarray(Math.max(0, from - begins), to + 1 - begins);
  }
}

const atATime = 500;

/**
 * Removes contents without a file, and chunks of aborted uploads. Contents stored after `before` are kept, as their
 * file may still be written.
 * @param isHeld whether a file has this content
 */
export async function removeUnheld(before: string, isHeld: (sha256: string) => Promise<boolean>): Promise<number> {
  let removed = 0;
  const old = await ContentModel.find({ kept: false, usedAt: { $lt: before } })
    .limit(atATime)
    .lean<ContentRow[]>();
  for (const { _id, copy, usedAt } of old) {
    if (await isHeld(_id)) await ContentModel.updateOne({ _id, usedAt }, { $set: { kept: true } });
    else removed += await removeContent({ _id, copy, usedAt });
  }
  await removeCutOff(before);
  return removed;
}

/**
 * Removes a content at once, unless a file has it or it was stored again after `since`: then the clean-up decides.
 * @param since when the file that had it was uploaded
 */
export async function removeUnheldNow(
  sha256: string,
  since: string,
  isHeld: (sha256: string) => Promise<boolean>,
): Promise<void> {
  await markUnheld([sha256]);
  const row = await ContentModel.findOne({ _id: sha256, usedAt: { $lte: since } }).lean<ContentRow>();
  if (row && !(await isHeld(sha256))) await removeContent(row);
}

async function removeContent({ _id, copy, usedAt }: Pick<ContentRow, '_id' | 'copy' | 'usedAt'>): Promise<number> {
  // A concurrent upload has updated it, or writes a copy of its own.
  const { deletedCount } = await ContentModel.deleteOne({ _id, usedAt });
  if (deletedCount === 1) await removeChunks(copy);
  return deletedCount;
}

/** Marks it for the next clean-up. */
export async function markUnheld(sha256s: string[]): Promise<void> {
  await ContentModel.updateMany({ _id: { $in: sha256s } }, { $set: { kept: false } });
}

async function removeCutOff(before: string): Promise<void> {
  const first = await ChunkModel.find({ storedAt: { $lt: before } }, { _id: 1 })
    .limit(atATime)
    .lean<{ _id: string }[]>();
  for (const { _id } of first) {
    const copy = _id.slice(0, _id.lastIndexOf('/'));
    if (await ContentModel.exists({ copy })) await ChunkModel.updateOne({ _id }, { $unset: { storedAt: '' } });
    else await removeChunks(copy);
  }
}

/** The first chunk last, as the clean-up finds the others by it. */
async function removeChunks(copy: string): Promise<void> {
  await ChunkModel.deleteMany({ _id: { $gt: `${copy}/0`, $lt: `${copy}0` } });
  await ChunkModel.deleteOne({ _id: `${copy}/0` });
}
