/** What is done to an installation from the command line, in the same audit trail as what is done by request. */
import { randomUUID } from 'node:crypto';
import type { AuditSubject } from '../../store/audit/entries.ts';
import { recordAudit } from '../../store/audit/record.ts';

export const recordCommand = (act: string, what: AuditSubject, details: Record<string, unknown> = {}): Promise<void> =>
  recordAudit({
    at: new Date().toISOString(),
    who: null,
    from: 'command-line',
    requestId: randomUUID(),
    act,
    what,
    facility: null,
    result: 'done',
    details,
  });
