/** Evaluating the conditional start events of processes. */

import { givenBusinessKey } from '../../http/business-keys.ts';
import { facilityCode, givenVariables } from '../../http/common-schemas.ts';
import { z } from '../../http/zod.ts';

export const conditionsBody = z
  .strictObject({
    variables: givenVariables.describe('Read by the conditions, and set on the started instances.'),
    facility: facilityCode.optional().describe('Facility of the started instances; absent: your own.'),
    processes: z
      .array(z.string().min(1).max(100))
      .min(1)
      .max(100)
      .optional()
      .describe('Only these processes; absent: all.'),
    businessKey: givenBusinessKey
      .optional()
      .describe(
        'Of the started instances. If a process has several conditional start events, the element id is appended.',
      ),
  })
  .openapi('Conditions', {
    example: { facility: 'BJ', variables: { stock: 3 }, processes: ['restock'], businessKey: 'S-17' },
  });

const about = { process: z.string(), version: z.number().int(), element: z.string(), elementName: z.string() };

export const conditionsSchema = z
  .object({
    at: z.string().describe('Time of evaluation.'),
    started: z.array(
      z.object({
        ...about,
        instance: z.string(),
        began: z.boolean().describe('False: already started by this request or with this business key.'),
      }),
    ),
    notHeld: z.array(
      z.object({ ...about, missing: z.string().optional().describe('It reads variables that were not given.') }),
    ),
    failed: z
      .array(z.object({ ...about, code: z.string(), message: z.string() }))
      .describe('They cannot be evaluated.'),
  })
  .openapi('ConditionsEvaluated');
