/** Instances in requests and responses. */

import type { WaitKind } from '../../../engine/model/types.ts';
import {
  byWhom,
  clockSchema,
  flag,
  givenVariables,
  incidentSchema,
  instant,
  json,
  pageSchema,
  paging,
  statusSchema,
  waitSchema,
  wordsSchema,
} from '../../http/common-schemas.ts';
import { z } from '../../http/zod.ts';
import { whyThisDate } from '../calendar/schemas.ts';
import { columnsShown, sortParameter } from '../columns/schemas.ts';
import { summarySchema } from '../columns/summary.ts';
import { instanceFilterQuery } from './filter.ts';

export const instanceParams = z.object({
  id: z.string().min(3).max(300).openapi({
    description: 'Workflow id, percent-encoded in the address: complaint%2FBJ2026110001.',
    example: 'complaint/BJ2026110001',
  }),
});

export const instanceQuery = z.object({
  ...instanceFilterQuery,
  startedByMe: flag.optional(),
  sort: sortParameter(['startedAt', 'dueAt', 'endedAt', 'stageSince', 'businessKey', 'updatedAt']),
  ...paging,
});

export const totalsQuery = z.object({
  ...instanceFilterQuery,
  by: z
    .enum(['process', 'version', 'stage', 'element', 'facility', 'status', 'incidentCode'])
    .optional()
    .describe('Group by this property; an instance that waits at several elements counts at each.'),
});

const number = z.number().int();
const totals = { total: number, stopped: number.describe('By an incident.'), overdue: number };
export const totalsSchema = z
  .object({
    ...totals,
    groups: z
      .array(
        z
          .object({
            value: z.union([z.string(), z.number(), z.null()]),
            words: wordsSchema.optional().describe('Text of an incident code.'),
            ...totals,
          })
          .openapi('InstanceTotalsGroup'),
      )
      .optional()
      .describe('Largest first, at most 100.'),
  })
  .openapi('InstanceTotals');

export const instanceSchema = z
  .object({
    id: z.string(),
    process: z.string(),
    businessKey: z.string(),
    definition: z.object({ key: z.string(), version: z.number(), hash: z.string() }),
    facility: z.string(),
    title: z.string(),
    status: statusSchema,
    stage: z.string().optional(),
    stageSince: z.string().optional(),
    startedAt: z.string(),
    startedBy: z.string().optional(),
    endedAt: z.string().optional(),
    dueAt: z.string().optional(),
    overdue: z.boolean(),
    incidents: z.array(incidentSchema),
    waits: z.array(waitSchema),
    clocks: z.array(clockSchema),
    subscriptions: z.array(z.object({ name: z.string(), correlationKey: z.string().optional(), element: z.string() })),
    parent: z.string().optional(),
    root: z
      .string()
      .optional()
      .describe('First instance of its lineage: it led to this one by calls, messages or signals. Absent: itself.'),
    columns: columnsShown,
    speed: z.number(),
    updatedAt: z.string(),
  })
  .openapi('Instance');
export type InstanceView = z.infer<typeof instanceSchema>;

export const oneInstanceSchema = instanceSchema
  .extend({
    summary: summarySchema.describe('Declared title and columns.'),
    englishNames: z
      .record(z.string(), z.string())
      .optional()
      .describe('English names of its elements, if the definition has any.'),
  })
  .openapi('OneInstance');

export const instancePage = pageSchema(instanceSchema).openapi('InstancePage');

const waitKinds = [
  'task',
  'job',
  'event',
  'join',
  'call',
  'multi',
  'stuck',
  'scope',
  'gateway',
] as const satisfies WaitKind[];

const because = z.object({ kind: z.enum(['working-days', 'duration', 'date', 'cycle']) }).openapi('DueReason');

export const explanationSchema = z
  .object({
    at: z.string(),
    instance: z.string(),
    status: statusSchema,
    summary: wordsSchema,
    steps: z
      .array(
        z.object({
          id: z.string(),
          at: z.string(),
          what: wordsSchema,
          state: wordsSchema.describe('Planned, or how it ended.'),
          why: wordsSchema.optional().describe('Why at this minute, and why not.'),
        }),
      )
      .optional()
      .describe('What it does by itself at its time, and what it has left out.'),
    waits: z.array(
      z
        .object({
          key: z.string(),
          element: z.string(),
          elementName: z.string(),
          elementEnglishName: z.string().optional(),
          kind: z.enum(waitKinds),
          what: wordsSchema,
          since: z.string(),
          guards: z.string().optional().describe('Of an event attached to another wait: the key of that wait.'),
          until: z.string().optional(),
          overdue: z.boolean(),
          who: z
            .object({ assignee: z.string().optional(), groups: z.array(z.string()), users: z.array(z.string()) })
            .describe('Roles and staff who can do the task; empty for other waits.'),
          why: whyThisDate.optional().describe('Explanation of `until`.'),
          canMove: z.boolean().describe('Whether it can still continue; if not, `problem` says why.'),
          problem: wordsSchema.optional(),
          notice: wordsSchema.optional(),
          incident: z
            .object({
              code: z.string().describe('See docs/errors.md.'),
              params: z.record(z.string(), json).describe('Parameters of the message.'),
              at: z.string(),
            })
            .optional(),
        })
        .openapi('WaitExplained'),
    ),
    clocks: z.array(
      z
        .object({
          id: z.string(),
          name: z.string(),
          englishName: z.string().optional(),
          element: z.string().optional(),
          key: z.string().optional(),
          host: z.string().optional().describe('Wait key that the clock belongs to.'),
          startedAt: z.string(),
          dueAt: z.string(),
          status: z.enum(['running', 'met', 'breached']),
          endedAt: z.string().optional(),
          breachedAt: z.string().optional(),
          provisional: z.boolean().optional(),
          reason: because.optional(),
          tell: z.array(z.string()).optional().describe('Roles notified of a breach.'),
          why: whyThisDate.optional(),
        })
        .openapi('ClockExplained'),
    ),
  })
  .openapi('Explanation');

export const journalTopics = ['act', 'decision', 'message', 'deadline', 'incident', 'change', 'step'] as const;

export const journalQuery = z.object(paging);
export const journalPage = pageSchema(
  z
    .object({
      n: z.number().int(),
      at: z.string(),
      kind: z.string(),
      forPeople: z
        .boolean()
        .describe('Whether it is relevant to case workers; flows and automatic steps are for operators.'),
      topic: z.enum(journalTopics).describe('Topic, for filters.'),
      zh: z.string(),
      en: z.string(),
      element: z.string().optional(),
      elementName: z.string().optional(),
      key: z.string().optional(),
      by: byWhom.extend({ name: z.string().optional() }).optional(),
      data: z.unknown().optional(),
    })
    .openapi('JournalLine'),
).openapi('JournalPage');

export const retryBody = z
  .strictObject({
    key: z.string().min(1).max(50).optional().describe('Wait key; optional with a single incident.'),
  })
  .openapi('Retry', { example: { key: '7' } });
export const skipBody = z
  .strictObject({
    key: z.string().min(1).max(50).optional().describe('Wait key; optional with a single incident.'),
    reason: z.string().trim().min(1).max(2000),
    variables: givenVariables.optional().describe('Output of the skipped element.'),
  })
  .openapi('Skip', { example: { key: '7', reason: '已线下办理', variables: { contactResult: 'reached' } } });
export const cancelBody = z
  .strictObject({ reason: z.string().trim().min(1).max(2000) })
  .openapi('Cancel', { example: { reason: '重复登记' } });

export const clockBody = z
  .strictObject({ to: instant.describe('With an offset or Z.') })
  .openapi('ClockForward', { example: { to: '2026-12-24T09:00:00+08:00' } });

export const instanceActedSchema = z
  .object({ instance: instanceSchema, happened: wordsSchema })
  .openapi('InstanceActed');

export const processTimeSchema = instanceActedSchema
  .extend({ now: z.string().describe('Its process time.') })
  .openapi('InstanceClock');
