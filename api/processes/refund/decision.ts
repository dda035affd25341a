/** Decides about a refund: sends the signal `refundDecision`, then queries the process for the outcome. */

import { instanceId } from '../../../engine/model/keys.ts';
import type { Plan } from '../../../engine/model/plan.ts';
import { findPlan } from '../../../store/definitions/plans.ts';
import { findNames } from '../../../store/organisation/staff.ts';
import type { RefundRow } from '../../../store/processes/refund/refund-row.ts';
import { findRefund } from '../../../store/processes/refund/refunds.ts';
import { findInstance } from '../../../store/runtime/instances.ts';
import {
  type RefundDecision,
  type RefundStatus,
  refundDecisionSignal,
  refundProcess,
  refundStatusQuery,
} from '../../../workflows/processes/refund/messages.ts';
import type { Deps } from '../../http/deps.ts';
import { digestOf } from '../../http/digest.ts';
import { type Person, rolesAt } from '../../http/policy.ts';
import { forbidden, notFound, noWorker, ProblemError } from '../../http/problem.ts';
import { isProblemCode } from '../../http/problem-codes.ts';
import { roleMissing } from '../../http/role-missing.ts';
import { mayDecide } from './access.ts';

type Decided = RefundStatus['decisions'][number];

const resultWithinMs = 5000;
const rowWithinMs = 1500;

export async function decideRefund(
  deps: Deps,
  person: Person,
  refund: RefundRow,
  body: Pick<RefundDecision, 'decision' | 'reason'>,
  idempotencyKey: string | undefined,
): Promise<unknown> {
  const instance = instanceId(refundProcess, refund._id);
  const key = idempotencyKey ?? crypto.randomUUID();
  const id = digestOf(person.id, `POST /api/refunds/${refund._id}/decision`, body, key).slice(0, 32);
  const status = await statusOf(deps, instance, refund);
  const before = status.decisions.find((one) => one.id === id);
  if (before) return answer(before, status);
  const role = await roleFor(person, refund, status, await deciderBefore(status, person, refund));
  const decision: RefundDecision = { id, ...body, by: person.id, role };
  const sent = await deps.processes.signal(instance, refundDecisionSignal, decision);
  if (sent.kind === 'gone')
    throw (await deciderBefore(await statusOf(deps, instance, refund), person, refund)) ?? ended(refund);
  const after = await untilDecided(deps, instance, refund, id);
  const mine = after.decisions.find((one) => one.id === id);
  if (!mine) throw noWorker();
  if (mine.result === 'accepted') await untilInRow(refund._id, id);
  return answer(mine, after);
}

async function statusOf({ processes }: Deps, instance: string, refund: RefundRow): Promise<RefundStatus> {
  const outcome = await processes.query<RefundStatus>(instance, refundStatusQuery);
  if (outcome.kind !== 'done') throw notFound(`running refund ${refund._id}`);
  return outcome.answer;
}

/** The role in which the person decides, who has decided already, or why they may not. */
async function roleFor(
  person: Person,
  refund: RefundRow,
  status: RefundStatus,
  first: ProblemError | undefined,
): Promise<string> {
  const roles = status.waitsFor.flatMap((one) => one.roles);
  const allowed = mayDecide(person, {
    facility: refund.facility,
    ...(refund.applicant !== undefined && { applicant: refund.applicant }),
    roles,
  });
  if (allowed.ok && allowed.role) return allowed.role;
  if (!allowed.ok && allowed.code === 'wrong-role' && first) throw first;
  if (roles.length === 0) throw ended(refund);
  if (allowed.ok || allowed.code === 'wrong-role') throw await roleMissing({ roles }, refund.facility);
  throw forbidden(allowed.code, allowed.detail, allowed.hint);
}

/** Who decided the step this person could have decided. */
async function deciderBefore(
  status: RefundStatus,
  person: Person,
  refund: RefundRow,
): Promise<ProblemError | undefined> {
  const own = rolesAt(person, refund.facility);
  const found = status.decisions.findLast((one) => one.result === 'accepted' && own.includes(one.role));
  return found && alreadyDecided({ id: found.by, role: found.role, at: found.at });
}

async function untilDecided(deps: Deps, instance: string, refund: RefundRow, id: string): Promise<RefundStatus> {
  const deadline = Date.now() + resultWithinMs;
  for (let pause = 30; ; pause = Math.min(pause * 2, 400)) {
    const status = await statusOf(deps, instance, refund);
    if (Date.now() > deadline || status.decisions.some((one) => one.id === id)) return status;
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

/** Waits briefly for the projection, so that the caller finds the decision in the list. */
async function untilInRow(refundId: string, id: string): Promise<void> {
  const deadline = Date.now() + rowWithinMs;
  for (let pause = 20; Date.now() < deadline; pause = Math.min(pause * 2, 200)) {
    const row = await findRefund(refundId);
    if (row?.decisions.some((one) => one.id === id)) return;
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

async function answer(mine: Decided, status: RefundStatus): Promise<unknown> {
  if (mine.result === 'refused') throw await refusedProblem(mine);
  const next = status.waitsFor[0];
  const nextInEnglish = next && (await englishName(status.refundId, next.element));
  return {
    id: mine.id,
    result: 'accepted',
    refund: { id: status.refundId, status: status.status, waitsFor: status.waitsFor },
    happened: {
      zh: next ? `已记录，下一步：${next.name}（${next.roles.join('、')}）` : '已记录，没有待办的审批',
      en: next
        ? `Recorded. Next: ${nextInEnglish} (${next.roles.join(', ')}).`
        : 'Recorded. No further decision is needed.',
    },
  };
}

async function englishName(refund: string, element: string): Promise<string> {
  const row = await findInstance(instanceId(refundProcess, refund));
  const found = row && (await findPlan<Plan>(refundProcess, row.definition.version));
  return found?.plan.englishNames?.[element] ?? element;
}

async function refusedProblem(mine: Decided): Promise<ProblemError> {
  if (mine.decidedBy) return alreadyDecided(mine.decidedBy);
  const denied = mine.code === 'own-application' || mine.code === 'wrong-role';
  const invalidReason = mine.code === 'form-invalid' || mine.code === 'reason-missing';
  return new ProblemError({
    status: denied ? 403 : invalidReason ? 422 : 409,
    code: isProblemCode(mine.code) ? mine.code : 'refused',
    detail: mine.message?.en ?? 'The decision did not count.',
    hint: 'See the refund for its current state.',
    ...(mine.message && { words: mine.message }),
  });
}

async function alreadyDecided(by: NonNullable<Decided['decidedBy']>): Promise<ProblemError> {
  const { id, role, at } = by;
  const name = (await findNames([id]))[id];
  return new ProblemError({
    status: 409,
    code: 'already-decided',
    detail: `${name ?? id} (${id}) has decided this step already, at ${at}.`,
    hint: 'See the refund for the decision.',
    more: { at, by: { id, ...(role && { role }), ...(name && { name }) } },
  });
}

function ended(refund: RefundRow): ProblemError {
  const last = refund.decisions.findLast((one) => one.result === 'accepted');
  return new ProblemError({
    status: 409,
    code: 'nothing-to-decide',
    detail: `No decision is awaited for refund ${refund._id} now${last ? `; ${last.by} decided last, at ${last.at}` : ''}.`,
    hint: 'See the refund for its current state.',
    ...(last && { more: { by: { id: last.by, role: last.role }, at: last.at } }),
  });
}
