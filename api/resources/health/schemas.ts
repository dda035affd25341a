/** Responses of liveness and readiness. */
import { z } from '../../http/zod.ts';

const check = z.object({ ok: z.boolean(), why: z.string() });

export const readySchema = z
  .object({
    ready: z.boolean(),
    detail: z.string().optional().describe('What is missing, in a sentence. For monitoring only.'),
    checks: z
      .object({ database: check, temporal: check, worker: check, definitions: check, scanner: check })
      .optional()
      .describe('For monitoring only.'),
  })
  .openapi('Readiness');

export const healthSchema = z.object({ status: z.literal('ok') }).openapi('Health');
