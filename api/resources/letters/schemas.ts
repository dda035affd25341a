/** Letters to people, as those see them who look after their delivery: without what is written in them. */
import { lanes, letterStatuses } from '../../../store/messaging/outbox.ts';
import { facilityCode, pageSchema, paging } from '../../http/common-schemas.ts';
import { z } from '../../http/zod.ts';

const status = z.enum(letterStatuses);
const lane = z.enum(lanes);
const reason = z.string().min(1).max(60);

export const letterSchema = z
  .object({
    id: z.string(),
    instance: z.string(),
    facility: z.string(),
    to: z.string().describe('A role id, a staff id, or `patient`.'),
    lane: lane.describe('`urgent` goes before `service`, that before `marketing`.'),
    channel: z.string(),
    template: z.string().optional(),
    status: status.describe('docs/messages.md#states.'),
    reason: z.string().optional().describe('Why it waits, failed, or does not go: docs/messages.md#reasons.'),
    attempts: z.number().int().describe('How often the gateway has refused it; outages do not count.'),
    outages: z.number().int().optional().describe('How often in a row the gateway was away.'),
    createdAt: z.string(),
    dueAt: z.string().describe('When it may be tried, or is asked for.'),
    notAfter: z.string().optional().describe('After it nobody needs it any more.'),
    gateway: z.string().optional().describe('Which one it was handed to.'),
    error: z.string().optional().describe('What the gateway said last.'),
    handedAt: z.string().optional(),
    sentAt: z.string().optional(),
    deliveredAt: z.string().optional(),
    endedAt: z.string().optional(),
    resent: z.object({ by: z.string(), at: z.string() }).optional().describe('Who had it sent again last.'),
    givenUp: z.object({ by: z.string(), at: z.string(), reason: z.string() }).optional(),
  })
  .openapi('Letter');

export const letterPage = pageSchema(letterSchema);

export const letterParams = z.object({
  id: z
    .string()
    .min(1)
    .max(1500)
    .describe('Percent-encoded.')
    .openapi({ example: 'complaint/BJ2026110001#12#president' }),
});

const filters = {
  status: status.optional(),
  lane: lane.optional(),
  reason: reason.optional(),
  facility: facilityCode.optional(),
};

export const letterQuery = z.object({
  ...filters,
  instance: z.string().max(300).optional().describe('Id of the instance that wrote it.'),
  ...paging,
});

export const giveUpBody = z
  .strictObject({ reason: z.string().trim().min(1).max(500) })
  .openapi('LetterGivenUp', { example: { reason: '患者已电话联系。' } });

export const letterActsBody = z
  .strictObject({
    act: z.enum(['resend', 'give-up']),
    filter: z.strictObject(filters).describe('Which letters; only those whose state allows it are acted on.'),
    reason: z.string().trim().min(1).max(500).optional().describe('Needed to give up.'),
  })
  .refine(({ act, reason: given }) => act === 'resend' || given !== undefined, {
    path: ['reason'],
    message: 'Giving up needs a reason.',
  })
  .openapi('LetterActs', { example: { act: 'resend', filter: { status: 'failed', reason: 'too-often' } } });

export const letterActsReport = z
  .object({
    done: z.number().int(),
    left: z.number().int().describe('Matched, and left as they were: their state did not allow it any more.'),
    more: z.boolean().describe('More than one request acts on match: repeat it.'),
  })
  .openapi('LetterActsReport');

export const gatewayParams = z.object({
  audience: z.enum(['patient', 'staff']).openapi({ example: 'patient' }),
  lane: lane.openapi({ example: 'marketing' }),
});

const pauseSchema = z.object({
  at: z.string(),
  code: z.string(),
  message: z.string().describe('What the gateway answered.'),
});

const gatewaySchema = z
  .object({
    audience: z.enum(['patient', 'staff']).describe('Who gets the letters it carries.'),
    name: z.string(),
    since: z.string().describe('Since when it takes letters, or does not.'),
    away: z.string().optional().describe('It takes no letters: what was found.'),
    seenAt: z.string().describe('When a worker has looked last.'),
    paused: z
      .array(pauseSchema.extend({ lane }))
      .describe('Lanes that wait until somebody has looked after what the gateway said.'),
  })
  .openapi('Gateway');

export const gatewayList = z
  .object({
    items: z.array(gatewaySchema),
    counts: z
      .object(Object.fromEntries(letterStatuses.map((one) => [one, z.number().int()])))
      .describe('Letters of your facilities by state.'),
    longestDueMs: z.number().optional().describe('How long the letter that has been due the longest waits.'),
  })
  .openapi('Gateways');
