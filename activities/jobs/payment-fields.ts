/** What the jobs on payments have in common (store/processes/refund/payments.ts): inputs, and the store's refusals as BPMN errors. */
import type { RefundRefusal, RefundResult } from '../../store/processes/refund/payments.ts';
import { amountCents, text } from './fields.ts';

export const paymentId = () => text().describe('Id of the payment that is given back.');
export const refundId = () => text().describe('Id of the refund.');
export const cents = () => amountCents().describe('Amount in cents.');
export const caseNumber = () => text().optional().describe('The case it belongs to, for the record.');

const refusals = {
  'no-such-payment': 'There is no such payment.',
  'already-refunded': 'Another refund holds the payment.',
  'more-than-paid': 'The amount is more than what is left of the payment.',
  'not-reserved': 'The refund holds no reservation of this amount.',
  'already-paid': 'The refund is paid.',
} satisfies Record<RefundRefusal, string>;

export const refusalsOf = <Code extends RefundRefusal>(...codes: Code[]): Record<Code, string> =>
  Object.fromEntries(codes.map((code) => [code, refusals[code]])) as Record<Code, string>;

/** @throws the refusal as a business error with the store's code */
export function accepted<Code extends RefundRefusal>(
  result: RefundResult<Code>,
  bpmnError: (code: Code, message: string) => Error,
): Extract<RefundResult<Code>, { ok: true }> {
  if (!result.ok) throw bpmnError(result.code, result.message);
  return result;
}
