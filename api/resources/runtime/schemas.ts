/** What keeps the processes running: workers, how far the rows are behind, and where Temporal's own pages are. */
import { z } from '../../http/zod.ts';

const ms = z.number().int();

export const runtimeSchema = z
  .object({
    at: z.string(),
    taskQueue: z.string(),
    workers: z
      .array(
        z
          .object({
            identity: z.string(),
            kinds: z.array(z.enum(['workflow', 'activity'])),
            seenAt: z.string().describe('When it asked for work last.'),
          })
          .openapi('WorkerSeen'),
      )
      .nullable()
      .describe('Those that asked for work in the last minutes, the latest first; null: Temporal does not answer.'),
    rows: z
      .object({
        count: z.number().int().describe('Rows of instances that were looked at: the last ones written.'),
        medianMs: ms.optional(),
        mostMs: ms.optional(),
        writtenAt: z.string().optional().describe('When the last one was written.'),
      })
      .describe('How long after a step its row was written, in real time.'),
    temporal: z
      .object({ address: z.string(), queries: z.array(z.object({ code: z.string(), query: z.string() })) })
      .optional()
      .describe('Where the UI of Temporal shows the workflows; absent where it is not known (CARELOOP_CODEC_ORIGINS).'),
  })
  .openapi('Runtime');
