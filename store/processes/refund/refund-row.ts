/** Projection of a refund process. */
import type { ProcessRow } from '../../runtime/rows.ts';

/** A decision as far as payment depends on it: by whom, in which role, and on what (`approvals.ts`). */
export interface RefundApproval {
  by: string;
  role: string;
  /** `approve`; finance's confirmation counts as one. */
  decision: string;
  at: string;
  /** The application at the time of the decision. */
  amountCents: number;
  paymentId: string;
  /** How it is paid out, empty when the application does not say. */
  method: string;
}

export interface RefundRow extends ProcessRow {
  /** Refund id: the business key, for instance `BJ2026110001-R1`. */
  _id: string;
  /** Of the case that called it. */
  caseNumber?: string;
  status: 'applied' | 'approving' | 'approved' | 'rejected' | 'sent-back' | 'paid' | 'ended';
  amountCents: number;
  /** Amount of the payment order; 0 until there is one. */
  paidCents: number;
  paymentId?: string;
  /** Last applicant. */
  applicant?: string;
  /** All applicants. */
  applicants: string[];
  approvals: RefundApproval[];
  decisions: { id: string; by: string; role: string; decision: string; reason?: string; at: string; result: string }[];
  updatedAt: string;
}
