/** Replies of patients: an opt-out stops marketing at once; anything else goes to the process whose letter it answers. */
import { businessKeyIn } from '../../../engine/model/keys.ts';
import { isOptOut } from '../../../gateway/delivery/opt-out.ts';
import { digitsOf } from '../../../gateway/delivery/receiver.ts';
import type { Reply } from '../../../gateway/port.ts';
import { deliver } from '../../../store/messaging/delivery.ts';
import { insertMessage } from '../../../store/messaging/messages.ts';
import type { OutboxMessage } from '../../../store/messaging/outbox.ts';
import { keepReply, lastLetterTo, patientsAt } from '../../../store/messaging/replies.ts';
import { enterConsent } from '../../../store/patients/consents.ts';
import { optOut } from '../../../store/patients/contacts.ts';
import { findPatientAnywhere } from '../../../store/patients/patients.ts';
import { patientReplied } from '../../../workflows/processes/followUp/messages.ts';
import type { Deps } from '../../http/deps.ts';
import { digestOf } from '../../http/digest.ts';
import { messageTransportOf } from '../messages/message-transport.ts';

/** Retention of a reply that its process cannot receive at once. */
const keptForMs = 72 * 3_600_000;

/** Idempotent, as a previous attempt may have failed in between. */
export async function takeReply(deps: Deps, reply: Reply): Promise<void> {
  const at = new Date().toISOString();
  const address = digitsOf(reply.from);
  const letter = await lastLetterTo(address);
  if (isOptOut(reply.text)) for (const patient of await patientsAt(address)) await stopMarketing(reply, patient, at);
  else if (letter) await tellProcess(deps, reply, letter, at);
  await keepReply({
    _id: reply.id,
    text: reply.text,
    at,
    optOut: isOptOut(reply.text),
    ...(letter && { letter: letter._id, facility: letter.facility }),
    ...(letter?.patient !== undefined && { patient: letter.patient }),
  });
}

/** The patient's document, which decides about marketing, before the ledger. */
async function stopMarketing({ id }: Reply, patient: string, at: string): Promise<void> {
  const record = await findPatientAnywhere(patient);
  if (!record) return;
  const entry = { _id: `${id} ${patient}`, facility: record.facility, patient, purpose: 'marketing' as const };
  const isNew = await enterConsent({
    ...entry,
    given: false,
    wording: 'reply',
    channel: 'sms',
    proof: id,
    at,
    sequence: record.sequence,
  });
  // A repeated opt-out must not end a consent given since.
  if (isNew) await optOut(patient, at, 'reply');
}

async function tellProcess(deps: Deps, { id, text }: Reply, letter: OutboxMessage, at: string): Promise<void> {
  const { instance, facility } = letter;
  const businessKey = businessKeyIn(instance);
  if (businessKey === undefined) return;
  const row = await insertMessage({
    _id: digestOf(patientReplied, id),
    name: patientReplied,
    correlationKey: businessKey,
    variables: { reply: text },
    digest: digestOf(id, text),
    facility,
    reach: [facility],
    sender: { staff: 'gateway' },
    publishedAt: at,
    until: new Date(Date.parse(at) + keptForMs).toISOString(),
  });
  if (row.state !== 'waiting') return;
  try {
    await deliver(messageTransportOf(deps), row);
  } catch {
    deps.log.warn({ message: row._id }, 'a reply is stored, but could not be delivered at once');
  }
}
