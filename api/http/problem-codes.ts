/** Codes of problems with their titles. Clients branch on the code; `docs/errors.md` lists all of them with those of refusals and incidents. */
import { en } from '../../engine/messages/en.ts';
import type { RefusalCode } from '../../engine/messages/refusals.ts';

export const problemTitles = {
  'already-claimed': 'Task already claimed',
  'already-decided': 'Decision already recorded',
  'already-running': 'Instance already running',
  'audit-away': 'Audit trail unavailable',
  'built-in-job-type': 'Built-in job type',
  'business-key-taken': 'Business key taken',
  'changed-meanwhile': 'Changed by somebody else',
  'compiler-busy': 'Compiler busy',
  'cross-origin': 'Cross-origin request refused',
  'database-away': 'Database unavailable',
  'definition-refused': 'Definition refused',
  'event-id-reused': 'Event id reused for another event',
  'file-gone': 'File content removed',
  'file-infected': 'File infected',
  'file-too-large': 'File too large',
  'file-type-refused': 'File type refused',
  'form-invalid': 'Form invalid',
  'identity-fixed': 'Identity cannot be changed',
  'money-element': 'Step that moves money',
  'not-declared': 'Variables not declared',
  'history-gone': 'History no longer available',
  'idempotency-key-invalid': 'Idempotency-Key invalid',
  'idempotency-key-missing': 'Idempotency-Key missing',
  'idempotency-key-reused': 'Idempotency-Key reused for another request',
  'instance-busy': 'Instance busy',
  'instances-running': 'Instances still running',
  internal: 'Internal error',
  'invalid-request': 'Invalid request',
  'job-type-in-use': 'Job type in use',
  'last-administrator': 'Last administrator',
  'letter-not-failed': 'Letter not given up',
  'malformed-request': 'Malformed request',
  'message-expired': 'Message expired',
  'message-id-taken': 'Message id already used',
  'message-not-waiting': 'Message not withdrawable',
  'message-withdrawn': 'Message withdrawn',
  'messages-under-way': 'Message delivery in progress',
  'method-not-allowed': 'Method not allowed',
  'no-answer-in-time': 'No answer in time',
  'no-longer-waiting': 'Message no longer expected',
  'no-second-person-needed': 'No second person needed',
  'no-such-route': 'Route not found',
  'no-taker': 'No recipient for this message',
  'no-worker': 'No worker answered',
  'monitoring-only': 'Monitoring only',
  'message-not-expected': 'Message not expected',
  'not-a-candidate': 'Not a candidate for this task',
  'not-a-starter': 'Not allowed to start this process',
  'not-active': 'Instance not running',
  'not-found': 'Not found',
  'not-logged-in': 'Authentication required',
  'not-the-assignee': 'Task not assigned to you',
  'not-in-bulk': 'Not completed in bulk',
  'nothing-to-decide': 'No decision awaited',
  'own-account': 'Own account',
  'own-application': 'Own application',
  'password-link-gone': 'Password token void',
  'proposal-closed': 'Proposal closed',
  'range-outside': 'Range outside of the file',
  'reason-missing': 'Reason missing',
  refused: 'Request refused',
  'role-not-yours-to-give': 'Role not yours to give',
  'same-person': 'Proposed by the same person',
  'scheduler-away': 'Scheduler unavailable',
  'scanner-away': 'Virus scanner unavailable',
  'schedules-running': 'Schedules still running',
  'second-person-needed': 'Second person needed',
  'staff-active': 'Person still active',
  'staff-disabled': 'Person disabled',
  'staff-id-taken': 'Staff id taken',
  'staff-pseudonymised': 'Person pseudonymised',
  'started-elsewhere': 'Process started by another route',
  'task-gone': 'Task already completed',
  'temporal-away': 'Temporal unavailable',
  'too-large': 'Request too large',
  'too-many': 'Too many instances',
  'too-many-files': 'Too many files waiting',
  'too-many-requests': 'Too many requests',
  'unsupported-media-type': 'Unsupported media type',
  'upload-too-slow': 'Upload too slow',
  'version-deactivated': 'Version deactivated',
  'wrong-facility': 'Other facility',
  'wrong-password': 'Login failed',
  'wrong-role': 'Role missing',
} as const;

export type ProblemCode = keyof typeof problemTitles | RefusalCode;

/** Codes that workflows send as data. */
export const isProblemCode = (code: string | undefined): code is ProblemCode =>
  code !== undefined && (Object.hasOwn(problemTitles, code) || Object.hasOwn(en.refusals, code));

export const titleOf = (code: ProblemCode): string => {
  const titles: Partial<Record<ProblemCode, string>> = problemTitles;
  return titles[code] ?? problemTitles.refused;
};

/** Address of a code's description, served by the API itself (api/http/docs-page.ts). */
export const problemType = (code: string): string => `/docs/errors#${code}`;
