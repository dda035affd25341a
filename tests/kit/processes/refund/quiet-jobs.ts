/** What the jobs of refunds answer where all goes well. */
import type { AnswerFor } from '../../answers.ts';

export const refundJobs: Record<string, AnswerFor> = {
  'reserve-refund': { reserved: true },
  'release-refund': { reserved: false },
  'order-payment': ({ amountCents = 0 }) => ({ orderId: 'PAY-1', paidCents: amountCents }),
};
