/** Phone number of a letter to a patient: from the record it names, or from the patient its process knows. */
import { businessKeyIn } from '../../engine/model/keys.ts';
import { isMadeLocally } from '../../store/db/own-database.ts';
import type { OutboxMessage } from '../../store/messaging/outbox.ts';
import { findPatient } from '../../store/patients/patients.ts';
import { storeOf } from '../../store/processes/index.ts';

export type Receiver =
  | { address: string; patient?: string }
  /** `demo`: an invented person, refused by real gateways. */
  | { refused: 'unknown-patient' | 'no-number' | 'demo' };

export async function receiverOf(letter: OutboxMessage, reachesPeople: boolean): Promise<Receiver> {
  const { facility, patient, instance } = letter;
  if (patient !== undefined) return receiverOfRecord(patient, facility, reachesPeople);
  const businessKey = businessKeyIn(instance);
  const process = instance.slice(0, instance.indexOf('/'));
  const found = businessKey === undefined ? undefined : await storeOf(process)?.addressee?.(businessKey);
  if (!found) return { refused: 'unknown-patient' };
  if (reachesPeople && (await isMadeLocally())) return { refused: 'demo' };
  const address = digitsOf(found.phone ?? '');
  if (address !== '') return { address };
  return found.patient === undefined
    ? { refused: 'no-number' }
    : receiverOfRecord(found.patient, facility, reachesPeople);
}

async function receiverOfRecord(patient: string, facility: string, reachesPeople: boolean): Promise<Receiver> {
  const row = await findPatient(patient, facility);
  if (!row) return { refused: 'unknown-patient' };
  if (reachesPeople && row.demo) return { refused: 'demo' };
  const address = digitsOf(row.details.phone ?? '');
  return address === '' ? { refused: 'no-number' } : { address, patient };
}

/** `+86 138-0013-8000` and `13800138000` are the same number. */
export const digitsOf = (phone: string): string => phone.replace(/\D/g, '').replace(/^(?:00)?86(?=1\d{10}$)/, '');
