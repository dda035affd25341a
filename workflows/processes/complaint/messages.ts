/** Names and types of the complaint process's own messages. */
export const complaintProcess = 'complaint';

/** Answer of the query `complaintStatus`. */
export interface ComplaintStatus {
  caseNumber: string;
  facility: string;
  stage: string;
  stageSince: string;
  status: 'active' | 'completed' | 'terminated' | 'cancelled' | 'failed';
  classification?: string;
  /** Element names of its waits, with the roles that must act and the due date. */
  waitsFor: { element: string; name: string; roles: string[]; assignee?: string; dueAt?: string }[];
  overdue: boolean;
  incident: boolean;
  clocks: { id: string; name: string; dueAt: string; status: 'running' | 'met' | 'breached' }[];
  refund?: { id: string; status: string; amountCents: number };
}
export const complaintStatusQuery = 'complaintStatus';
