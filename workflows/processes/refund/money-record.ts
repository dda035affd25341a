/** Record of applicants, approvals and payment of a refund, derived from completed acts. */
import { visibleVariables } from '../../../engine/core/enclosing-scopes.ts';
import type { EngineEvent, InstanceState, Key } from '../../../engine/model/types.ts';
import type { RefundApproval } from '../../../store/processes/refund/refund-row.ts';
import type { Instance } from '../../runtime/instance.ts';
import { defined, numberOf, textOf } from '../../runtime/variable-readers.ts';
import { type Decided, isApproval, remember, taskDecisionId } from './decisions.ts';

/** State of payment derived from completed acts, as variables can be set by operators and diagrams. */
interface MoneyRecord {
  /** Applicants, the latest last. */
  applicants: string[];
  approvals: RefundApproval[];
  paidCents: number;
}
const maxApprovals = 200;
export const moneyOf = (memory: Record<string, unknown>): MoneyRecord =>
  (memory['money'] as MoneyRecord | undefined) ?? { applicants: [], approvals: [], paidCents: 0 };

const applicationForm = 'refund-application';
const confirmationForm = 'finance-confirmation';
const paymentJob = 'order-payment';

/** Records who completed a task and on what application, whether through the console, the API or a signal. */
export function recordActs(event: EngineEvent, before: InstanceState, instance: Instance): void {
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
  recordApproval(instance, appliedFor(before, event.key), {
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

type AppliedFor = Pick<RefundApproval, 'amountCents' | 'paymentId' | 'method'>;

/** The application as the decider of this task sees it: a value of an inner scope hides that of the process. */
export function appliedFor(state: InstanceState, task: Key): AppliedFor {
  const { amountCents, paymentId, method } = visibleVariables(state, task);
  return { amountCents: numberOf(amountCents) ?? 0, paymentId: textOf(paymentId) ?? '', method: textOf(method) ?? '' };
}

function recordApproval(instance: Instance, on: AppliedFor, approval: Omit<RefundApproval, keyof AppliedFor>): void {
  const { approvals, ...money } = moneyOf(instance.memory);
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
