/** Removes pending files, contents of files of instances that ended long ago, and contents without a file. */
import { InstanceModel } from '../runtime/instances.ts';
import type { InstanceRow } from '../runtime/rows.ts';
import { markUnheld, removeUnheld } from './contents.ts';
import { attachFiles, FileModel, type FileRow, isFileOf } from './files.ts';

const atATime = 500;

/** @param before ISO 8601 */
export async function removeWaitingFiles(before: string): Promise<number> {
  const old = await FileModel.find({ waiting: true, uploadedAt: { $lt: before } })
    .limit(atATime)
    .lean<FileRow[]>();
  const begun = await instancesOf(old.flatMap(({ beginning }) => beginning?.instance ?? []));
  let removed = 0;
  for (const row of old) {
    const instance = begun.get(row.beginning?.instance ?? '');
    if (instance && isFileOf(row, instance))
      await attachFiles([row._id], { instance: instance._id, at: instance.startedAt });
    else removed += (await FileModel.deleteOne({ _id: row._id, waiting: true })).deletedCount;
  }
  await markUnheld(old.flatMap(({ sha256 }) => sha256 ?? []));
  return removed;
}

/** The file's row, with its name, is kept. */
export async function removeContentsOfEnded(before: string): Promise<number> {
  const old = await FileModel.find(
    { attachedAt: { $lt: before }, sha256: { $exists: true } },
    { instance: 1, sha256: 1 },
  ).lean<Pick<FileRow, '_id' | 'instance' | 'sha256'>[]>();
  const instances = await instancesOf(old.flatMap(({ instance }) => instance ?? []));
  const over = old.filter(({ instance }) => {
    const endedAt = instances.get(instance ?? '')?.endedAt;
    return endedAt !== undefined && endedAt < before;
  });
  await FileModel.updateMany({ _id: { $in: over.map(({ _id }) => _id) } }, { $unset: { sha256: '' } });
  await markUnheld(over.flatMap(({ sha256 }) => sha256 ?? []));
  return over.length;
}

/** @param before contents stored later are kept, as their file may still be written */
export const removeUnheldContents = (before: string): Promise<number> =>
  removeUnheld(before, async (sha256) => (await FileModel.exists({ sha256 })) !== null);

type Begun = Pick<InstanceRow, '_id' | 'origin' | 'startedAt' | 'endedAt'>;

async function instancesOf(ids: string[]): Promise<Map<string, Begun>> {
  const rows = await InstanceModel.find({ _id: { $in: ids } }, { origin: 1, startedAt: 1, endedAt: 1 }).lean<Begun[]>();
  return new Map(rows.map((row) => [row._id, row]));
}
