/** Schemas shared by resources: facilities, pages, localised texts, clocks. */
import type { Json } from '../../engine/model/plan.ts';
import { ownVariables } from '../../workflows/runtime/instance-messages.ts';
import { z } from './zod.ts';

export const facilityCode = z
  .string()
  .regex(/^[A-Z]{2}$/, 'A facility code has two capital letters, for instance BJ.')
  .openapi({ example: 'BJ', description: 'Facility code.' });

/** An instant with any offset, normalised to UTC. */
export const instant = z.iso
  .datetime({ offset: true, message: 'An instant in ISO 8601 with its zone, for instance 2026-11-22T09:30:00+08:00.' })
  .transform((text) => new Date(text).toISOString())
  .openapi({ type: 'string', format: 'date-time', example: '2026-11-22T09:30:00+08:00' });

export const definitionKey = z
  .string()
  .min(1)
  .max(100)
  .openapi({ description: 'Key of a definition: the id of its process.', example: 'orders' });

/** For acts without a comment. */
export const noBody = z.strictObject({}).openapi('Nothing', { example: {} });

export const paging = {
  cursor: z.string().max(500).optional().describe('"nextCursor" of the previous page, unchanged.'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
};

export const flag = z
  .enum(['true', 'false'])
  .transform((text) => text === 'true')
  .openapi({ type: 'boolean' });

export const searchText = z.string().trim().min(1).max(100).optional();

export const wordsSchema = z.object({ zh: z.string(), en: z.string() }).openapi('Words');

export const statusSchema = z.enum(['active', 'completed', 'terminated', 'cancelled', 'failed']);

/** Bodies come from a JSON parser, so any value is JSON already. */
export const json = z
  .unknown()
  .transform((value) => value as Json)
  .openapi({ description: 'Any JSON.' });

/** Process variables. Never personal data: names, phone numbers and texts belong to the case. */
export const variablesSchema = z
  .record(z.string().min(1).max(200), json)
  .openapi('Variables', { type: 'object', additionalProperties: true });

/** Variables set by a client; Careloop's own are rejected unless listed. */
export function variablesWithout(names: readonly string[]) {
  return variablesSchema.superRefine((variables, context) => {
    for (const name of names)
      if (Object.hasOwn(variables, name))
        context.addIssue({
          code: 'custom',
          path: [name],
          params: { code: 'reserved' },
          message: `"${name}" is reserved by Careloop; choose another name.`,
        });
  });
}
export const givenVariables = variablesWithout(ownVariables);

export const clockSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    startedAt: z.string(),
    dueAt: z.string(),
    status: z.enum(['running', 'met', 'breached']),
    endedAt: z.string().optional(),
    breachedAt: z.string().optional(),
    provisional: z.boolean().describe('Depends on a year whose holiday notice has not been published.'),
  })
  .openapi('Clock');

export const waitSchema = z
  .object({
    key: z.string(),
    element: z.string(),
    elementName: z.string(),
    elementEnglishName: z.string().optional(),
    kind: z.string(),
    what: z.string().describe('What it waits for, in words.'),
    since: z.string(),
    dueAt: z.string().optional(),
    waitingFor: z.array(z.string()).describe('Roles and staff who can act on it.'),
    task: z.string().optional().describe('Id of the task that the instance waits for, if it waits for one.'),
  })
  .openapi('Wait');

export const incidentSchema = z
  .object({
    key: z.string(),
    element: z.string(),
    elementName: z.string(),
    elementEnglishName: z.string().optional(),
    code: z.string().describe('See docs/errors.md.'),
    params: z.record(z.string(), json).describe('Parameters of the message; `reason` selects the message.'),
    title: wordsSchema,
    message: wordsSchema,
    hint: wordsSchema,
    at: z.string(),
  })
  .openapi('Incident');

export function pageSchema<T extends z.ZodType>(item: T) {
  return z.object({
    items: z.array(item),
    nextCursor: z.string().optional().describe('Absent on the last page.'),
  });
}

export const byWhom = z.object({ id: z.string(), role: z.string().optional() });
