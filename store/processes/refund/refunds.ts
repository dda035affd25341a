/** Refund applications and the decisions on them (read model). */
import mongoose, { type QueryFilter } from 'mongoose';
import { anyJson, rowSchema } from '../../db/schema.ts';
import { type RowAccess, readableRows } from '../../runtime/readable-rows.ts';
import type { RefundRow } from './refund-row.ts';

const schema = rowSchema<RefundRow>({
  seq: Number,
  instance: String,
  caseNumber: String,
  facility: String,
  status: String,
  amountCents: Number,
  paidCents: Number,
  paymentId: String,
  applicant: String,
  applicants: anyJson,
  approvals: anyJson,
  decisions: anyJson,
  updatedAt: String,
});
schema.index({ facility: 1, _id: -1 });
schema.index({ facility: 1, status: 1, _id: -1 });
schema.index({ caseNumber: 1 });

export const RefundModel = mongoose.model<RefundRow>('refunds', schema, 'refunds');

export async function findRefund(id: string): Promise<RefundRow | null> {
  return RefundModel.findById(id).lean<RefundRow>();
}

export interface RefundSearch {
  facilities?: string[];
  /** Only what may be read. */
  access: RowAccess;
  status?: RefundRow['status'];
  caseNumber?: string;
  /** Ids below this one. */
  after?: string;
  limit: number;
}

/** By id, downwards. */
export async function listRefunds(search: RefundSearch): Promise<RefundRow[]> {
  const filter: QueryFilter<RefundRow> = {
    ...(search.facilities && { facility: { $in: search.facilities } }),
    ...(search.status && { status: search.status }),
    ...(search.caseNumber && { caseNumber: search.caseNumber }),
    ...(search.after && { _id: { $lt: search.after } }),
  };
  return RefundModel.aggregate<RefundRow>([
    { $match: filter },
    { $sort: { _id: -1 } },
    ...readableRows(search.access, search.facilities),
    { $limit: search.limit },
  ]);
}
