/** Names and types of the refund process's own messages. */
export const refundProcess = 'refund';

/**
 * Signal `refundDecision`: a decision on the open approval step. Sealed by the API, or for a person by the codec
 * endpoint (docs/operations.md#reading-and-acting-in-temporal); the decider must hold the role at the facility.
 */
export interface RefundDecision {
  /** Unique per decision; a repeated id counts once. Absent: every signal is a new decision. */
  id?: string;
  /** If given, must be this refund's; required for decisions sealed at the codec endpoint. */
  refundId?: string;
  decision: 'approve' | 'reject' | 'send-back';
  by: string;
  /** Role of the decider, for instance `president`. */
  role: string;
  /** Required for reject and send-back. */
  reason?: string;
}
export const refundDecisionSignal = 'refundDecision';

/** Outcome of a decision; at most one per step is `accepted`. */
export interface RefundDecisionResult {
  id: string;
  result: 'accepted' | 'refused';
  /** Refusal code, for instance `nothing-to-decide`, `own-application`, `wrong-role`, `already-decided`. */
  code?: string;
  message?: { zh: string; en: string };
  /** Who has decided instead, if anybody. */
  decidedBy?: { id: string; role?: string; at: string };
}

/** Answer of the query `refundStatus`. */
export interface RefundStatus {
  refundId: string;
  caseNumber?: string;
  status: string;
  amountCents: number;
  /** The open step, with its role. */
  waitsFor: { element: string; name: string; roles: string[]; dueAt?: string }[];
  decisions: (RefundDecisionResult & { by: string; role: string; decision: string; reason?: string; at: string })[];
}
export const refundStatusQuery = 'refundStatus';
