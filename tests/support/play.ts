/** Plays people: whatever task opens anywhere in the database is completed with the answer for its element. */
import type { WorkflowHandle } from '@temporalio/client';
import type { Variables } from '../../engine/model/plan.ts';
import type { TaskRow } from '../../store/runtime/rows.ts';
import { TaskModel } from '../../store/runtime/tasks.ts';
import { eventually, type Runtime } from './runtime.ts';

/** A complaint about a refund, agreed at the first attempt, with the refund's approvals. */
export const refundedComplaint: Record<string, Variables> = {
  AcceptComplaint: {},
  ContactPatient: { contactResult: 'reached' },
  Classify: { classification: 'service' },
  ProposePlan: { kind: 'refund', amountCents: 120_000 },
  DepartmentHeadApproval: { decision: 'approve' },
  PresidentApproval: { decision: 'approve' },
  Negotiate: { negotiationResult: 'agreed' },
  SignAgreement: { agreement: 'signed' },
  ApplyRefund: { paymentId: 'P1', amountCents: 120_000, method: 'cash' },
  CsDirectorCosign: { decision: 'approve' },
  DepartmentHeadDecision: { decision: 'approve' },
  PresidentDecision: { decision: 'approve' },
  FinanceConfirm: { financeConfirmation: 'confirmed' },
  PatientSigns: { patientSignature: 'signed' },
  PreparePayment: { cashierConfirmation: 'ready' },
  CloseCase: { outcome: 'satisfied' },
  InternalHandling: { penaltyLevel: 'none' },
  PreventRecurrence: { improvement: '增加复核', improvementOwner: 'cs-director-bj', improvementDueOn: '2026-12-31' },
};

export const decideBySignal = new Set(['CsDirectorCosign', 'DepartmentHeadDecision', 'PresidentDecision']);

const oldestOpen = () => TaskModel.findOne({ status: 'open' }).sort({ createdAt: 1, _id: 1 }).lean<TaskRow>();

/** @returns how many acts it took */
export async function play(
  runtime: Runtime,
  until: WorkflowHandle,
  answers: Record<string, Variables>,
  bySignal: ReadonlySet<string> = new Set(),
): Promise<number> {
  let ended = false;
  const end = until.result().finally(() => {
    ended = true;
  });
  let acts = 0;
  while (!ended) {
    const task = await eventually(async () => ended || (await oldestOpen()));
    if (task === true) break;
    const variables = answers[task.element];
    if (!variables) throw new Error(`There is no answer for ${task.element} (${task.name}).`);
    const role = task.candidateGroups[0] ?? '';
    const by = { id: `${role}-bj`, role };
    const handle = runtime.client.workflow.getHandle(task.instance);
    if (bySignal.has(task.element)) {
      const { decision } = variables;
      await handle.signal('refundDecision', { id: task._id, decision, by: by.id, role });
      await eventually(async () => ended || (await oldestOpen())?._id !== task._id);
    } else await runtime.act(handle, { key: task.key, action: { type: 'complete', variables }, by });
    acts += 1;
  }
  await end;
  return acts;
}
