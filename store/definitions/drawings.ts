/** Drawings: definitions in progress, not deployed. Each belongs to its author and may be shared. */
import mongoose from 'mongoose';
import { insertOnce, rowSchema } from '../db/schema.ts';

export interface DrawingRow {
  _id: string;
  /** Process id of the diagram. */
  process: string;
  name: string;
  /** Staff id of the author. */
  owner: string;
  /** Visible to and editable by others who may deploy. */
  shared: boolean;
  /** Version it is based on; absent: a new process. */
  basedOn?: number;
  /** Incremented with each save, which names the revision it is based on. */
  revision: number;
  updatedAt: string;
  /** Staff id. */
  updatedBy: string;
  /** Diagram, forms, texts and decisions, as JSON text. */
  files: string;
}

const schema = rowSchema<DrawingRow>({
  process: String,
  name: String,
  owner: String,
  shared: Boolean,
  basedOn: Number,
  revision: Number,
  updatedAt: String,
  updatedBy: String,
  files: String,
});
schema.index({ owner: 1, updatedAt: -1 });
schema.index({ shared: 1, updatedAt: -1 });

export const DrawingModel = mongoose.model<DrawingRow>('drawings', schema, 'drawings');

export type DrawingSummary = Omit<DrawingRow, 'files'>;

const seenBy = (person: string) => ({ $or: [{ owner: person }, { shared: true }] });

/** Drawings visible to a person, latest first. */
export async function listDrawings(person: string, process: string | undefined): Promise<DrawingSummary[]> {
  return DrawingModel.find({ ...seenBy(person), ...(process !== undefined && { process }) }, { files: 0 })
    .sort({ updatedAt: -1, _id: 1 })
    .limit(200)
    .lean<DrawingSummary[]>();
}

export async function findDrawing(id: string, person: string): Promise<DrawingRow | null> {
  return DrawingModel.findOne({ _id: id, ...seenBy(person) }).lean<DrawingRow>();
}

/**
 * @param row with its new revision
 * @returns false when the stored revision is not the previous one; nothing is changed
 */
export async function saveDrawing({ _id, ...row }: DrawingRow): Promise<boolean> {
  if (row.revision === 1) return insertOnce(DrawingModel, { _id, ...row });
  const { owner: _kept, ...changed } = row;
  const { matchedCount } = await DrawingModel.updateOne({ _id, revision: row.revision - 1 }, { $set: changed });
  return matchedCount === 1;
}

/** @returns whether it existed */
export async function removeDrawing(id: string, owner: string): Promise<boolean> {
  return (await DrawingModel.deleteOne({ _id: id, owner })).deletedCount === 1;
}
