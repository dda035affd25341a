/** Job types: built in, or done by workers of others. */
import { fixedMsOf, parseDuration } from '../../../engine/time/duration.ts';
import { z } from '../../http/zod.ts';

export const jobTypeParams = z.object({
  type: z
    .string()
    .regex(
      /^(?!__proto__$)[^\s\p{C}]([^\p{C}]{0,198}[^\s\p{C}])?$/u,
      'Up to 200 visible characters, no blanks around them.',
    )
    .describe('As definitions name it; `*` for every type that is not known otherwise.')
    .openapi({ example: 'acme:charge:1' }),
});

const maxMs = 30 * 86_400_000;

const timeout = z
  .string()
  .max(40)
  .refine(isTimeout, 'A duration in ISO 8601 of more than nothing and at most 30 days, for instance PT5M.')
  .openapi({ example: 'PT5M' });

function isTimeout(text: string): boolean {
  try {
    const ms = fixedMsOf(parseDuration(text));
    return ms > 0 && ms <= maxMs;
  } catch {
    return false;
  }
}

export const jobTypeBody = z
  .strictObject({
    taskQueue: z
      .string()
      .regex(/^[\w.:/-]{1,200}$/, 'A to Z, a to z, digits, and . : / - _ only.')
      .describe('The Temporal task queue whose workers do it.'),
    description: z.string().trim().min(1).max(500).describe('What it does, for people.'),
    outputs: z
      .array(z.string().min(1).max(100))
      .max(100)
      .optional()
      .describe('Names of what it answers, taken in at tasks without output mappings; absent: only mappings take in.'),
    movesMoney: z
      .boolean()
      .default(false)
      .describe('It reserves, pays or releases: what touches it is proposed by one person and released by another.'),
    startToCloseTimeout: timeout.optional().describe('How long one attempt may take (PT5M).'),
    heartbeatTimeout: timeout.optional().describe('An attempt not heard of for this long is given to another worker.'),
    scheduleToStartTimeout: timeout
      .optional()
      .describe('Not taken by any worker for this long, an incident says so until one comes (PT1M).'),
  })
  .openapi('JobTypeRegistration', {
    example: { taskQueue: 'acme', description: 'Charges a card at ACME.', startToCloseTimeout: 'PT30S' },
  });

const jsonSchema = z.record(z.string(), z.unknown()).openapi({ type: 'object', additionalProperties: true });

export const jobTypeSchema = z
  .object({
    type: z.string(),
    builtIn: z.boolean().describe("Done by Careloop's own worker; cannot be registered."),
    taskQueue: z.string(),
    description: z.string().optional(),
    movesMoney: z.boolean().optional().describe('It reserves, pays or releases.'),
    execution: z
      .enum(['local', 'activity'])
      .optional()
      .describe('Of a built-in one: `local` takes milliseconds, `activity` may take as long as its time-out says.'),
    retry: z
      .object({ initialInterval: z.string(), maximumInterval: z.string() })
      .optional()
      .describe('Of a built-in one: pauses between attempts, doubled each time; the diagram says how many there are.'),
    input: jsonSchema.optional().describe('Of a built-in one: what it takes, as JSON Schema (docs/job-types.md).'),
    output: jsonSchema.optional().describe('What it answers, as JSON Schema.'),
    outputs: z.array(z.string()).optional().describe('Of a registered one: names of what it answers.'),
    headers: z.array(z.string()).optional().describe('Inputs that may come as a task header, too.'),
    errors: z.record(z.string(), z.string()).optional().describe('BPMN errors it throws, by code, with when it does.'),
    startToCloseTimeout: z.string().optional(),
    heartbeatTimeout: z.string().optional(),
    scheduleToStartTimeout: z.string().optional(),
    served: z.boolean().describe('A worker asked this task queue for work within the last minute and a half.'),
    usedBy: z
      .array(z.object({ process: z.string(), version: z.number().int() }))
      .describe('Newest versions that name it.'),
    updatedAt: z.string().optional(),
    updatedBy: z.string().optional(),
  })
  .openapi('JobType');

export const jobTypeList = z.object({ items: z.array(jobTypeSchema) }).openapi('JobTypeList');
