/**
 * Workflow type `refund`: the refund process (docs/domain.md#refund-and-compensation). A decision arrives as completion
 * of the approval task, or as the signal `refundDecision`, which is converted into one. An invalid decision is
 * journaled as refused and never fails the workflow.
 */
import { defineQuery, defineSignal, setHandler, workflowInfo } from '@temporalio/workflow';
import type { JobContext } from '../../../activities/types.ts';
import type { Instance } from '../../runtime/instance.ts';
import type { Ended, Outcome, StartInput } from '../../runtime/instance-messages.ts';
import { subjectOf } from '../../runtime/job-context.ts';
import { runUntilDone } from '../../runtime/local-activities.ts';
import { runInstance } from '../../runtime/run-instance.ts';
import type { Origin } from '../../sealing/marks.ts';
import { onDecision } from './decisions.ts';
import { type RefundStatus, refundDecisionSignal, refundStatusQuery } from './messages.ts';
import { recordActs } from './money-record.ts';
import { refundRow, refundStatus } from './refund-view.ts';

export function refund(input: StartInput): Promise<Outcome> {
  return runInstance(input, {
    row: refundRow,
    applied: recordActs,
    ending: releaseWhatIsReserved,
    handlers(instance) {
      setHandler(
        defineSignal<[unknown, Origin?]>(refundDecisionSignal),
        (payload, origin) =>
          new Promise<void>((resolve, reject) =>
            instance.whenReady(() => void onDecision(instance, payload, origin).then(resolve, reject)),
          ),
        {
          description:
            '审批决定 · a decision: {refundId, decision: approve | reject | send-back, by, role, reason?, id?}',
        },
      );
      setHandler(defineQuery<RefundStatus>(refundStatusQuery), () => refundStatus(instance.view()), {
        description: '退款办理到哪一步、已有哪些决定 · where the refund stands, and its decisions',
      });
    },
  });
}

/** A cancelled or failed refund releases its reservations; one that ends regularly has done so in the diagram. */
async function releaseWhatIsReserved(instance: Instance, { status }: Ended): Promise<void> {
  if (status === 'completed') return;
  const context: JobContext = {
    ...subjectOf(workflowInfo().workflowId, instance),
    element: instance.plan.key,
    key: 'end',
    headers: {},
  };
  await runUntilDone('releaseRefund', [{}, context], '释放退款占用的金额');
}
