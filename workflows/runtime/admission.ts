/**
 * Authentication of messages to an instance: sealed with the acting key for this instance and use, or sealed by a
 * person at the codec endpoint who is authorised for it here. The person and their role come from the seal, not from
 * the payload.
 */
import { workflowInfo } from '@temporalio/workflow';
import { type RefusalCode, refusal } from '../../engine/messages/refusals.ts';
import type { Json } from '../../engine/model/plan.ts';
import { operatorRole } from '../../engine/model/roles.ts';
import type { Actor } from '../../engine/model/types.ts';
import {
  isSealed,
  isUnopened,
  type Origin,
  personUse,
  type SealedValue,
  type SealingPerson,
  type UnopenedReason,
} from '../sealing/marks.ts';
import type { Instance } from './instance.ts';
import { isRecord } from './payload-guards.ts';
import { realNow } from './process-time.ts';
import { refused } from './update-answers.ts';

/** Lifetime of a person's seal, which makes a later copy useless. */
const personSealValidMs = 10 * 60_000;

/** Who may send a message; `none`: API and worker only. */
export type AdmittedPersons = 'operators' | 'any-role' | 'none';

type Admission = { ok: true; payload: unknown; seal?: string } | ({ ok: false } & Refused);
interface Refused {
  code: RefusalCode;
  by?: Actor;
  reason?: UnopenedReason;
}

/** Roles held at a facility, or for the whole group. */
const rolesAt = ({ roles }: SealingPerson, facility: string): string[] =>
  roles.filter((held) => held.facility === facility || held.facility === '*').map(({ role }) => role);

/** @param origin of values sealed by API and worker */
function admit(instance: Instance, payload: unknown, origin: Origin | undefined, persons: AdmittedPersons): Admission {
  if (isUnopened(payload)) return { ok: false, code: 'unsealed', reason: payload['careloop:unopened'] };
  if (!isSealed(payload)) return { ok: true, payload, ...(origin && { seal: origin.seal }) };
  return payload['careloop:use'] === personUse
    ? admitPerson(instance, payload, persons)
    : { ok: false, code: 'unsealed' };
}

function admitPerson({ input }: Instance, { person, seal, value }: SealedValue, persons: AdmittedPersons): Admission {
  if (!person) return { ok: false, code: 'unsealed' };
  const held = rolesAt(person, input.facility);
  const by: Actor = { id: person.id };
  const age = Date.parse(realNow()) - Date.parse(person.at);
  if (!(age <= personSealValidMs)) return { ok: false, code: 'seal-expired', by };
  if (persons === 'none') return { ok: false, code: 'system-only', by };
  if (persons === 'operators' && !held.includes(operatorRole)) return { ok: false, code: 'role-not-held', by };
  if (!isRecord(value)) return { ok: false, code: 'malformed', by };
  if (![undefined, person.id].includes(claimedPerson(value))) return { ok: false, code: 'other-person', by };
  const role = persons === 'operators' ? operatorRole : claimedRole(value);
  if (role !== undefined && !held.includes(role)) return { ok: false, code: 'role-not-held', by: { ...by, role } };
  if (held.length === 0) return { ok: false, code: 'role-not-held', by };
  return { ok: true, payload: { ...value, by: { ...by, ...(role !== undefined && { role }) } }, ...(seal && { seal }) };
}

/** `by.id` of an update, `by` of a typed signal. */
function claimedPerson({ by }: Record<string, unknown>): string | undefined {
  const claimed = isRecord(by) ? by['id'] : by;
  return typeof claimed === 'string' ? claimed : undefined;
}

/** `by.role` of an update, `role` of a typed signal. */
function claimedRole({ by, role }: Record<string, unknown>): string | undefined {
  const claimed = isRecord(by) ? by['role'] : role;
  return typeof claimed === 'string' ? claimed : undefined;
}

/**
 * For signals: a rejected one is journaled.
 * @returns undefined if rejected
 */
export function admitSignal(
  instance: Instance,
  signal: string,
  payload: unknown,
  origin: Origin | undefined,
  persons: AdmittedPersons,
): { payload: unknown; seal: string; byPerson: boolean } | undefined {
  const admission = admit(instance, payload, origin, persons);
  if (!admission.ok) {
    const { code, by, reason } = admission;
    const data: Record<string, Json> = { signal, ...(reason && { reason }) };
    instance.journalRefusal({ code, data, ...(by && { by }) });
    return undefined;
  }
  const { payload: admitted, seal = '' } = admission;
  // A repeated nonce is a copy from the history, as Temporal delivers a signal once.
  if (!instance.seals.add(seal)) {
    instance.journalRefusal({ code: 'seal-repeated', data: { signal } });
    return undefined;
  }
  return { payload: admitted, seal, byPerson: isSealed(payload) };
}

/**
 * For validators of updates. A person's seal opens at every instance, so a copy of one must not act at another: the
 * payload names its instance. Handlers do not ask, as histories hold updates of before.
 * @throws the refusal
 */
export function requireNamed(payload: unknown): void {
  if (!isSealed(payload) || payload['careloop:use'] !== personUse) return;
  const { value } = payload;
  if (!isRecord(value) || value['instance'] !== workflowInfo().workflowId) throw refused(refusal('other-instance'));
}

/**
 * For updates.
 * @throws the refusal
 */
export function admitUpdate(instance: Instance, payload: unknown, persons: AdmittedPersons): unknown {
  const admission = admit(instance, payload, undefined, persons);
  if (admission.ok) return admission.payload;
  throw refused(refusal(admission.code));
}
