/** Job types: built-in, or served by external workers. */
import { fixedMsOf, parseDuration } from '../../../engine/time/duration.ts';
import { wordsSchema } from '../../http/common-schemas.ts';
import { z } from '../../http/zod.ts';

export const jobTypeParams = z.object({
  type: z
    .string()
    .regex(
      /^(?!__proto__$)[^\s\p{C}]([^\p{C}]{0,198}[^\s\p{C}])?$/u,
      'Up to 200 visible characters, without leading or trailing blanks.',
    )
    .describe('As used in definitions; `*` for all other types.')
    // OpenAPI patterns have no flags: this one is wider than the check.
    .openapi({ pattern: '^\\S(.{0,198}\\S)?$', example: 'acme:charge:1' }),
});

const maxMs = 30 * 86_400_000;

const timeout = z
  .string()
  .max(40)
  .refine(isTimeout, 'An ISO 8601 duration above zero, at most 30 days, for instance PT5M.')
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
      .describe('The Temporal task queue of its workers.'),
    description: z.string().trim().min(1).max(500).describe('Description for people.'),
    outputs: z
      .array(z.string().min(1).max(100))
      .max(100)
      .optional()
      .describe('Names of its outputs, merged into tasks without output mappings; absent: only mappings apply.'),
    movesMoney: z
      .boolean()
      .default(false)
      .describe('It reserves, pays or releases money: acts on it need a second person.'),
    startToCloseTimeout: timeout.optional().describe('Timeout of one attempt (default PT5M).'),
    heartbeatTimeout: timeout
      .optional()
      .describe('Heartbeat timeout: without one, the attempt is given to another worker.'),
    scheduleToStartTimeout: timeout
      .optional()
      .describe('Without a worker for this long, an incident is raised until one takes it (default PT1M).'),
  })
  .openapi('JobTypeRegistration', {
    example: { taskQueue: 'acme', description: 'Charges a card at ACME.', startToCloseTimeout: 'PT30S' },
  });

const jsonSchema = z.record(z.string(), z.unknown()).openapi({ type: 'object', additionalProperties: true });

export const jobTypeSchema = z
  .object({
    type: z.string(),
    builtIn: z.boolean().describe('Built into Careloop’s own worker; cannot be registered.'),
    taskQueue: z.string(),
    description: z.string().optional(),
    words: wordsSchema.optional().describe('The description of a built-in type in both languages.'),
    movesMoney: z.boolean().optional().describe('It reserves, pays or releases money.'),
    execution: z
      .enum(['local', 'activity'])
      .optional()
      .describe('Of a built-in type: `local` activity (milliseconds) or `activity` (up to its timeout).'),
    retry: z
      .object({ initialInterval: z.string(), maximumInterval: z.string() })
      .optional()
      .describe('Of a built-in type: pause between attempts, doubled each time; the diagram gives their number.'),
    input: jsonSchema.optional().describe('Of a built-in type: input as JSON Schema (docs/job-types.md).'),
    output: jsonSchema.optional().describe('Output as JSON Schema.'),
    outputs: z.array(z.string()).optional().describe('Of a registered type: names of its outputs.'),
    headers: z.array(z.string()).optional().describe('Inputs that may also be given as task headers.'),
    errors: z.record(z.string(), z.string()).optional().describe('BPMN errors it throws, by code, with the condition.'),
    startToCloseTimeout: z.string().optional(),
    heartbeatTimeout: z.string().optional(),
    scheduleToStartTimeout: z.string().optional(),
    served: z.boolean().describe('A worker has polled this task queue within the last 90 seconds.'),
    usedBy: z
      .array(z.object({ process: z.string(), version: z.number().int() }))
      .describe('Newest versions that use it.'),
    updatedAt: z.string().optional(),
    updatedBy: z.string().optional(),
  })
  .openapi('JobType');

export const jobTypeList = z.object({ items: z.array(jobTypeSchema) }).openapi('JobTypeList');
