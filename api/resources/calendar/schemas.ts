/** The calendar, health. */

import { facilityCode, wordsSchema } from '../../http/common-schemas.ts';
import { z } from '../../http/zod.ts';

export const whyQuery = z.object({
  from: z
    .union([z.iso.date(), z.iso.datetime({ offset: true })])
    .describe('A day (YYYY-MM-DD) or an instant with its zone.')
    .openapi({ example: '2026-09-30' }),
  workingDays: z.coerce.number().int().min(-1000).max(1000).openapi({ example: 3 }),
  facility: facilityCode,
});

export const whySchema = z
  .looseObject({
    from: z.string(),
    days: z.number().optional(),
    due: z.string(),
    dueDate: z.string(),
    provisional: z.boolean(),
    zone: z.string(),
    sentences: wordsSchema,
    steps: z.array(
      z.looseObject({
        date: z.string(),
        weekday: z.number(),
        counted: z.boolean(),
        working: z.boolean(),
        reason: z.string(),
        notice: z.string().optional(),
      }),
    ),
    calendar: z.object({ id: z.string(), version: z.number() }),
  })
  .openapi('WhyThisDate');

const check = z.object({ ok: z.boolean(), why: z.string() });
export const readySchema = z
  .object({
    ready: z.boolean(),
    detail: z.string().describe('What is missing, in a sentence.'),
    checks: z.object({ database: check, temporal: check, worker: check, definitions: check }),
  })
  .openapi('Readiness');
export const healthSchema = z.object({ status: z.literal('ok') }).openapi('Health');
