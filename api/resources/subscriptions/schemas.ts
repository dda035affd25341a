/** What instances wait for: messages and signals. */
import { facilityCode, pageSchema, paging } from '../../http/common-schemas.ts';
import { z } from '../../http/zod.ts';

const kind = z.enum(['message', 'signal']);

export const subscriptionQuery = z.object({
  kind: kind.optional(),
  name: z.string().min(1).max(200).optional(),
  process: z.string().min(1).max(100).optional(),
  correlationKey: z.string().min(1).max(200).optional().describe('Of messages.'),
  facility: facilityCode.optional(),
  ...paging,
});

export const subscriptionPage = pageSchema(
  z
    .object({
      kind,
      name: z.string(),
      correlationKey: z
        .string()
        .optional()
        .describe('Of a message; absent: it takes any of its name. Personal numbers in it are masked.'),
      instance: z.string(),
      process: z.string(),
      businessKey: z.string(),
      title: z.string(),
      facility: z.string(),
      element: z.string().optional(),
      elementName: z.string().optional(),
      elementEnglishName: z.string().optional(),
      since: z.string(),
    })
    .openapi('Subscription'),
).openapi('Subscriptions');
