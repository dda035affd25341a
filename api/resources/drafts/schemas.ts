/** Drafts: unsubmitted form input. */
import { variablesSchema } from '../../http/common-schemas.ts';
import { z } from '../../http/zod.ts';

export const draftParams = z.object({
  kind: z.enum(['task', 'start']).openapi({ example: 'task' }),
  of: z.string().min(1).max(300).openapi({
    description: 'Id of the task, or key of the process to be started.',
    example: 'complaint.BJ2026110001.7',
  }),
});

/** Limit: as much as the largest form accepts. */
export const draftLimit = '64kb';

export const draftBody = z
  .strictObject({ values: variablesSchema })
  .openapi('DraftToKeep', { example: { values: { contactResult: 'reached' } } });

export const savedSchema = z.object({ savedAt: z.string() }).openapi('DraftSaved');

export const draftSchema = z
  .object({
    draft: z.union([savedSchema.extend({ values: variablesSchema }), z.null()]).describe('Null: no draft.'),
  })
  .openapi('Draft');
