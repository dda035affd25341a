/** Audit trail: query parameters and entries. */
import { facilityCode, instant, json, pageSchema, paging, wordsSchema } from '../../http/common-schemas.ts';
import { z } from '../../http/zod.ts';

const result = z
  .enum(['done', 'refused', 'failed'])
  .describe('`refused`: answered with a problem; `failed`: an outage or error; whether it took effect is unknown.');

export const auditQuery = z.object({
  who: z.string().min(1).max(100).optional().describe('Staff id.'),
  kind: z.string().min(1).max(100).optional().describe('Type of the subject, for instance `instances`.'),
  what: z.string().min(1).max(300).optional().describe('Id of the subject.'),
  act: z.string().min(1).max(200).optional().describe('For instance `POST /api/tasks/{id}/claim`.'),
  result: result.optional(),
  facility: facilityCode.optional(),
  from: instant.optional().describe('From this instant on, inclusive.'),
  to: instant.optional().describe('Before this instant.'),
  ...paging,
});

const entry = z
  .object({
    id: z.string(),
    at: z.string(),
    who: z.string().nullable().describe('Staff id; null where nobody was logged in.'),
    from: z.string().describe('Address it came from.'),
    requestId: z.string().describe('As in the log and the response header X-Request-Id.'),
    act: z.string().describe('The route; or `mask-lifted`, `login-locked`.'),
    words: wordsSchema.describe('What was done or read.'),
    what: z.object({ kind: z.string(), id: z.string().optional() }),
    facility: z.string().nullable().describe('null: no facility, or the whole group.'),
    result,
    details: z.record(z.string(), json).describe('Codes, ids and field names.'),
  })
  .openapi('AuditEntry');

export const auditPage = pageSchema(entry).openapi('AuditEntries');
