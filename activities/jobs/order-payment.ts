/** The order to pay a refund; a hospital replaces it by one of its own cashier's system (worker/create.ts). */
import { z } from 'zod';
import { pay } from '../../store/processes/refund/payments.ts';
import { text } from './fields.ts';
import { defineJob } from './job.ts';
import { accepted, caseNumber, cents, paymentId, refundId, refusalsOf } from './payment-fields.ts';

export const orderPayment = defineJob({
  type: 'order-payment',
  description: 'Orders the payment of a reserved refund, once: repeating it pays nothing twice.',
  execution: { kind: 'activity', startToCloseTimeout: 'PT2M' },
  input: z.object({
    paymentId: paymentId(),
    refundId: refundId(),
    amountCents: cents(),
    caseNumber: caseNumber(),
    method: text().optional().describe('How it is paid out, for the cashier’s system.'),
  }),
  output: z.object({
    orderId: z.string().describe('Number of the payment order.'),
    paidCents: z.int(),
    paidAt: z.string().describe('ISO 8601.'),
  }),
  errors: refusalsOf('no-such-payment', 'not-reserved'),
  async work({ paymentId, refundId, amountCents }, { now }, bpmnError) {
    accepted(await pay({ paymentId, refundId, amountCents, at: now }), bpmnError);
    return { orderId: `PAY-${refundId}`, paidCents: amountCents, paidAt: now };
  },
});
