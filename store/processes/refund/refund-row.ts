/** What a refund's process tells of it. */
import type { ProcessRow } from '../../runtime/rows.ts';

export interface RefundRow extends ProcessRow {
  /** Refund id, for instance `BJ2026110001-R1`. */
  _id: string;
  caseNumber?: string;
  facility: string;
  status: 'applied' | 'approving' | 'approved' | 'rejected' | 'sent-back' | 'paid' | 'ended';
  amountCents: number;
  paidCents: number;
  paymentId?: string;
  applicant?: string;
  decisions: { id: string; by: string; role: string; decision: string; reason?: string; at: string; result: string }[];
  updatedAt: string;
}
