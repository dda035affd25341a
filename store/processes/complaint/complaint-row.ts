/** Projection of a complaint process. Texts and people are master data in the same document, under `intake`. */
import type { InstanceRow, ProcessRow } from '../../runtime/rows.ts';

export interface ComplaintRow extends ProcessRow {
  /** Case number. */
  _id: string;
  stage: string;
  stageSince?: string;
  status: InstanceRow['status'];
  classification?: string;
  quality?: boolean;
  receivedAt: string;
  acceptedAt?: string;
  firstContactAt?: string;
  closedAt?: string;
  planAmountCents?: number;
  refundStatus?: string;
  outcome?: string;
  assignee?: string;
  dueAt?: string;
  overdue: boolean;
  incident: boolean;
  updatedAt: string;
}
