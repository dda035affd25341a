/** SMS replies of patients: each stored once, assigned to the last letter sent to their number within three days. */
import mongoose from 'mongoose';
import { databaseTime } from '../db/database-time.ts';
import { insertOnce, rowSchema } from '../db/schema.ts';
import { findPatientsAtPhone } from '../patients/patient-search.ts';
import { type OutboxMessage, OutboxModel } from './outbox.ts';

export interface PatientReply {
  /** The carrier's id. */
  _id: string;
  text: string;
  at: string;
  /** The letter it answers. */
  letter?: string;
  patient?: string;
  facility?: string;
  /** An opt-out of marketing. */
  optOut: boolean;
}

const schema = rowSchema<PatientReply>({
  text: String,
  at: String,
  letter: String,
  patient: String,
  facility: String,
  optOut: Boolean,
});
schema.index({ patient: 1, at: -1 });

export const PatientReplyModel = mongoose.model<PatientReply>('patientReplies', schema, 'patientReplies');

const answeredWithinMs = 72 * 3_600_000;

/** The last letter to this number; null: none within three days. */
export async function lastLetterTo(address: string): Promise<OutboxMessage | null> {
  const since = new Date((await databaseTime()).getTime() - answeredWithinMs).toISOString();
  return OutboxModel.findOne({ address, handedAt: { $gt: since } })
    .sort({ handedAt: -1 })
    .lean<OutboxMessage>();
}

/** All patients with this number: by their record, or by a letter sent to it. */
export async function patientsAt(address: string): Promise<string[]> {
  const [records, letters] = await Promise.all([
    findPatientsAtPhone(address),
    OutboxModel.distinct('patient', { address, patient: { $exists: true } }),
  ]);
  return [...new Set([...records, ...letters.flatMap((one) => (one === undefined ? [] : [one]))])];
}

/** @returns false when it was stored before */
export async function keepReply(reply: PatientReply): Promise<boolean> {
  return insertOnce(PatientReplyModel, reply);
}
