/** Names and shapes of the refund process's own messages. */
export const refundProcess = 'refund';

/** Signal `refundDecision`: a director decides the approval step that is open. May be sent from anywhere, the Temporal CLI too. */
export interface RefundDecision {
  /** Unique per decision; the same id twice counts once. Absent: every signal is a new decision. */
  id?: string;
  decision: 'approve' | 'reject' | 'send-back';
  by: string;
  /** Role acted in, for instance `president`. */
  role: string;
  /** Demanded for reject and send-back. */
  reason?: string;
}
export const refundDecisionSignal = 'refundDecision';

/** What became of a decision: `accepted` once at most per step. */
export interface RefundDecisionResult {
  id: string;
  result: 'accepted' | 'refused';
  /** Refusal code, for instance `nothing-to-decide`, `own-application`, `wrong-role`, `already-decided`. */
  code?: string;
  message?: { zh: string; en: string };
  /** Who decided instead, where somebody did. */
  decidedBy?: { id: string; role?: string; at: string };
}

/** Answer of the query `refundStatus`. */
export interface RefundStatus {
  refundId: string;
  caseNumber?: string;
  status: string;
  amountCents: number;
  /** The step that is open, with its role. */
  waitsFor: { element: string; name: string; roles: string[]; dueAt?: string }[];
  decisions: (RefundDecisionResult & { by: string; role: string; decision: string; reason?: string; at: string })[];
}
export const refundStatusQuery = 'refundStatus';
