/** Letters to people, for those who supervise delivery: without their texts. */
import { lanes, letterStatuses } from '../../../store/messaging/outbox.ts';
import { type Finding, findings } from '../../../store/messaging/reconciliations.ts';
import { facilityCode, pageSchema, paging, wordsSchema } from '../../http/common-schemas.ts';
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
    recipient: wordsSchema.describe('The name of the role or person.'),
    lane: lane.describe('`urgent` goes before `service`, that before `marketing`.'),
    channel: z.string(),
    template: z.string().optional(),
    subject: wordsSchema.optional().describe('Of the template, with `…` for its placeholders.'),
    status: status.describe('docs/messages.md#states.'),
    reason: z.string().optional().describe('Why it waits, failed, or is not sent: docs/messages.md#reasons.'),
    attempts: z.number().int().describe('Number of refusals by the gateway; outages do not count.'),
    outages: z.number().int().optional().describe('Number of consecutive outages of the gateway.'),
    createdAt: z.string(),
    dueAt: z.string().describe('Time of the next attempt or status request.'),
    notAfter: z.string().optional().describe('Expiry.'),
    gateway: z.string().optional().describe('Gateway it was handed to.'),
    segments: z
      .number()
      .int()
      .optional()
      .describe('Number of messages an SMS carrier counts it as, signature included.'),
    error: z.string().optional().describe('Last response of the gateway.'),
    handedAt: z.string().optional(),
    sentAt: z.string().optional(),
    deliveredAt: z.string().optional(),
    endedAt: z.string().optional(),
    resent: z.object({ by: z.string(), at: z.string() }).optional().describe('Who resent it last.'),
    givenUp: z.object({ by: z.string(), name: z.string(), at: z.string(), reason: z.string() }).optional(),
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
    filter: z.strictObject(filters).describe('Selects letters; only those whose state allows the act are changed.'),
    reason: z.string().trim().min(1).max(500).optional().describe('Required to give up.'),
  })
  .refine(({ act, reason: given }) => act === 'resend' || given !== undefined, {
    path: ['reason'],
    message: 'A reason is required to give up.',
  })
  .openapi('LetterActs', { example: { act: 'resend', filter: { status: 'failed', reason: 'too-often' } } });

export const letterActsReport = z
  .object({
    done: z.number().int(),
    left: z.number().int().describe('Matched but unchanged, as their state no longer allowed it.'),
    more: z.boolean().describe('More letters match than one request handles: repeat it.'),
  })
  .openapi('LetterActsReport');

export const gatewayParams = z.object({
  audience: z.enum(['patient', 'staff']).openapi({ example: 'patient' }),
  lane: lane.openapi({ example: 'marketing' }),
});

const pauseSchema = z.object({
  at: z.string(),
  code: z.string(),
  message: z.string().describe('Response of the gateway.'),
});

const gatewaySchema = z
  .object({
    audience: z.enum(['patient', 'staff']).describe('Recipients of its letters.'),
    name: z.string(),
    since: z.string().describe('Since when it has been available or unavailable.'),
    away: z.string().optional().describe('Reason why it is unavailable.'),
    seenAt: z.string().describe('Last check by a worker.'),
    page: z.url().optional().describe('Page of what it has sent, for a browser on its machine.'),
    paused: z
      .array(pauseSchema.extend({ lane }))
      .describe('Lanes paused until somebody resolves the gateway’s response.'),
  })
  .openapi('Gateway');

const reconciliationSchema = z.object({
  night: z.string().describe('Its day.'),
  begunAt: z.string(),
  finishedAt: z.string().optional(),
  found: z
    .object(Object.fromEntries(findings.map((one) => [one, z.number().int()])) as Record<Finding, z.ZodNumber>)
    .describe('Letters of your facilities that were sent without a receipt, by what the gateway returned.'),
});

export const gatewayList = z
  .object({
    items: z.array(gatewaySchema),
    counts: z
      .object(Object.fromEntries(letterStatuses.map((one) => [one, z.number().int()])))
      .describe('Letters of your facilities by state.'),
    reconciliation: reconciliationSchema
      .optional()
      .describe('Result of the last nightly reconciliation; absent: there was none yet.'),
    longestDueMs: z.number().optional().describe('Delay of the letter that has been due longest.'),
  })
  .openapi('Gateways');
