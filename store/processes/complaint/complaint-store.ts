/** How the store keeps complaints: their row shares a document with what was told at the desk. */

import { type Collection, updateNewer } from '../../runtime/row-writing.ts';
import type { ProcessRow } from '../../runtime/rows.ts';
import type { ProcessStore } from '../process-store.ts';
import { CaseStatisticsModel } from './case-statistics.ts';
import type { ComplaintRow } from './complaint-row.ts';
import { ComplaintModel } from './complaints.ts';

const optionalFields = [
  'stageSince',
  'classification',
  'quality',
  'acceptedAt',
  'firstContactAt',
  'closedAt',
  'planAmountCents',
  'refundStatus',
  'outcome',
  'assignee',
  'dueAt',
] as const satisfies (keyof ComplaintRow)[];

export const complaintStore: ProcessStore = {
  process: 'complaint',
  models: [ComplaintModel, CaseStatisticsModel],
  write: (row: ProcessRow) =>
    updateNewer(ComplaintModel.collection as unknown as Collection, row as ComplaintRow, optionalFields),
  async endedOutside(caseNumber, endedAt) {
    await ComplaintModel.updateOne(
      { _id: caseNumber },
      {
        $set: { status: 'terminated', overdue: false, updatedAt: endedAt },
        $max: { seq: Date.parse(endedAt) + 1 },
        $unset: { dueAt: '' },
      },
    );
  },
};
