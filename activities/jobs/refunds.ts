/** Money given back (domain section 2): reserved while it is decided, released after a rejection, ordered once. */
import { findReservedBy, pay, type RefundResult, release, reserve } from '../../store/processes/refund/payments.ts';
import type { Job } from '../types.ts';
import { bpmnError } from './bpmn-error.ts';
import { cents, text } from './input.ts';

export const reserveRefund: Job = async (input, { instance, key, now }) => {
  const refund = {
    paymentId: text(input, 'paymentId'),
    refundId: text(input, 'refundId'),
    amountCents: cents(input, 'amountCents'),
    at: now,
    requestKey: `${instance}#${key}`,
  };
  const { remainingCents } = accepted(await reserve(refund));
  return { reserved: true, remainingCents };
};

/** Without `paymentId` (a withdrawn case knows its refund only) whatever the refund still holds is given back. */
export const releaseRefund: Job = async (input, { now }) => {
  const refundId = text(input, 'refundId');
  const paymentId = input.paymentId === undefined ? (await findReservedBy(refundId))?._id : text(input, 'paymentId');
  if (paymentId !== undefined) accepted(await release({ paymentId, refundId, at: now }));
  return { reserved: false };
};

/** Marks the reserved amount as paid and answers the order's number. Repeating it pays nothing twice. */
export const orderPayment: Job = async (input, { now }) => {
  const refundId = text(input, 'refundId');
  const amountCents = cents(input, 'amountCents');
  accepted(await pay({ paymentId: text(input, 'paymentId'), refundId, amountCents, at: now }));
  return { orderId: `PAY-${refundId}`, paidCents: amountCents, paidAt: now };
};

/** A refusal is a business error with the store's code: `already-refunded`, `more-than-paid`, … */
function accepted(result: RefundResult): Extract<RefundResult, { ok: true }> {
  if (!result.ok) throw bpmnError(result.code, result.message);
  return result;
}
