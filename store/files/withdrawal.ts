/** Withdraws a file of an instance: its record stays, its content goes. */
import { markUnheld, removeUnheldNow } from './contents.ts';
import { FileModel, type FileRow, findFile, type Withdrawal } from './files.ts';

/** @returns the file as it is now; withdrawn before, as it was then */
export async function withdrawFile({ _id, sha256 }: FileRow, withdrawn: Withdrawal): Promise<FileRow | null> {
  // Before the file lets go of it: after a failure in between, the clean-up finds the content.
  if (sha256 !== undefined) await markUnheld([sha256]);
  const before = await FileModel.findOneAndUpdate(
    { _id, instance: { $exists: true }, withdrawn: { $exists: false } },
    { $set: { withdrawn }, $unset: { sha256: '' } },
  ).lean<FileRow>();
  if (before?.sha256 !== undefined)
    await removeUnheldNow(
      before.sha256,
      before.uploadedAt,
      async (held) => (await FileModel.exists({ sha256: held })) !== null,
    );
  return findFile(_id);
}
