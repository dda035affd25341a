/**
 * Workflow type `refund`: the refund process (docs/domain.md#refund-and-compensation). A decision arrives as completion
 * of the approval task, or as the signal `refundDecision`, which is converted into one. An invalid decision is
 * journaled as refused and never fails the workflow.
 */
import { defineQuery, defineSignal, setHandler, workflowInfo } from '@temporalio/workflow';
import type { JobContext } from '../../../activities/types.ts';
import { refusal } from '../../../engine/messages/refusals.ts';
import { businessKeyIn } from '../../../engine/model/keys.ts';
import type { EngineEvent, InstanceState, Refusal, WaitOf } from '../../../engine/model/types.ts';
import type { RefundApproval, RefundRow } from '../../../store/processes/refund/refund-row.ts';
import { admitSignal } from '../../runtime/admission.ts';
import type { Instance } from '../../runtime/instance.ts';
import type { Ended, Outcome, StartInput } from '../../runtime/instance-messages.ts';
import { subjectOf } from '../../runtime/job-context.ts';
import { runUntilDone } from '../../runtime/local-activities.ts';
import { isActor, isRecord } from '../../runtime/payload-guards.ts';
import { runInstance } from '../../runtime/run-instance.ts';
import { defined, numberOf, textOf } from '../../runtime/variable-readers.ts';
import { elementName, openTasks, type View } from '../../runtime/view.ts';
import type { Origin } from '../../sealing/marks.ts';
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

export type Decided = RefundStatus['decisions'][number];

/** Decisions by signal, kept beside the engine's state; only the newest are needed to detect repeats. */
const maxDecisions = 200;
const decisionsOf = (memory: Record<string, unknown>): Decided[] =>
  (memory['decisions'] as Decided[] | undefined) ?? [];

const approvalForm = 'refund-decision';
const isApproval = (wait: WaitOf<'task'>): boolean => wait.task.formId?.startsWith(approvalForm) ?? false;

export function isDecision(value: unknown): value is RefundDecision {
  if (!isRecord(value)) return false;
  const { id, refundId, decision, by, role, reason } = value;
  return (
    (refundId === undefined || typeof refundId === 'string') &&
    (id === undefined || (typeof id === 'string' && id.length > 0)) &&
    (decision === 'approve' || decision === 'reject' || decision === 'send-back') &&
    typeof by === 'string' &&
    by.length > 0 &&
    typeof role === 'string' &&
    (reason === undefined || typeof reason === 'string')
  );
}

async function onDecision(instance: Instance, sent: unknown, origin: Origin | undefined): Promise<void> {
  const admitted = admitSignal(instance, refundDecisionSignal, sent, origin, 'any-role');
  if (!admitted) return;
  const payload = byName(admitted.payload);
  if (!isDecision(payload)) {
    instance.journalRefusal({ code: 'malformed', data: { signal: refundDecisionSignal } });
    return;
  }
  const { decision, by, role, reason } = payload;
  const id = payload.id ?? `signal-${admitted.seal}`;
  const { businessKey, facility } = instance.input;
  const held = await runUntilDone<boolean>('holdsRole', [{ staff: by, role, facility }], '核对审批人的角色');
  const isKnown = decisionsOf(instance.memory).some((one) => one.id === id);
  if (isKnown) return;
  const isForOther = payload.refundId === undefined ? admitted.byPerson : payload.refundId !== businessKey;
  const refusedBefore = held ? (isForOther ? otherRefund : undefined) : fromRefusal(refusal('role-not-held'));
  const { at, key, result } = refusedBefore
    ? { at: instance.env().now, key: undefined, result: refusedBefore }
    : decide(instance, payload);
  if (result.result === 'refused') {
    instance.journalRefusal({ code: result.code ?? 'refused', by: { id: by, role }, data: { decision } });
    remember(instance, defined<Decided>({ id, by, role, decision, reason, at, ...result }));
  } else {
    const known = decisionsOf(instance.memory).map((one) => (one.id === taskDecisionId(key) ? { ...one, id } : one));
    instance.memory['decisions'] = known;
  }
}

/** A decision sealed at the codec endpoint carries its actor. */
function byName(payload: unknown): unknown {
  if (!isRecord(payload) || !isActor(payload['by'])) return payload;
  const { id: by, role } = payload['by'];
  return { ...payload, by, role };
}

const taskDecisionId = (key: string | undefined): string => `task-${key}`;

function remember(instance: Instance, decision: Decided): void {
  instance.memory['decisions'] = [...decisionsOf(instance.memory), decision].slice(-maxDecisions);
  instance.touch();
}

/** State of payment derived from completed acts, as variables can be set by operators and diagrams. */
interface MoneyRecord {
  /** Applicants, the latest last. */
  applicants: string[];
  approvals: RefundApproval[];
  paidCents: number;
}
const maxApprovals = 200;
const moneyOf = (memory: Record<string, unknown>): MoneyRecord =>
  (memory['money'] as MoneyRecord | undefined) ?? { applicants: [], approvals: [], paidCents: 0 };

const applicationForm = 'refund-application';
const confirmationForm = 'finance-confirmation';
const paymentJob = 'order-payment';

/** Records who completed a task and on what application, whether through the console, the API or a signal. */
function recordActs(event: EngineEvent, before: InstanceState, instance: Instance): void {
  if (event.type === 'job-completed') recordPayment(event, before, instance);
  if (event.type !== 'task' || event.action.type !== 'complete') return;
  const wait = before.waits[event.key];
  // A listener may still deny the completion.
  const done = instance.state.closedTasks.some(({ key, how }) => key === event.key && how === 'completed');
  if (wait?.kind !== 'task' || !done) return;
  const { formId } = wait.task;
  if (formId === applicationForm) recordApplicant(instance, event.by.id);
  if (!isApproval(wait) && formId !== confirmationForm) return;
  const { decision, reason, financeConfirmation } = event.action.variables;
  const role = event.by.role ?? wait.task.candidateGroups[0] ?? '';
  const { now: at } = instance.env();
  const confirmed = financeConfirmation === 'confirmed' ? 'approve' : 'refuse';
  recordApproval(instance, before, {
    by: event.by.id,
    role,
    decision: formId === confirmationForm ? confirmed : (textOf(decision) ?? ''),
    at,
  });
  if (!isApproval(wait)) return;
  remember(
    instance,
    defined<Decided>({
      id: taskDecisionId(event.key),
      by: event.by.id,
      role,
      decision: textOf(decision) ?? '',
      reason: textOf(reason),
      at,
      result: 'accepted',
    }),
  );
}

function recordApplicant(instance: Instance, applicant: string): void {
  const { applicants, ...money } = moneyOf(instance.memory);
  instance.memory['money'] = { ...money, applicants: [...applicants.filter((id) => id !== applicant), applicant] };
  instance.touch();
}

/** The application at the time of the decision. */
function recordApproval(
  instance: Instance,
  before: InstanceState,
  approval: Omit<RefundApproval, 'amountCents' | 'paymentId'>,
): void {
  const variables = before.waits[before.root]?.variables ?? {};
  const { approvals, ...money } = moneyOf(instance.memory);
  const on = {
    amountCents: numberOf(variables['amountCents']) ?? 0,
    paymentId: textOf(variables['paymentId']) ?? '',
  };
  instance.memory['money'] = { ...money, approvals: [...approvals, { ...approval, ...on }].slice(-maxApprovals) };
  instance.touch();
}

/** Only the job's own result proves that payment was ordered. */
function recordPayment(
  event: Extract<EngineEvent, { type: 'job-completed' }>,
  before: InstanceState,
  instance: Instance,
): void {
  const wait = before.waits[event.key];
  if (wait?.kind !== 'job' || wait.jobType !== paymentJob || wait.listener !== undefined) return;
  const paidCents = numberOf(event.variables['paidCents']) ?? 0;
  instance.memory['money'] = { ...moneyOf(instance.memory), paidCents };
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

/** Why this role has nothing to decide. */
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

/** A decision sealed by a person can be decrypted by every instance, so it must name its refund. */
const otherRefund: Result = {
  result: 'refused',
  code: 'other-refund',
  message: { zh: '决定中的退款编号不是这笔退款。', en: 'The decision does not name this refund (refundId).' },
};

function fromRefusal(refusal: Refusal): Result {
  const { code, message } = refusal;
  return { result: 'refused', code, message };
}

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

function refundStatus(view: View): RefundStatus {
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
