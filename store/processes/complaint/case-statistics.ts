/** One row per closed case for the statistics (docs/domain.md#complaint-lifecycle, step 9): figures and codes, no texts and no people. */
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
 * Filed once; filing again after a reopening writes the newer figures.
 * @throws when the case is on record at another facility
 */
export async function fileCaseStatistics(row: CaseStatistics): Promise<void> {
  const { _id, facility, ...fields } = row;
  await CaseStatisticsModel.updateOne({ _id, facility }, { $set: fields }, { upsert: true });
}

export async function findCaseStatistics(caseNumber: string): Promise<CaseStatistics | null> {
  return CaseStatisticsModel.findById(caseNumber).lean<CaseStatistics>();
}
