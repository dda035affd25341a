/** Names and shapes of the refund process's own messages. */
export const refundProcess = 'refund';

/**
 * Signal `refundDecision`: a director decides the approval step that is open. Comes sealed, from the API or by a
 * person through the codec endpoint (docs/operations.md#reading-and-acting-in-temporal); who decides must hold the role at the facility.
 */
export interface RefundDecision {
  /** Unique per decision; the same id twice counts once. Absent: every signal is a new decision. */
  id?: string;
  /** Must be this refund's where it is given; demanded of what a person seals at the codec endpoint. */
  refundId?: string;
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
