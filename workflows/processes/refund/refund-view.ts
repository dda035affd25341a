/** What a refund shows of itself: its row, and the answer to the query `refundStatus`. */
import { businessKeyIn } from '../../../engine/model/keys.ts';
import type { InstanceState } from '../../../engine/model/types.ts';
import type { RefundRow } from '../../../store/processes/refund/refund-row.ts';
import type { StartInput } from '../../runtime/instance-messages.ts';
import { defined, numberOf, textOf } from '../../runtime/variable-readers.ts';
import { elementName, openTasks, type View } from '../../runtime/view.ts';
import { decisionsOf, isApproval } from './decisions.ts';
import type { RefundStatus } from './messages.ts';
import { moneyOf } from './money-record.ts';

export function refundRow(view: View, seq: number): RefundRow {
  const { state, variables, input, memory, now } = view;
  const { applicants, approvals, paidCents } = moneyOf(memory);
  return defined<RefundRow>({
    _id: input.businessKey,
    seq,
    instance: state.id,
    facility: input.facility,
    caseNumber: caseNumberOf(input),
    status: refundState(view),
    amountCents: numberOf(variables['amountCents']) ?? 0,
    paidCents,
    paymentId: textOf(variables['paymentId']),
    applicant: applicants.at(-1),
    applicants,
    approvals,
    decisions: decisionsOf(memory).map(({ id, by, role, decision, reason, at, result }) =>
      defined({ id, by, role, decision, reason, at, result }),
    ),
    updatedAt: now,
  });
}

/** Business key of the case that called it. */
const caseNumberOf = ({ parent }: StartInput): string | undefined => parent && businessKeyIn(parent);

const statuses: RefundRow['status'][] = ['applied', 'approving', 'approved', 'rejected', 'sent-back', 'paid', 'ended'];

/** The stage the process reports in `refundStatus`; otherwise derived from its open tasks. */
export function refundState({
  state,
  variables,
  memory,
}: Pick<View, 'state' | 'variables' | 'memory'>): RefundRow['status'] {
  const said = statuses.find((status) => status === variables['refundStatus']);
  // "Paid" requires the payment order, which a token moved past it has not made.
  if (said === 'paid' && moneyOf(memory).paidCents === 0) return state.status === 'active' ? 'applied' : 'ended';
  if (said) return said;
  if (hasApproval(state)) return 'approving';
  return state.status === 'active' ? 'applied' : 'ended';
}

const hasApproval = (state: InstanceState): boolean => openTasks(state).some(isApproval);

export function refundStatus(view: View): RefundStatus {
  const { state, variables, plan, input } = view;
  return defined<RefundStatus>({
    refundId: input.businessKey,
    caseNumber: caseNumberOf(input),
    status: refundState(view),
    amountCents: numberOf(variables['amountCents']) ?? 0,
    waitsFor: openTasks(state).map(({ element, task }) =>
      defined({ element, name: elementName(plan, element), roles: task.candidateGroups, dueAt: task.dueAt }),
    ),
    decisions: decisionsOf(view.memory),
  });
}
