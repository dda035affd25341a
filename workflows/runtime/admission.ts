/**
 * Authentication of messages to an instance: sealed with the acting key for this instance and use, or sealed by a
 * person at the codec endpoint who is authorised for it here. The person and their role come from the seal, not from
 * the payload.
 */
import { workflowInfo } from '@temporalio/workflow';
import { type RefusalCode, refusal } from '../../engine/messages/refusals.ts';
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
import { includesCommandChange } from './command-changes.ts';
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

/** A person's seal opens at every instance, so what they seal names its own; that of API and worker opens at one instance only. */
function isForOther(payload: unknown): boolean {
  if (!isSealed(payload) || payload['careloop:use'] !== personUse) return false;
  const { value } = payload;
  return !isRecord(value) || value['instance'] !== workflowInfo().workflowId;
}

/**
 * For signals: a rejected one is journaled. Signals of operators name their instance; a decision on a refund names its
 * refund instead (processes/refund/decisions.ts).
 * @returns undefined if rejected
 */
export function admitSignal(
  instance: Instance,
  signal: string,
  payload: unknown,
  origin: Origin | undefined,
  persons: AdmittedPersons,
): { payload: unknown; seal: string; byPerson: boolean } | undefined {
  const refuse = ({ code, by, reason }: Refused): undefined => {
    instance.journalRefusal({ code, data: { signal, ...(reason && { reason }) }, ...(by && { by }) });
  };
  const admission = admit(instance, payload, origin, persons);
  if (!admission.ok) return refuse(admission);
  if (persons === 'operators' && isForOther(payload) && includesCommandChange('sealed-copies-refused'))
    return refuse({ code: 'other-instance' });
  const { payload: admitted, seal = '' } = admission;
  // A repeated nonce is a copy from the history, as Temporal delivers a signal once.
  if (!instance.seals.add(seal)) return refuse({ code: 'seal-repeated' });
  return { payload: admitted, seal, byPerson: isSealed(payload) };
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

/**
 * For validators of updates; handlers do not ask, as histories hold updates that name no instance.
 * @throws the refusal
 */
export function requireNamed(payload: unknown): void {
  if (isForOther(payload)) throw refused(refusal('other-instance'));
}

/**
 * For handlers of updates that are not a repeat under the same id: under another id the same nonce is a copy from the
 * history. Validators must not change state, so they do not ask.
 * @throws the refusal
 */
export function requireNewSeal({ seals }: Pick<Instance, 'seals'>, payload: unknown, origin: Origin | undefined): void {
  const seal = isSealed(payload) ? payload.seal : origin?.seal;
  if (seal === undefined || seals.add(seal)) return;
  if (includesCommandChange('sealed-copies-refused')) throw refused(refusal('seal-repeated'));
}
