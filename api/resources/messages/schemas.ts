/** Messages and signals. */

import { facilityCode, givenVariables, pageSchema, paging, wordsSchema } from '../../http/common-schemas.ts';
import { z } from '../../http/zod.ts';

const name = z.string().trim().min(1).max(200);
/** Not trimmed or normalised: different characters, including outer spaces, make a different key. */
const key = z.string().min(1).max(200);

export const messageBody = z
  .strictObject({
    name,
    correlationKey: key.optional(),
    variables: givenVariables.default({}),
    facility: facilityCode.optional().describe('Facility of a process started by this message.'),
    timeToLive: z
      .string()
      .max(50)
      .optional()
      .describe(
        'How long it is kept when no instance waits for it yet (ISO 8601 duration, real time). Absent: not at all.',
      )
      .openapi({ example: 'PT1H' }),
    messageId: z
      .string()
      .min(1)
      .max(200)
      .optional()
      .describe(
        'Sender’s id: at one facility, messages with the same id, name and key are the same message, regardless of the sender.',
      ),
  })
  .openapi('Message', {
    example: {
      name: 'complaintWithdrawn',
      correlationKey: 'BJ2026110001',
      variables: { withdrawnBy: 'patient' },
      timeToLive: 'PT1H',
      messageId: 'hotline-4711',
    },
  });

export const takenSchema = z
  .object({
    id: z.string(),
    taker: z
      .string()
      .optional()
      .describe('The instance that received it or was started by it; absent for a facility where you may not send.'),
    element: z.string().optional(),
    began: z.boolean().describe('Whether it started a new instance.'),
    happened: wordsSchema,
  })
  .openapi('MessageTaken');

export const keptSchema = z
  .object({ id: z.string(), state: z.literal('waiting'), until: z.string(), happened: wordsSchema })
  .openapi('MessageKept');

const stateSchema = z.enum(['waiting', 'taken', 'expired', 'withdrawn']);

export const messageSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    correlationKey: z.string().optional(),
    facility: z.string().optional(),
    sender: z.object({ instance: z.string().optional(), element: z.string().optional(), staff: z.string().optional() }),
    publishedAt: z.string(),
    until: z.string().describe('End of its time to live.'),
    state: stateSchema,
    taker: z.string().optional().describe('The instance that received it or was started by it.'),
    element: z.string().optional().describe('The receiving element.'),
    began: z.boolean().optional(),
    settledAt: z.string().optional(),
    withdrawn: z.object({ by: z.string(), reason: z.string() }).optional(),
    heldOutTo: z.string().optional().describe('The instance it is being delivered to.'),
  })
  .openapi('PublishedMessage');

export const messagePage = pageSchema(messageSchema);
export const messageParams = z.object({
  id: z
    .string()
    .min(1)
    .max(500)
    .describe('Percent-encoded.')
    .openapi({ example: '2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae' }),
});

export const messageQuery = z.object({
  state: stateSchema.optional(),
  name: name.optional(),
  correlationKey: key.optional(),
  sender: z.string().max(300).optional().describe('Id of the instance that threw it.'),
  facility: facilityCode.optional(),
  ...paging,
});

export const withdrawQuery = z.object({ reason: z.string().trim().min(1).max(500) });

export const signalBody = z
  .strictObject({
    name,
    variables: givenVariables.default({}),
    facility: facilityCode.optional().describe('Facility of processes started by this signal.'),
  })
  .openapi('Signal', { example: { name: 'price-list-changed', variables: { list: '2027-01' }, facility: 'BJ' } });

export const signalledSchema = z
  .object({
    id: z.string(),
    delivered: z
      .number()
      .int()
      .describe(
        'Instances that received it at once; one whose wait is not listed yet receives it after its row is written.',
      ),
    began: z.array(z.string()).describe('Instances it began.'),
  })
  .openapi('Signalled');
