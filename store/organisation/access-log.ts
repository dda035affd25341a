/** Who looked at personal data in full, when and of which case (docs/domain.md#records-and-privacy). Only added to. */
import mongoose, { Schema } from 'mongoose';

export interface AccessLogEntry {
  staff: string;
  at: string;
  /** What was seen, for instance `complaint.phone`. */
  what: string;
  caseNumber: string;
  facility: string;
}

const schema = new Schema<AccessLogEntry>(
  { staff: String, at: String, what: String, caseNumber: String, facility: String },
  { versionKey: false, autoIndex: false, autoCreate: false, bufferCommands: false },
);
schema.index({ caseNumber: 1, at: 1 });
schema.index({ staff: 1, at: 1 });

export const AccessLogModel = mongoose.model<AccessLogEntry>('accessLog', schema, 'accessLog');

export async function recordAccess(entry: AccessLogEntry): Promise<void> {
  await AccessLogModel.create(entry);
}

export async function listAccess(caseNumber: string): Promise<AccessLogEntry[]> {
  return AccessLogModel.find({ caseNumber }, { _id: 0 }).sort({ at: 1 }).lean<AccessLogEntry[]>();
}
