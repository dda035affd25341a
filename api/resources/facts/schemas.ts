/** Facts for a decision. */
import { wordsSchema } from '../../http/common-schemas.ts';
import { z } from '../../http/zod.ts';
import { summaryColumn } from '../columns/summary.ts';

export const factsSchema = z
  .object({
    facts: z.array(summaryColumn).describe('Columns with `listed="false"`, by the process\'s declaration.'),
    texts: z
      .array(z.object({ id: z.string(), name: wordsSchema, value: z.string() }))
      .describe('Case data kept outside the process.'),
  })
  .openapi('Facts');
