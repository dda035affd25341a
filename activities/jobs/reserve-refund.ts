/** Reserves the amount of a refund while it is being decided. */
import { z } from 'zod';
import { releaseEarlierLives, releaseHeld, reserve } from '../../store/processes/refund/payments.ts';
import { findRefundedCase, type RefundedCase } from '../../store/processes/refund/refunded-case.ts';
import { amountCents, text } from './fields.ts';
import { defineJob } from './job.ts';
import { accepted, refusalsOf } from './payment-fields.ts';

export const reserveRefund = defineJob({
  type: 'reserve-refund',
  description: {
    zh: '核对退款与患者付款、事项方案是否相符，并预留金额。',
    en: 'Checks a refund against what its patient paid and against the plan of its case, and reserves the amount.',
  },
  movesMoney: true,
  execution: { kind: 'local' },
  input: z.object({
    paymentId: text().describe('Id of the payment that is given back, of the facility and the patient of the case.'),
    amountCents: amountCents().describe('Amount in cents.'),
    kind: text().optional().describe('Kind of the refund, for the record.'),
  }),
  output: z.object({
    reserved: z.literal(true),
    remainingCents: z.int().describe('What is left of the payment.'),
  }),
  errors: {
    ...refusalsOf('no-such-payment', 'other-patient', 'already-refunded', 'more-than-paid'),
    'more-than-planned': 'All refunds of the case together are more than its plan.',
    'no-such-case': 'What has called the refund is no case of the facility.',
  },
  async work({ paymentId, amountCents }, context, bpmnError) {
    const { instance, startedAt, businessKey: refundId, facility, caller, key, now: at } = context;
    const refund = { instance, facility, at, ...(startedAt !== undefined && { startedAt }) };
    await releaseEarlierLives(refund);
    const theCase = caller === undefined ? undefined : await findRefundedCase(caller, refund);
    if (caller !== undefined && !theCase) throw bpmnError('no-such-case', `${caller} is no case at ${facility}.`);
    const beyondPlan = ({ leftCents }: RefundedCase) =>
      leftCents !== undefined && amountCents > leftCents
        ? bpmnError('more-than-planned', `Of the plan of ${caller} ${leftCents} cents are left.`)
        : undefined;
    const refused = theCase && beyondPlan(theCase);
    if (refused) throw refused;
    const { remainingCents } = accepted(
      await reserve({
        ...refund,
        paymentId,
        refundId,
        amountCents,
        requestKey: `${instance}@${startedAt ?? ''}#${key}`,
        ...(caller !== undefined && { caller }),
        ...(theCase?.patient && { patient: theCase.patient }),
      }),
      bpmnError,
    );
    // Another refund of the case may have reserved since, on another payment: of two that do not fit, neither stays.
    const since = caller === undefined ? undefined : await findRefundedCase(caller, refund);
    const overtaken = since && beyondPlan(since);
    if (overtaken) {
      await releaseHeld(refund);
      throw overtaken;
    }
    return { reserved: true, remainingCents };
  },
});
