/** The ledger of consents (docs/domain.md#records-and-privacy): an entry for each time somebody gave or withdrew one, never changed. */
import mongoose from 'mongoose';
import { insertOnce, rowSchema } from '../db/schema.ts';

export type Purpose = 'service' | 'marketing' | 'portrait';

export interface ConsentEntry {
  _id: string;
  facility: string;
  patient: string;
  purpose: Purpose;
  given: boolean;
  /** Version of the text that was shown. */
  wording: string;
  /** How it came: paper, WeCom, telephone, SMS. */
  channel: string;
  /** Where the proof lies: a document, a recording, a message. */
  proof?: string;
  at: string;
  sequence: number;
}

const schema = rowSchema<ConsentEntry>({
  facility: String,
  patient: String,
  purpose: String,
  given: Boolean,
  wording: String,
  channel: String,
  proof: String,
  at: String,
  sequence: Number,
});
schema.index({ patient: 1, purpose: 1, sequence: -1, at: -1 });

export const ConsentModel = mongoose.model<ConsentEntry>('consents', schema, 'consents');

/** @returns whether it is new; an entry that is there stays as it is */
export async function enterConsent(entry: ConsentEntry): Promise<boolean> {
  return insertOnce(ConsentModel, entry);
}

/** Oldest first. */
export async function consentsOf(patient: string): Promise<ConsentEntry[]> {
  return ConsentModel.find({ patient }).sort({ sequence: 1, at: 1, _id: 1 }).lean<ConsentEntry[]>();
}
