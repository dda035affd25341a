/** How the store keeps follow-up chains. */
import mongoose from 'mongoose';
import { anyJson, rowSchema } from '../../db/schema.ts';
import { type Collection, updateNewer } from '../../runtime/row-writing.ts';
import type { ProcessRow } from '../../runtime/rows.ts';
import type { ProcessStore } from '../process-store.ts';
import type { FollowUpRow } from './follow-up-row.ts';
import { WeekReportModel } from './week-reports.ts';

const schema = rowSchema<FollowUpRow>({
  seq: Number,
  instance: String,
  facility: String,
  episode: String,
  patient: String,
  status: String,
  touches: anyJson,
  nextDueAt: String,
  stopReason: String,
  incident: Boolean,
  updatedAt: String,
});
schema.index({ facility: 1, _id: 1 });
schema.index({ patient: 1, _id: 1 });

export const FollowUpModel = mongoose.model<FollowUpRow>('followUps', schema, 'followUps');

export const followUpStore: ProcessStore = {
  process: 'followUp',
  models: [FollowUpModel, WeekReportModel],
  write: (row: ProcessRow) =>
    updateNewer(FollowUpModel.collection as unknown as Collection, row as FollowUpRow, ['nextDueAt', 'stopReason']),
  async endedOutside(chain, endedAt) {
    await FollowUpModel.updateOne(
      { _id: chain },
      {
        $set: { status: 'terminated', updatedAt: endedAt },
        $max: { seq: Date.parse(endedAt) + 1 },
        $unset: { nextDueAt: '' },
      },
    );
  },
};

export async function findFollowUp(chain: string): Promise<FollowUpRow | null> {
  return FollowUpModel.findById(chain).lean<FollowUpRow>();
}

const consentWithdrawn = 'consent-withdrawn';

/** Ended for want of a consent, which may be given again. */
export const isResumable = ({ status, stopReason }: FollowUpRow): boolean =>
  status !== 'active' && stopReason === consentWithdrawn;

/** Chains of a patient that a consent given again takes up. */
export async function resumableChains(patient: string, facility: string): Promise<string[]> {
  const filter = { patient, facility, stopReason: consentWithdrawn, status: { $ne: 'active' as const } };
  const rows = await FollowUpModel.find(filter, { _id: 1 }).lean();
  return rows.map(({ _id }) => _id);
}

export async function findFollowUps(chains: string[]): Promise<FollowUpRow[]> {
  return FollowUpModel.find({ _id: { $in: chains } }).lean<FollowUpRow[]>();
}

export interface FollowUpSearch {
  facilities?: string[];
  patient?: string;
  status?: FollowUpRow['status'];
  /** The last chain of the previous page. */
  after?: string;
  limit: number;
}

/** By key. */
export async function listFollowUps({ facilities, patient, status, after, limit }: FollowUpSearch) {
  const filter = {
    ...(facilities && { facility: { $in: facilities } }),
    ...(patient !== undefined && { patient }),
    ...(status && { status }),
    ...(after !== undefined && { _id: { $gt: after } }),
  };
  return FollowUpModel.find(filter).sort({ _id: 1 }).limit(limit).lean<FollowUpRow[]>();
}
