/** Schedules of timer start events. */

import { definitionKey, pageSchema, paging, wordsSchema } from '../../http/common-schemas.ts';
import { z } from '../../http/zod.ts';

export const scheduleSchema = z
  .object({
    id: z.string().describe('Start event and facility.').openapi({ example: 'Begin@BJ' }),
    process: z.string(),
    version: z.number().int(),
    element: z.string(),
    elementName: z.string(),
    elementEnglishName: z.string().optional(),
    facility: z.string(),
    kind: z.enum(['date', 'duration', 'cycle']),
    expression: z.string().describe('As drawn.'),
    value: z.string().describe('As evaluated at deployment; empty if that failed.'),
    zone: z.string(),
    nextAt: z.string().nullable().describe('Null while paused, and when it will not fire again.'),
    remaining: z.number().int().nullable().describe('Number of further firings; null: unlimited.'),
    fired: z.number().int().describe('Firings since deployment, without manual ones.'),
    waiting: z.number().int().describe('Due, but not started yet.'),
    paused: z.object({ at: z.string(), by: z.string(), reason: z.string().optional() }).nullable(),
    leftOut: z
      .object({ from: z.string(), to: z.string(), why: z.enum(['outage', 'pause']) })
      .nullable()
      .describe('Occurrence of the last failure.'),
    failure: z
      .object({
        code: z.string(),
        message: z.string().describe('A technical text in English.'),
        words: wordsSchema,
        since: z.string(),
        attempts: z.number().int(),
        retryAt: z.string().describe('Time of the next attempt.'),
      })
      .nullable()
      .describe('Why due instances cannot be started.'),
    last: z
      .object({
        scheduledAt: z.string(),
        at: z.string(),
        instance: z.string().describe('What it began.'),
        began: z.boolean().describe('False: already started for this occurrence.'),
        by: z.string().optional().describe('Who triggered it manually.'),
      })
      .nullable(),
    updatedAt: z.string(),
  })
  .openapi('Schedule');

export const scheduleList = z
  .object({
    items: z.array(scheduleSchema),
    pending: z
      .boolean()
      .describe('The timers of the newest version have not been taken over yet: no worker is running.'),
  })
  .openapi('ScheduleList');

export const scheduleJournalPage = pageSchema(
  z
    .object({
      n: z.number().int(),
      at: z.string(),
      schedule: z.string(),
      kind: z.enum(['scheduled', 'began', 'failed', 'left-out', 'paused', 'resumed', 'triggered', 'dropped']),
      by: z.string().optional().describe('Staff id.'),
      data: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
    })
    .openapi('ScheduleEvent'),
).openapi('ScheduleJournal');
export const scheduleJournalQuery = z.object(paging);

export const keyParams = z.object({ key: definitionKey });
export const scheduleParams = z.object({
  key: definitionKey,
  schedule: z.string().min(1).max(200).openapi({ example: 'Begin@BJ' }),
});

export const pauseBody = z
  .strictObject({ reason: z.string().trim().min(1).max(500).optional() })
  .openapi('Pause', { example: { reason: '盘点期间暂停' } });

export const scheduleActedSchema = z
  .object({
    schedule: scheduleSchema,
    instance: z.string().optional().describe('The manually started instance; absent if that failed and is retried.'),
    happened: wordsSchema,
  })
  .openapi('ScheduleActed');
