/** Elements of a process in numbers. */
import { definitionKey, facilityCode, instant } from '../../http/common-schemas.ts';
import { z } from '../../http/zod.ts';

export const statisticsParams = z.object({ key: definitionKey });

export const statisticsQuery = z.object({
  version: z.coerce.number().int().min(1).optional().describe('Absent: all versions together.'),
  facility: facilityCode.optional(),
  from: instant.optional().describe('Elements that were left from then on.'),
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
          active: count.describe('What stands there now.'),
          incidents: count.describe('Of these, stopped.'),
          overdue: count.describe('Of these, past their due date.'),
          done: count,
          cancelled: count,
          breached: count.describe('Promises broken there.'),
          late: count.describe('Left after their due date.'),
          medianMs: ms.describe('Half of those done took so long at most, in milliseconds of the process.'),
          p95Ms: ms.describe('Of twenty that are done, nineteen took so long at most.'),
        })
        .openapi('ElementStatistics'),
    ),
  })
  .openapi('ElementStatisticsList');
