/** Statistics of a process's elements. */
import { definitionKey, facilityCode, instant } from '../../http/common-schemas.ts';
import { z } from '../../http/zod.ts';

export const statisticsParams = z.object({ key: definitionKey });

export const statisticsQuery = z.object({
  version: z.coerce.number().int().min(1).optional().describe('Absent: all versions together.'),
  facility: facilityCode.optional(),
  from: instant.optional().describe('Count completions from this time on.'),
  to: instant.optional(),
});

const count = z.number().int();
const ms = z.number().int().optional();

export const elementStatisticsSchema = z
  .object({
    items: z.array(
      z
        .object({
          element: z.string(),
          active: count.describe('Current waits.'),
          incidents: count.describe('Of these, stopped.'),
          overdue: count.describe('Current waits past their due date.'),
          done: count,
          cancelled: count,
          breached: count.describe('Promises broken there.'),
          late: count.describe('Completed after their due date.'),
          medianMs: ms.describe('Median duration, in milliseconds of process time.'),
          p95Ms: ms.describe('95th percentile of the duration, in milliseconds of process time.'),
        })
        .openapi('ElementStatistics'),
    ),
  })
  .openapi('ElementStatisticsList');
