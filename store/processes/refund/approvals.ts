/**
 * Whether a refund may be paid (docs/domain.md#refund-and-compensation): all approvals required by the rule set must be
 * stored, given after the amount was reserved, for this payment, amount and method, each by a different authorised
 * person of the facility, none of them the applicant. The position of the process's token proves none of this, as operators can
 * move tokens and deploy diagrams.
 */
import { findFacility } from '../../organisation/facilities.ts';
import { rolesHeldAt } from '../../organisation/role-at.ts';
import { findRuleSet, findRules } from '../../organisation/rule-sets.ts';
import { StaffModel } from '../../organisation/staff.ts';
import type { HeldReservation, RefundSubject } from './payments.ts';
import type { RefundApproval, RefundRow } from './refund-row.ts';
import { RefundModel } from './refunds.ts';

export interface PayingRefund extends RefundSubject {
  businessKey: string;
  /** The rule set of the instance; absent: the one in force at the facility. */
  ruleSet?: { key: string; version: number };
  /** How it would be paid out. */
  method?: string;
}

/** @returns the reason why it may not be paid; undefined: it may */
export async function whyNotApproved(refund: PayingRefund, held: HeldReservation): Promise<string | undefined> {
  const { instance, facility, businessKey } = refund;
  const row = await RefundModel.findOne({ _id: businessKey, instance, facility }).lean<RefundRow>();
  if (!row) return `No refund ${instance} is on record at ${facility}.`;
  if (row.applicants.length === 0) return 'No applicant is on record.';
  const roles = requiredRoles(await rulesOf(refund), held.amountCents);
  if (!roles) return `No rule set at ${facility} defines who approves refunds.`;
  const since = row.approvals.filter((one) => one.at >= held.reservedAt);
  const against = since.find((one) => one.decision !== 'approve');
  if (against) return `${against.by} has not approved it (${against.decision}).`;
  const { method = '' } = refund;
  const counting = since.filter(
    (one) => one.amountCents === held.amountCents && one.paymentId === held.paymentId && one.method === method,
  );
  const given = await entitled(counting, facility);
  const deciders: string[] = [];
  for (const role of roles) {
    const approval = given.findLast((one) => one.role === role);
    if (!approval)
      return `The approval of ${role} for ${held.amountCents} cents of ${held.paymentId}${method && ` by ${method}`} is not on record.`;
    if (row.applicants.includes(approval.by)) return `${approval.by} has applied for it and cannot approve it.`;
    if (deciders.includes(approval.by))
      return `${approval.by} has approved it twice; each approval needs a different person.`;
    deciders.push(approval.by);
  }
  return undefined;
}

async function rulesOf({ facility, ruleSet, at }: PayingRefund): Promise<Record<string, unknown>> {
  const region = (await findFacility(facility))?.region;
  const inForce = region === undefined ? null : await findRules(region, at);
  const found = ruleSet ? await findRuleSet(ruleSet.key, ruleSet.version) : inForce;
  // A rule set of another region is ignored.
  return found && found.region === region ? found.rules : {};
}

interface RefundRules {
  approvers?: unknown;
  generalDirectorAboveCents?: unknown;
  gmAboveCents?: unknown;
}

/** @returns undefined when the rules do not define it */
function requiredRoles(rules: Record<string, unknown>, amountCents: number): string[] | undefined {
  const { approvers, generalDirectorAboveCents, gmAboveCents } = (rules['refund'] ?? {}) as RefundRules;
  if (!isTexts(approvers) || typeof generalDirectorAboveCents !== 'number' || typeof gmAboveCents !== 'number')
    return undefined;
  return [
    ...approvers,
    ...(amountCents > generalDirectorAboveCents ? ['cs-general-director'] : []),
    ...(amountCents > gmAboveCents ? ['gm'] : []),
  ];
}

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === 'string');

/** Approvals whose giver has that role there by the staff table, for dates that cover the approval; a role revoked since does not count. */
async function entitled(approvals: RefundApproval[], facility: string): Promise<RefundApproval[]> {
  const staff = await StaffModel.find({ _id: { $in: approvals.map((one) => one.by) } }, { roles: 1 }).lean();
  return approvals.filter(({ by, role, at }) =>
    staff.some(
      ({ _id, roles }) =>
        _id === by &&
        rolesHeldAt(roles, at).some((held) => held.role === role && [facility, '*'].includes(held.facility)),
    ),
  );
}
