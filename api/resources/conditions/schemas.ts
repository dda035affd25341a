/** Evaluating the conditional start events of processes. */

import { givenBusinessKey } from '../../http/business-keys.ts';
import { facilityCode, givenVariables } from '../../http/common-schemas.ts';
import { z } from '../../http/zod.ts';

export const conditionsBody = z
  .strictObject({
    variables: givenVariables.describe('What the conditions read; the instances that begin have them.'),
    facility: facilityCode.optional().describe('Where instances begin; absent: your own.'),
    processes: z.array(z.string().min(1).max(100)).min(1).max(100).optional().describe('Only these; absent: all.'),
    businessKey: givenBusinessKey
      .optional()
      .describe('Of what begins. Where a process has several conditional start events, the element is added to it.'),
  })
  .openapi('Conditions', {
    example: { facility: 'BJ', variables: { stock: 3 }, processes: ['restock'], businessKey: 'S-17' },
  });

const about = { process: z.string(), version: z.number().int(), element: z.string(), elementName: z.string() };

export const conditionsSchema = z
  .object({
    at: z.string().describe('When the conditions were evaluated.'),
    started: z.array(
      z.object({
        ...about,
        instance: z.string(),
        began: z.boolean().describe('False: it had begun before, by this request or with this business key.'),
      }),
    ),
    notHeld: z.array(z.object({ ...about, missing: z.string().optional().describe('It reads what was not given.') })),
    failed: z
      .array(z.object({ ...about, code: z.string(), message: z.string() }))
      .describe('They cannot be evaluated.'),
  })
  .openapi('ConditionsEvaluated');
