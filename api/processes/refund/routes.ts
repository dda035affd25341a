/** GET /api/payments, GET /api/refunds, GET /api/refunds/{id}, POST /api/refunds/{id}/decision. */
import { activeRefundOf, listPayments, type Payment } from '../../../store/processes/refund/payments.ts';
import type { RefundRow } from '../../../store/processes/refund/refund-row.ts';
import { findRefund, listRefunds } from '../../../store/processes/refund/refunds.ts';
import { findInstance } from '../../../store/runtime/instances.ts';
import { noteSubject } from '../../http/audit.ts';
import { decodeCursor, pageOf } from '../../http/cursor.ts';
import type { Deps } from '../../http/deps.ts';
import { covers, mayRead, narrowed, type Reach, readableRows } from '../../http/policy.ts';
import { notFound } from '../../http/problem.ts';
import { type Route, route } from '../../http/route.ts';
import { approvers, payers } from './access.ts';
import { decideRefund } from './decision.ts';
import {
  decidedSchema,
  decisionBody,
  paymentPage,
  paymentQuery,
  type RefundView,
  refundPage,
  refundParams,
  refundQuery,
  refundSchema,
} from './schemas.ts';

const tag = 'Refunds';

export function paymentRoutes(): Route[] {
  return [
    route({
      key: 'GET /api/payments',
      access: payers,
      tag,
      summary: 'What was paid, for choosing what to refund',
      query: paymentQuery,
      answers: { 200: { description: 'A page.', schema: paymentPage } },
      async handle({ query }, { reach }) {
        const { facility, cursor, limit, refundable, patient } = query;
        const facilities = narrowed(reach, facility);
        const after = cursor === undefined ? undefined : decodeCursor(cursor).id;
        const rows = await listPayments({
          ...(facilities && { facilities }),
          ...(refundable !== undefined && { refundable }),
          ...(patient !== undefined && { patient }),
          ...(after !== undefined && { after }),
          limit: limit + 1,
        });
        const page = pageOf(rows, limit, (row) => ({ at: '', id: row._id }));
        return { body: { ...page, items: page.items.map(paymentView) } };
      },
    }),
  ];
}

export function refundRoutes(deps: Deps): Route[] {
  return [
    route({
      key: 'GET /api/refunds',
      access: 'staff',
      tag,
      summary: 'Refunds I may read',
      description:
        'All of a facility for its overseers; for others those they applied for, decided about, lead or may work on now.',
      query: refundQuery,
      answers: { 200: { description: 'A page.', schema: refundPage } },
      async handle({ query }, { person, reach }) {
        const { facility, cursor, limit, ...filters } = query;
        const facilities = narrowed(reach, facility);
        const after = cursor === undefined ? undefined : decodeCursor(cursor).id;
        const rows = await listRefunds({
          ...filters,
          access: readableRows(person, facility),
          ...(facilities && { facilities }),
          ...(after !== undefined && { after }),
          limit: limit + 1,
        });
        const page = pageOf(rows, limit, (row) => ({ at: '', id: row._id }));
        return { body: { ...page, items: page.items.map(refundView) } };
      },
    }),
    route({
      key: 'GET /api/refunds/{id}',
      access: 'staff',
      tag,
      summary: 'One refund and the decisions on it',
      params: refundParams,
      answers: { 200: { description: 'The refund.', schema: refundSchema } },
      async handle({ params }, { person, reach }) {
        const refund = await visibleRefund(params.id, reach);
        const instance = refund.instance === undefined ? null : await findInstance(refund.instance);
        if (!mayRead(person, instance ?? { facility: refund.facility })) throw notFound(`refund ${params.id}`);
        return { body: refundView(refund) };
      },
    }),
    route({
      key: 'POST /api/refunds/{id}/decision',
      access: approvers,
      tag,
      summary: 'Decide the approval step that is open',
      description:
        'Sends the signal `refundDecision` to the running process and returns the outcome. Of two concurrent decisions one counts; the other gets 409 with the name of who decided.',
      params: refundParams,
      body: { schema: decisionBody },
      idempotency: 'optional',
      answers: { 200: { description: 'The decision counts.', schema: decidedSchema } },
      async handle({ params, body }, { person, reach, idempotencyKey }) {
        const refund = await visibleRefund(params.id, reach);
        return { body: await decideRefund(deps, person, refund, body, idempotencyKey) };
      },
    }),
  ];
}

/** @throws ProblemError 404, the same for a refund that does not exist and one of another facility */
async function visibleRefund(id: string, reach: Reach): Promise<RefundRow> {
  const row = await findRefund(id);
  noteSubject({ kind: 'refunds', id }, row?.facility);
  if (!row || !covers(reach, row.facility)) throw notFound(`refund ${id}`);
  return row;
}

function refundView(row: RefundRow): RefundView {
  const { _id, seq: _seq, instance: _instance, applicants: _applicants, ...shown } = row;
  return { ...shown, id: _id };
}

function paymentView(payment: Payment) {
  const { _id: id, refunds: _, ...row } = payment;
  return { id, ...row, activeRefund: activeRefundOf(payment) };
}
