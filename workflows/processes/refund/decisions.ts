/** Decisions about a refund: their validation, their effect on the open approval step, and the record of past ones. */
import { refusal } from '../../../engine/messages/refusals.ts';
import type { Refusal, WaitOf } from '../../../engine/model/types.ts';
import { admitSignal } from '../../runtime/admission.ts';
import type { Instance } from '../../runtime/instance.ts';
import { runUntilDone } from '../../runtime/local-activities.ts';
import { isActor, isRecord } from '../../runtime/payload-guards.ts';
import { defined } from '../../runtime/variable-readers.ts';
import { openTasks } from '../../runtime/view.ts';
import type { Origin } from '../../sealing/marks.ts';
import { type RefundDecision, type RefundDecisionResult, type RefundStatus, refundDecisionSignal } from './messages.ts';

export type Decided = RefundStatus['decisions'][number];

/** Decisions by signal, kept beside the engine's state; only the newest are needed to detect repeats. */
const maxDecisions = 200;
export const decisionsOf = (memory: Record<string, unknown>): Decided[] =>
  (memory['decisions'] as Decided[] | undefined) ?? [];

const approvalForm = 'refund-decision';
export const isApproval = (wait: WaitOf<'task'>): boolean => wait.task.formId?.startsWith(approvalForm) ?? false;

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

export async function onDecision(instance: Instance, sent: unknown, origin: Origin | undefined): Promise<void> {
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

export const taskDecisionId = (key: string | undefined): string => `task-${key}`;

export function remember(instance: Instance, decision: Decided): void {
  instance.memory['decisions'] = [...decisionsOf(instance.memory), decision].slice(-maxDecisions);
  instance.touch();
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
