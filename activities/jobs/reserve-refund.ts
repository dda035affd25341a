/** Money to be given back is held while it is decided. */
import { z } from 'zod';
import { reserve } from '../../store/processes/refund/payments.ts';
import { text } from './fields.ts';
import { defineJob } from './job.ts';
import { accepted, caseNumber, cents, paymentId, refundId, refusalsOf } from './payment-fields.ts';

export const reserveRefund = defineJob({
  type: 'reserve-refund',
  description: 'Checks a refund against what was paid, and reserves the amount.',
  execution: { kind: 'local' },
  input: z.object({
    paymentId: paymentId(),
    refundId: refundId(),
    amountCents: cents(),
    caseNumber: caseNumber(),
    kind: text().optional().describe('Kind of the refund, for the record.'),
  }),
  output: z.object({
    reserved: z.literal(true),
    remainingCents: z.int().describe('What is left of the payment.'),
  }),
  errors: refusalsOf('no-such-payment', 'already-refunded', 'more-than-paid'),
  async work({ paymentId, refundId, amountCents }, { instance, key, now }, bpmnError) {
    const refund = { paymentId, refundId, amountCents, at: now, requestKey: `${instance}#${key}` };
    const { remainingCents } = accepted(await reserve(refund), bpmnError);
    return { reserved: true, remainingCents };
  },
});
