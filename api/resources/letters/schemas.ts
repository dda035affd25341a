/** Letters to people, as those see them who look after their delivery: without what is written in them. */
import { facilityCode, pageSchema, paging } from '../../http/common-schemas.ts';
import { z } from '../../http/zod.ts';

const status = z.enum(['waiting', 'sending', 'sent', 'failed']);

export const letterSchema = z
  .object({
    id: z.string(),
    instance: z.string(),
    facility: z.string(),
    to: z.string().describe('A role id, a staff id, or `patient`.'),
    channel: z.string(),
    template: z.string().optional(),
    status: status.describe('`failed`: given up after the gateway has refused it too often.'),
    attempts: z.number().int().describe('How often the gateway has refused it; outages do not count.'),
    outages: z.number().int().optional().describe('How often in a row the gateway was away.'),
    createdAt: z.string(),
    dueAt: z.string().describe('When it may be tried.'),
    error: z.string().optional().describe('What the gateway said last.'),
    sentAt: z.string().optional(),
    failedAt: z.string().optional(),
    resent: z.object({ by: z.string(), at: z.string() }).optional().describe('Who had it sent again last.'),
  })
  .openapi('Letter');

export const letterPage = pageSchema(letterSchema);

export const letterParams = z.object({
  id: z
    .string()
    .min(1)
    .max(1500)
    .describe('Percent-encoded.')
    .openapi({ example: 'complaint/BJ2026110001#12#president' }),
});

export const letterQuery = z.object({
  status: status.optional(),
  instance: z.string().max(300).optional().describe('Id of the instance that wrote it.'),
  facility: facilityCode.optional(),
  ...paging,
});
