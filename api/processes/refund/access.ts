/** Who may see payments and decide about refunds. */
import { type Allowed, type Person, rolesAt } from '../../http/policy.ts';
import type { RouteRule } from '../../http/route-policy.ts';

export const payers: RouteRule = {
  roles: ['consultant', 'handler', 'cs-director', 'cs-general-director', 'president', 'finance', 'cashier', 'gm'],
  at: 'facility',
};
export const approvers: RouteRule = {
  roles: ['cs-director', 'cs-general-director', 'department-head', 'president', 'finance', 'gm-office', 'gm'],
  at: 'facility',
};

/** The role, among those required, in which the person decides; never on their own application (docs/domain.md#refund-and-compensation). */
export function mayDecide(person: Person, refund: { facility: string; applicant?: string; roles: string[] }): Allowed {
  if (refund.applicant === person.id)
    return {
      ok: false,
      code: 'own-application',
      detail: 'You applied for this refund yourself, so you may not decide about it.',
      hint: 'Leave the decision to another approver.',
    };
  const role = rolesAt(person, refund.facility).find((one) => refund.roles.includes(one));
  if (role) return { ok: true, role };
  return {
    ok: false,
    code: 'wrong-role',
    detail: `The step that is open is decided by ${refund.roles.join(', ') || 'nobody'} at ${refund.facility}.`,
    hint: 'Wait until it is your turn, or ask that role.',
  };
}
