/**
 * The order to pay a refund; a hospital replaces it by one of its own cashier's system (worker/create.ts). Which refund it is says the
 * instance that asks; what is paid is what that instance has reserved, once the approvals for it are stored. What the process says of the
 * payment must agree with that, and decides nothing.
 */
import { z } from 'zod';
import { whyNotApproved } from '../../store/processes/refund/approvals.ts';
import { findDrawnBy, pay } from '../../store/processes/refund/payments.ts';
import { amountCents, text } from './fields.ts';
import { defineJob } from './job.ts';
import { accepted, refusalsOf } from './payment-fields.ts';

export const orderPayment = defineJob({
  type: 'order-payment',
  description: {
    zh: '在审批结果保存后，指令支付退款所预留的金额；重复执行不会重复支付。',
    en: 'Orders the payment of what the refund has reserved, once its approvals are stored: repeating it pays nothing twice.',
  },
  movesMoney: true,
  execution: { kind: 'activity', startToCloseTimeout: 'PT2M' },
  input: z.object({
    paymentId: text().optional().describe('What the process takes for reserved: refused where it is not.'),
    amountCents: amountCents().optional().describe('In cents; likewise.'),
    method: text()
      .optional()
      .describe('How it is paid out, for the cashier’s system: what `method` was when it was approved.'),
  }),
  output: z.object({
    orderId: z.string().describe('Number of the payment order.'),
    paidCents: z.int(),
    paidAt: z.string().describe('ISO 8601.'),
  }),
  errors: {
    ...refusalsOf('not-reserved'),
    'not-approved':
      'The approvals that the rule set asks for are not stored: for this amount, payment and method, by different people entitled to them.',
  },
  async work(given, context, bpmnError) {
    const { instance, startedAt, businessKey, facility, ruleSet, now: at } = context;
    const subject = { instance, facility, ...(startedAt !== undefined && { startedAt }) };
    const [held, ...others] = await findDrawnBy(subject);
    if (!held || others.length > 0)
      throw bpmnError('not-reserved', `${instance} holds ${held ? 'more than one reservation' : 'no reservation'}.`);
    const { amountCents = held.amountCents, paymentId = held.paymentId, method } = given;
    if (amountCents !== held.amountCents || paymentId !== held.paymentId)
      throw bpmnError('not-reserved', `${instance} holds no reservation of ${amountCents} cents on ${paymentId}.`);
    const refund = {
      ...subject,
      businessKey,
      at,
      ...(ruleSet && { ruleSet }),
      ...(method !== undefined && { method }),
    };
    const missing = held.status === 'paid' ? undefined : await whyNotApproved(refund, held);
    if (missing !== undefined) throw bpmnError('not-approved', missing);
    accepted(await pay(held, at), bpmnError);
    return {
      orderId: `PAY-${businessKey}`,
      paidCents: held.amountCents,
      paidAt: held.status === 'paid' ? held.at : at,
    };
  },
});
