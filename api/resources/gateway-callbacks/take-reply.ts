/** What a patient has answered: an opt-out stops marketing at once, anything else goes to the process whose letter it answers. */
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

/** So long an answer waits for its process where that cannot take it at once. */
const keptForMs = 72 * 3_600_000;

/** Safe to repeat: whoever told it first may have been cut off in between. */
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

/** The document that decides about marketing first, then the ledger. */
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
  // Told again, it must not end a consent that was given since.
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
    deps.log.warn({ message: row._id }, 'an answer is kept, but could not be handed over at once');
  }
}
