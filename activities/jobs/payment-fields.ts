/** What the jobs on payments have in common (store/processes/refund/payments.ts): the store's refusals as BPMN errors. */
import type { RefundRefusal, RefundResult } from '../../store/processes/refund/payments.ts';

const refusals = {
  'no-such-payment': 'There is no such payment at the facility.',
  'other-patient': 'The payment is not of the patient whose case it is.',
  'already-refunded': 'Nothing is left of the payment, or the refund draws on it already.',
  'more-than-paid': 'The amount is more than what is left of the payment.',
  'not-reserved': 'The refund holds no reservation.',
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
