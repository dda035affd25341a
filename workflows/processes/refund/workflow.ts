/**
 * Workflow type `refund`: the refund process (docs/domain.md#refund-and-compensation). A director's decision comes as completion of the approval task or as
 * the signal `refundDecision`, which is turned into one; what cannot count is journaled as refused and never fails the workflow.
 */
import { defineQuery, defineSignal, setHandler, workflowInfo } from '@temporalio/workflow';
import type { JobContext } from '../../../activities/types.ts';
import type { EngineEvent, InstanceState, Refusal, WaitOf } from '../../../engine/model/types.ts';
import type { RefundRow } from '../../../store/processes/refund/refund-row.ts';
import type { Instance } from '../../runtime/instance.ts';
import type { Ended, Outcome, StartInput } from '../../runtime/instance-messages.ts';
import { runUntilDone } from '../../runtime/local-activities.ts';
import { isRecord } from '../../runtime/payload-guards.ts';
import { runInstance } from '../../runtime/run-instance.ts';
import { defined, numberOf, textOf } from '../../runtime/variable-readers.ts';
import { elementName, openTasks, type View } from '../../runtime/view.ts';
import {
  type RefundDecision,
  type RefundDecisionResult,
  type RefundStatus,
  refundDecisionSignal,
  refundStatusQuery,
} from './messages.ts';

export function refund(input: StartInput): Promise<Outcome> {
  return runInstance(input, {
    row: refundRow,
    applied: recordDecision,
    ending: releaseWhatIsReserved,
    handlers(instance) {
      setHandler(
        defineSignal<[unknown]>(refundDecisionSignal),
        (payload) => instance.whenReady(() => onDecision(instance, payload)),
        { description: '审批决定 · a decision: {decision: approve | reject | send-back, by, role, reason?, id?}' },
      );
      setHandler(defineQuery<RefundStatus>(refundStatusQuery), () => refundStatus(instance.view()), {
        description: '退款办理到哪一步、已有哪些决定 · where the refund stands, and its decisions',
      });
    },
  });
}

/** A refund that operators cancel, or that fails, holds nothing back any longer; one that ends as drawn has seen to that itself. */
async function releaseWhatIsReserved(instance: Instance, { status, variables }: Ended): Promise<void> {
  const refundId = textOf(variables['refundId']);
  if (status === 'completed' || refundId === undefined) return;
  const { businessKey, facility } = instance.input;
  const { now } = instance.env();
  const context: JobContext = {
    instance: workflowInfo().workflowId,
    businessKey,
    facility,
    definition: instance.state.definition,
    element: instance.plan.key,
    key: 'end',
    now,
    headers: {},
  };
  await runUntilDone('releaseRefund', [{ refundId }, context], '释放退款占用的金额');
}

export type Decided = RefundStatus['decisions'][number];

/** Decisions by signal, kept beside the engine's state; the newest are enough to tell repeats. */
const maxDecisions = 200;
const decisionsOf = (memory: Record<string, unknown>): Decided[] =>
  (memory['decisions'] as Decided[] | undefined) ?? [];

const approvalForm = 'refund-decision';
const isApproval = (wait: WaitOf<'task'>): boolean => wait.task.formId?.startsWith(approvalForm) ?? false;

export function isDecision(value: unknown): value is RefundDecision {
  if (!isRecord(value)) return false;
  const { id, decision, by, role, reason } = value;
  return (
    (id === undefined || (typeof id === 'string' && id.length > 0)) &&
    (decision === 'approve' || decision === 'reject' || decision === 'send-back') &&
    typeof by === 'string' &&
    by.length > 0 &&
    typeof role === 'string' &&
    (reason === undefined || typeof reason === 'string')
  );
}

function onDecision(instance: Instance, payload: unknown): void {
  if (!isDecision(payload)) {
    instance.journalRefusal({ code: 'malformed', data: { signal: refundDecisionSignal } });
    return;
  }
  const { decision, by, role, reason } = payload;
  const decisions = decisionsOf(instance.memory);
  const id = payload.id ?? `signal-${instance.state.journalLength}`;
  if (decisions.some((one) => one.id === id)) return;
  const { at, key, result } = decide(instance, payload);
  if (result.result === 'refused') {
    instance.journalRefusal({ code: result.code ?? 'refused', by: { id: by, role }, data: { decision } });
    remember(instance, defined<Decided>({ id, by, role, decision, reason, at, ...result }));
  } else {
    const known = decisionsOf(instance.memory).map((one) => (one.id === taskDecisionId(key) ? { ...one, id } : one));
    instance.memory['decisions'] = known;
  }
}

const taskDecisionId = (key: string | undefined): string => `task-${key}`;

function remember(instance: Instance, decision: Decided): void {
  instance.memory['decisions'] = [...decisionsOf(instance.memory), decision].slice(-maxDecisions);
  instance.touch();
}

/** However an approval task was completed, in the console, through the API or by signal: the decision is on record. */
function recordDecision(event: EngineEvent, before: InstanceState, instance: Instance): void {
  if (event.type !== 'task' || event.action.type !== 'complete') return;
  const wait = before.waits[event.key];
  if (wait?.kind !== 'task' || !isApproval(wait)) return;
  const { decision, reason } = event.action.variables;
  remember(
    instance,
    defined<Decided>({
      id: taskDecisionId(event.key),
      by: event.by.id,
      role: event.by.role ?? wait.task.candidateGroups[0] ?? '',
      decision: textOf(decision) ?? '',
      reason: textOf(reason),
      at: instance.env().now,
      result: 'accepted',
    }),
  );
}

type Result = Omit<RefundDecisionResult, 'id'>;

function decide(
  instance: Instance,
  { decision, by, role, reason }: RefundDecision,
): { at: string; key?: string; result: Result } {
  const { now: at } = instance.env();
  const { state } = instance;
  const open = openTasks(state).filter(isApproval);
  const mine = open.find((wait) => wait.task.candidateGroups.includes(role));
  if (!mine) return { at, result: notHis(instance, open, role) };
  const refusal = instance.apply({
    type: 'task',
    key: mine.key,
    action: { type: 'complete', variables: { decision, ...(reason !== undefined && { reason }) } },
    by: { id: by, role },
  });
  return { at, key: mine.key, result: refusal ? fromRefusal(refusal) : { result: 'accepted' } };
}

/** Why there is nothing to decide for this role. */
function notHis(instance: Instance, open: WaitOf<'task'>[], role: string): Result {
  const before = instance.state.closedTasks.findLast((task) => task.how === 'completed' && task.by?.role === role);
  if (before?.by)
    return {
      result: 'refused',
      code: 'already-decided',
      message: { zh: '这一步已经有人作出决定。', en: 'Somebody has decided this step already.' },
      decidedBy: defined({ id: before.by.id, role: before.by.role, at: before.at }),
    };
  if (open.length === 0)
    return {
      result: 'refused',
      code: 'nothing-to-decide',
      message: { zh: '当前没有待审批的步骤。', en: 'No approval step is open.' },
    };
  return {
    result: 'refused',
    code: 'wrong-role',
    message: { zh: '当前审批步骤不由该角色决定。', en: 'The open approval step belongs to another role.' },
  };
}

function fromRefusal(refusal: Refusal): Result {
  const { code, message } = refusal;
  return { result: 'refused', code, message };
}

export function refundRow(view: View, seq: number): RefundRow {
  const { state, variables, input, now } = view;
  return defined<RefundRow>({
    _id: textOf(variables['refundId']) ?? state.businessKey,
    seq,
    caseNumber: textOf(variables['caseNumber']),
    facility: input.facility,
    status: refundState(view),
    amountCents: numberOf(variables['amountCents']) ?? 0,
    paidCents: numberOf(variables['paidCents']) ?? 0,
    paymentId: textOf(variables['paymentId']),
    applicant: textOf(variables['applicant']),
    decisions: decisionsOf(view.memory).map(({ id, by, role, decision, reason, at, result }) =>
      defined({ id, by, role, decision, reason, at, result }),
    ),
    updatedAt: now,
  });
}

const statuses: RefundRow['status'][] = ['applied', 'approving', 'approved', 'rejected', 'sent-back', 'paid', 'ended'];

/** What the process says of itself in `refundStatus`; otherwise what its open tasks tell. */
export function refundState({ state, variables }: Pick<View, 'state' | 'variables'>): RefundRow['status'] {
  const said = statuses.find((status) => status === variables['refundStatus']);
  if (said) return said;
  if (hasApproval(state)) return 'approving';
  return state.status === 'active' ? 'applied' : 'ended';
}

const hasApproval = (state: InstanceState): boolean => openTasks(state).some(isApproval);

function refundStatus(view: View): RefundStatus {
  const { state, variables, plan } = view;
  return defined<RefundStatus>({
    refundId: textOf(variables['refundId']) ?? state.businessKey,
    caseNumber: textOf(variables['caseNumber']),
    status: refundState(view),
    amountCents: numberOf(variables['amountCents']) ?? 0,
    waitsFor: openTasks(state).map(({ element, task }) =>
      defined({ element, name: elementName(plan, element), roles: task.candidateGroups, dueAt: task.dueAt }),
    ),
    decisions: decisionsOf(view.memory),
  });
}
