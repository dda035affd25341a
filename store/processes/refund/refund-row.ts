/** What a refund's process tells of it. */
import type { ProcessRow } from '../../runtime/rows.ts';

/** A decision as it stands for paying: by whom, in which role, and on what (`approvals.ts`). */
export interface RefundApproval {
  by: string;
  role: string;
  /** `approve`; finance's confirmation counts as one. */
  decision: string;
  at: string;
  /** What was asked for when it was decided. */
  amountCents: number;
  paymentId: string;
}

export interface RefundRow extends ProcessRow {
  /** Refund id: the business key, for instance `BJ2026110001-R1`. */
  _id: string;
  /** Of the case that called it. */
  caseNumber?: string;
  status: 'applied' | 'approving' | 'approved' | 'rejected' | 'sent-back' | 'paid' | 'ended';
  amountCents: number;
  /** What the payment order was for; 0 until there is one. */
  paidCents: number;
  paymentId?: string;
  /** Who applied last. */
  applicant?: string;
  /** Everybody who has applied. */
  applicants: string[];
  approvals: RefundApproval[];
  decisions: { id: string; by: string; role: string; decision: string; reason?: string; at: string; result: string }[];
  updatedAt: string;
}
