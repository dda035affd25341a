/** Ledger of consents (docs/domain.md#records-and-privacy): append-only, one entry per consent given or withdrawn. */
import mongoose from 'mongoose';
import { insertOnce, rowSchema } from '../db/schema.ts';

export type Purpose = 'service' | 'marketing' | 'portrait';

export interface ConsentEntry {
  _id: string;
  facility: string;
  patient: string;
  purpose: Purpose;
  given: boolean;
  /** Version of the consent text. */
  wording: string;
  /** Channel: paper, WeCom, telephone, SMS. */
  channel: string;
  /** Reference to the proof: a document, recording or message. */
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

/** @returns whether it is new; an existing entry is unchanged */
export async function enterConsent(entry: ConsentEntry): Promise<boolean> {
  return insertOnce(ConsentModel, entry);
}

/** Oldest first. */
export async function consentsOf(patient: string): Promise<ConsentEntry[]> {
  return ConsentModel.find({ patient }).sort({ sequence: 1, at: 1, _id: 1 }).lean<ConsentEntry[]>();
}
