/** Refunds and the decisions on them. */

import { facilityCode, flag, pageSchema, paging, wordsSchema } from '../../http/common-schemas.ts';
import { z } from '../../http/zod.ts';

export const refundParams = z.object({ id: z.string().min(1).max(100).openapi({ example: 'BJ2026110001-R1' }) });

const refundStatus = z.enum(['applied', 'approving', 'approved', 'rejected', 'sent-back', 'paid', 'ended']);

export const refundQuery = z.object({
  facility: facilityCode.optional(),
  status: refundStatus.optional(),
  caseNumber: z.string().max(50).optional(),
  ...paging,
});

export const refundSchema = z
  .object({
    id: z.string(),
    caseNumber: z.string().optional(),
    facility: z.string(),
    status: refundStatus,
    amountCents: z.number(),
    paidCents: z.number(),
    paymentId: z.string().optional(),
    applicant: z.string().optional(),
    approvals: z
      .array(
        z.object({
          by: z.string(),
          role: z.string(),
          decision: z.string(),
          at: z.string(),
          amountCents: z.number(),
          paymentId: z.string(),
          method: z.string().optional(),
        }),
      )
      .describe('Basis of payment: who approved which amount of which payment, and how it is paid out.'),
    decisions: z.array(
      z.object({
        id: z.string(),
        by: z.string(),
        role: z.string(),
        decision: z.string(),
        reason: z.string().optional(),
        at: z.string(),
        result: z.string(),
      }),
    ),
    updatedAt: z.string(),
  })
  .openapi('Refund');
export type RefundView = z.infer<typeof refundSchema>;

export const refundPage = pageSchema(refundSchema).openapi('RefundPage');

export const decisionBody = z
  .strictObject({
    decision: z.enum(['approve', 'reject', 'send-back']),
    reason: z.string().trim().min(1).max(2000).optional().describe('Required for reject and send-back.'),
  })
  .superRefine((body, context) => {
    if (body.decision !== 'approve' && body.reason === undefined)
      context.addIssue({ code: 'custom', path: ['reason'], message: 'A reason is required to reject or send back.' });
  })
  .openapi('Decision', { example: { decision: 'reject', reason: '金额与付款单不符' } });

export const decidedSchema = z
  .object({
    id: z.string().describe('Of the decision.'),
    result: z.literal('accepted'),
    refund: z.object({
      id: z.string(),
      status: z.string(),
      waitsFor: z.array(
        z.object({ element: z.string(), name: z.string(), roles: z.array(z.string()), dueAt: z.string().optional() }),
      ),
    }),
    happened: wordsSchema,
  })
  .openapi('Decided');

export const paymentQuery = z.object({
  facility: facilityCode.optional(),
  refundable: flag.optional().describe('Only payments without a refund (true), or only those with one (false).'),
  patient: z.string().min(1).max(50).optional().describe('Only those of the patient with this record number.'),
  ...paging,
});
export const paymentPage = pageSchema(
  z
    .object({
      id: z.string(),
      facility: z.string(),
      patient: z.string().optional().describe('Record number of the patient who paid.'),
      item: z.string(),
      method: z.enum(['cash', 'card', 'transfer']),
      paidAt: z.string(),
      paidCents: z.number(),
      remainingCents: z.number(),
      activeRefund: z.string().nullable().describe('The refund that has drawn on it last.'),
    })
    .openapi('Payment'),
).openapi('PaymentPage');
