/** Parameters and event data of the change stream. */
import { z } from '../../http/zod.ts';

export const eventsQuery = z.object({
  after: z
    .string()
    .regex(/^\d{1,15}$/, 'the id of an event of this stream')
    .optional()
    .describe('Id of the last event received; the header Last-Event-ID takes precedence.'),
});

export const changeSchema = z
  .discriminatedUnion('kind', [
    z.object({
      kind: z.literal('task'),
      id: z.string(),
      instance: z.string(),
      process: z.string(),
      facility: z.string(),
      status: z.enum(['open', 'completed', 'cancelled']),
      assignee: z.string().nullable(),
      closedAt: z.string().optional(),
      closedBy: z.string().optional(),
    }),
    z.object({
      kind: z.literal('instance'),
      id: z.string(),
      process: z.string(),
      facility: z.string(),
      status: z.enum(['active', 'completed', 'terminated', 'cancelled', 'failed']),
    }),
  ])
  .openapi('Change');
export type Change = z.infer<typeof changeSchema>;
