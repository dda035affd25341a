/** One statistics row per closed case (docs/domain.md#complaint-lifecycle, step 9): figures and codes, no texts or people. */
import mongoose from 'mongoose';
import { anyJson, rowSchema } from '../../db/schema.ts';

export interface CaseStatistics {
  /** Case number. */
  _id: string;
  facility: string;
  filedAt: string;
  figures: Record<string, unknown>;
}

const schema = rowSchema<CaseStatistics>({ facility: String, filedAt: String, figures: anyJson });
export const CaseStatisticsModel = mongoose.model<CaseStatistics>('caseStatistics', schema, 'caseStatistics');

/**
 * Written once; after a reopening it is replaced with newer figures.
 * @throws when the case is on record at another facility
 */
export async function fileCaseStatistics(row: CaseStatistics): Promise<void> {
  const { _id, facility, ...fields } = row;
  await CaseStatisticsModel.updateOne({ _id, facility }, { $set: fields }, { upsert: true });
}

export async function findCaseStatistics(caseNumber: string): Promise<CaseStatistics | null> {
  return CaseStatisticsModel.findById(caseNumber).lean<CaseStatistics>();
}
