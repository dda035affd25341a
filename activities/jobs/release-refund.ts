/** A reservation is given back, after a rejection for instance. */
import { z } from 'zod';
import { findReservedBy, release } from '../../store/processes/refund/payments.ts';
import { defineJob } from './job.ts';
import { accepted, caseNumber, paymentId, refundId, refusalsOf } from './payment-fields.ts';

export const releaseRefund = defineJob({
  type: 'release-refund',
  description: 'Gives back what a refund has reserved; what is paid stays paid.',
  execution: { kind: 'local' },
  input: z.object({
    refundId: refundId(),
    paymentId: paymentId().optional().describe('Absent: the payment that the refund still holds, if any.'),
    caseNumber: caseNumber(),
  }),
  output: z.object({ reserved: z.literal(false) }),
  errors: refusalsOf('no-such-payment', 'already-paid'),
  async work({ refundId, ...input }, { now }, bpmnError) {
    const paymentId = input.paymentId ?? (await findReservedBy(refundId))?._id;
    if (paymentId !== undefined) accepted(await release({ paymentId, refundId, at: now }), bpmnError);
    return { reserved: false };
  },
});
