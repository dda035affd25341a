/** Related instances: by calls, or by equal column values. */
import { facilityCode, statusSchema } from '../../http/common-schemas.ts';
import { z } from '../../http/zod.ts';

const related = z
  .object({
    id: z.string(),
    process: z.string(),
    title: z.string(),
    businessKey: z.string(),
    facility: z.string(),
    status: statusSchema,
    startedAt: z.string(),
  })
  .openapi('RelatedInstance');

export const relatedSchema = z
  .object({
    parent: related.optional().describe('Its caller.'),
    called: z.array(related),
    same: z
      .array(
        z.object({
          column: z.object({ id: z.string(), name: z.string(), englishName: z.string().optional() }),
          value: z.string(),
          items: z.array(related),
        }),
      )
      .describe('By searchable text columns: others at the facility with the same value, the newest few.'),
  })
  .openapi('RelatedInstances');

export const similarQuery = z.object({
  facility: facilityCode,
  column: z.string().min(1).max(50).describe('Id of a searchable text column.'),
  value: z.string().trim().min(2).max(200),
});

export const similarSchema = z.object({ items: z.array(related) }).openapi('SimilarInstances');
