/**
 * Uploaded files: photos, recordings, documents. A file is pending until its form is submitted, then belongs to an
 * instance permanently; pending files are removed after a time. Names and contents are personal data and never part of
 * a process.
 */
import mongoose, { type QueryFilter } from 'mongoose';
import { anyJson, insertOnce, rowSchema } from '../db/schema.ts';
import type { InstanceRow } from '../runtime/rows.ts';
import { markUnheld } from './contents.ts';

/** A start request with this file. Whether the instance comes from this request is recorded in its row (`origin`). */
export interface BeginningInstance {
  instance: string;
  /** Digest of the request. */
  request: string;
}

export interface Withdrawal {
  by: string;
  at: string;
  reason: string;
}

export interface FileRow {
  _id: string;
  facility: string;
  name: string;
  /** Size in bytes. */
  size: number;
  /** Media type, detected from content. */
  type: string;
  /** SHA-256 of the content; absent after the content was removed or the file withdrawn. */
  sha256?: string;
  uploadedBy: string;
  uploadedAt: string;
  /** Whether it was scanned. */
  scanned: boolean;
  /** Pending until attached. */
  waiting?: true;
  beginning?: BeginningInstance;
  instance?: string;
  attachedAt?: string;
  /** Id of the task with whose form it was submitted. */
  element?: string;
  /** Attached by mistake. */
  withdrawn?: Withdrawal;
}

const schema = rowSchema<FileRow>({
  facility: String,
  name: String,
  size: Number,
  type: String,
  sha256: String,
  uploadedBy: String,
  uploadedAt: String,
  scanned: Boolean,
  waiting: Boolean,
  beginning: anyJson,
  instance: String,
  attachedAt: String,
  element: String,
  withdrawn: anyJson,
});
schema.index({ instance: 1, attachedAt: 1 }, { sparse: true });
schema.index({ 'beginning.instance': 1 }, { sparse: true });
schema.index({ waiting: 1, uploadedBy: 1, uploadedAt: 1 }, { sparse: true });
schema.index({ sha256: 1 });
schema.index({ attachedAt: 1 }, { sparse: true });

export const FileModel = mongoose.model<FileRow>('files', schema, 'files');

/** @returns false when the id exists already */
export const insertFile = (row: FileRow): Promise<boolean> => insertOnce(FileModel, row);

export const findFile = (id: string): Promise<FileRow | null> => FileModel.findById(id).lean<FileRow>();

export const findFiles = (ids: string[]): Promise<FileRow[]> => FileModel.find({ _id: { $in: ids } }).lean<FileRow[]>();

type Owner = Pick<InstanceRow, '_id' | 'origin'>;

const ofInstance = ({ _id, origin }: Owner): QueryFilter<FileRow> => ({
  $or: [
    { instance: _id },
    ...(origin ? [{ beginning: { instance: _id, request: origin.request }, waiting: true as const }] : []),
  ],
});

/** In order of upload. */
export const listFilesOf = (instance: Owner): Promise<FileRow[]> =>
  FileModel.find(ofInstance(instance)).sort({ uploadedAt: 1, _id: 1 }).lean<FileRow[]>();

export const isFileOf = (row: FileRow, { _id, origin }: Owner): boolean =>
  row.instance === _id || (row.beginning?.instance === _id && row.beginning.request === origin?.request);

export const countWaitingOf = (staff: string, most: number): Promise<number> =>
  FileModel.countDocuments({ waiting: true, uploadedBy: staff }, { limit: most });

/** Recorded before an instance is started, so that after a failure before `attachFiles` the files are found by the request. */
export async function beginWithFiles(ids: string[], beginning: BeginningInstance): Promise<void> {
  if (ids.length > 0) await FileModel.updateMany({ _id: { $in: ids }, waiting: true }, { $set: { beginning } });
}

export interface Attachment {
  instance: string;
  at: string;
  element?: string;
}

/** @returns the files that were pending; others are attached already */
export async function attachFiles(ids: string[], { instance, at, element }: Attachment): Promise<string[]> {
  const attached: string[] = [];
  for (const _id of ids) {
    const { modifiedCount } = await FileModel.updateOne(
      { _id, waiting: true },
      {
        $set: { instance, attachedAt: at, ...(element !== undefined && { element }) },
        $unset: { waiting: '' },
      },
    );
    if (modifiedCount === 1) attached.push(_id);
  }
  return attached;
}

/** The act was refused: the files are pending again. */
export async function releaseFiles(ids: string[], instance: string): Promise<void> {
  if (ids.length === 0) return;
  await FileModel.updateMany(
    { _id: { $in: ids }, instance },
    { $set: { waiting: true }, $unset: { instance: '', attachedAt: '', element: '' } },
  );
}

/** Removes a pending file. */
export async function removeWaitingFile(id: string): Promise<void> {
  const row = await FileModel.findOneAndDelete({ _id: id, waiting: true }).lean<FileRow>();
  if (row?.sha256 !== undefined) await markUnheld([row.sha256]);
}
