/** Drawings: definitions that are being worked on and are not deployed. Each belongs to whoever began it, and may be shared. */
import mongoose from 'mongoose';
import { insertOnce, rowSchema } from '../db/schema.ts';

export interface DrawingRow {
  _id: string;
  /** Process id of the diagram. */
  process: string;
  name: string;
  /** Staff id of whoever began it. */
  owner: string;
  /** Others who may draw see and change it, too. */
  shared: boolean;
  /** Version that it was begun from; absent: a new process. */
  basedOn?: number;
  /** Counts how often it was saved: who saves says which one they have seen. */
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

/** Those that somebody may see, the latest first. */
export async function listDrawings(person: string, process: string | undefined): Promise<DrawingSummary[]> {
  return DrawingModel.find({ ...seenBy(person), ...(process !== undefined && { process }) }, { files: 0 })
    .sort({ updatedAt: -1, _id: 1 })
    .limit(200)
    .lean<DrawingSummary[]>();
}

export async function findDrawing(id: string, person: string): Promise<DrawingRow | null> {
  return DrawingModel.findOne({ _id: id, ...seenBy(person) }).lean<DrawingRow>();
}

/** @param row with the revision that comes of it. @returns false when it is no longer at the one before: nothing is changed then */
export async function saveDrawing({ _id, ...row }: DrawingRow): Promise<boolean> {
  if (row.revision === 1) return insertOnce(DrawingModel, { _id, ...row });
  const { owner: _kept, ...changed } = row;
  const { matchedCount } = await DrawingModel.updateOne({ _id, revision: row.revision - 1 }, { $set: changed });
  return matchedCount === 1;
}

/** @returns whether there was one */
export async function removeDrawing(id: string, owner: string): Promise<boolean> {
  return (await DrawingModel.deleteOne({ _id: id, owner })).deletedCount === 1;
}
