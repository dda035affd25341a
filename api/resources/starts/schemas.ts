/** Starting an instance of any definition. */

import { givenBusinessKey } from '../../http/business-keys.ts';
import { facilityCode, givenVariables } from '../../http/common-schemas.ts';
import { z } from '../../http/zod.ts';

export const startBody = z
  .strictObject({
    process: z.string().min(1).max(100).describe('Key of a deployed definition.'),
    version: z.number().int().positive().optional().describe('Absent: the newest.'),
    businessKey: givenBusinessKey
      .optional()
      .describe('Business key; one used before starts nothing. Absent: allocated.'),
    facility: facilityCode,
    variables: givenVariables.default({}),
    timeScale: z
      .number()
      .min(1)
      .max(1_000_000)
      .optional()
      .describe('For drills: factor by which process time runs faster.'),
  })
  .openapi('Start', {
    example: { process: 'orders', facility: 'BJ', businessKey: 'O-17', variables: { amountCents: 12000 } },
  });
export type StartBody = z.infer<typeof startBody>;

export const startedSchema = z
  .object({
    id: z.string(),
    process: z.string(),
    version: z.number().int(),
    businessKey: z.string(),
    began: z.boolean().describe('False: it was started before.'),
  })
  .openapi('Started');
