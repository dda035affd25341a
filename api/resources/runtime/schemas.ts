/** Runtime status: workers, projection lag, links to Temporal's UI. */
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
            seenAt: z.string().describe('Time of its last poll.'),
          })
          .openapi('WorkerSeen'),
      )
      .nullable()
      .describe('Workers that polled in the last minutes, latest first; null: Temporal does not answer.'),
    rows: z
      .object({
        count: z.number().int().describe('Number of sampled rows: those written last.'),
        medianMs: ms.optional(),
        mostMs: ms.optional(),
        writtenAt: z.string().optional().describe('Time of the last write.'),
      })
      .describe('Delay between a step and the write of its row, in real time.'),
    temporal: z
      .object({ address: z.string(), queries: z.array(z.object({ code: z.string(), query: z.string() })) })
      .optional()
      .describe('URL of the workflows in Temporal’s UI; absent if not configured (CARELOOP_CODEC_ORIGINS).'),
  })
  .openapi('Runtime');
