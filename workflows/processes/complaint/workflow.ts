/** Workflow type `complaint`: the complaint process (docs/domain.md#complaint-lifecycle) with its query `complaintStatus` and its row. */

import { defineQuery, setHandler } from '@temporalio/workflow';
import { dueDateOf, earliestDue, isOverdue } from '../../../engine/explain/due-dates.ts';
import type { ComplaintRow } from '../../../store/processes/complaint/complaint-row.ts';
import type { Outcome, StartInput } from '../../runtime/instance-messages.ts';
import { runInstance } from '../../runtime/run-instance.ts';
import { booleanOf, defined, numberOf, recordOf, textOf } from '../../runtime/variable-readers.ts';
import { elementName, openTasks, type View, waitsToShow } from '../../runtime/view.ts';
import { type ComplaintStatus, complaintStatusQuery } from './messages.ts';

export function complaint(input: StartInput): Promise<Outcome> {
  return runInstance(input, {
    row: complaintRow,
    handlers(instance) {
      setHandler(defineQuery<ComplaintStatus>(complaintStatusQuery), () => complaintStatus(instance.view()), {
        description: '投诉办理到哪一步、等谁、何时到期 · where the complaint stands, for whom it waits, until when',
      });
    },
  });
}

export function complaintRow(view: View, seq: number): ComplaintRow {
  const { state, variables, input, now } = view;
  const [task] = openTasks(state);
  return defined<ComplaintRow>({
    _id: input.businessKey,
    seq,
    instance: state.id,
    facility: input.facility,
    stage: state.stage?.id ?? 'registered',
    stageSince: state.stage?.since,
    status: state.status,
    classification: textOf(variables['classification']),
    quality: booleanOf(variables['quality']),
    receivedAt: textOf(variables['receivedAt']) ?? state.startedAt,
    acceptedAt: textOf(variables['acceptedAt']),
    firstContactAt: textOf(variables['firstContactAt']),
    closedAt: textOf(variables['closedAt']),
    planAmountCents: numberOf(recordOf(variables['plan'])['amountCents']),
    refundStatus: textOf(recordOf(variables['refund'])['status']),
    outcome: textOf(variables['outcome']),
    assignee: task?.task.assignee ?? undefined,
    dueAt: state.status === 'active' ? earliestDue(state) : undefined,
    overdue: isOverdue(state, now),
    incident: Object.values(state.waits).some((wait) => wait.incident),
    updatedAt: now,
  });
}

function complaintStatus(view: View): ComplaintStatus {
  const { state, variables, input, plan, now } = view;
  const refund = recordOf(variables['refund']);
  const refundId = textOf(refund['refundId']);
  return defined<ComplaintStatus>({
    caseNumber: input.businessKey,
    facility: input.facility,
    stage: state.stage?.id ?? 'registered',
    stageSince: state.stage?.since ?? state.startedAt,
    status: state.status,
    classification: textOf(variables['classification']),
    waitsFor: waitsToShow(state).map((wait) =>
      defined({
        element: wait.element,
        name: elementName(plan, wait.element),
        roles: wait.kind === 'task' ? wait.task.candidateGroups : [],
        assignee: wait.kind === 'task' ? (wait.task.assignee ?? undefined) : undefined,
        dueAt: dueDateOf(wait)?.at,
      }),
    ),
    overdue: isOverdue(state, now),
    incident: Object.values(state.waits).some((wait) => wait.incident),
    clocks: state.clocks.map(({ id, name, dueAt, status }) => ({ id, name, dueAt, status })),
    refund: refundId
      ? {
          id: refundId,
          status: textOf(refund['status']) ?? 'applied',
          amountCents: numberOf(refund['amountCents']) ?? numberOf(refund['paidCents']) ?? 0,
        }
      : undefined,
  });
}
