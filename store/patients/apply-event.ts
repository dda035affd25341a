/** Applies a hospital event to master data: patient, records, consents. Idempotent and order-independent. */
import { recordCare } from './care-records.ts';
import { enterConsent } from './consents.ts';
import { noteConsent, noteStop } from './contacts.ts';
import { type HospitalEvent, parkedEvents, setEventState } from './hospital-events.ts';
import { findPatient, savePatient, stopPatient } from './patients.ts';

export interface Applied {
  /** `parked`: its patient is unknown; `refused`: its visit, purchase or appointment belongs to another patient. */
  state: 'applied' | 'parked' | 'refused';
  /** The events that took effect, this one and those parked for its patient, in order. */
  events: HospitalEvent[];
}

export async function applyEvent(event: HospitalEvent): Promise<Applied> {
  const { occurrence, patient, facility, sequence } = event;
  if (occurrence.type === 'patientChanged') {
    const { type: _, ...details } = occurrence;
    const demo = event.clock !== undefined;
    if (!(await savePatient({ _id: patient, facility, details, sequence, demo }))) return park(event);
  } else if (!(await findPatient(patient, facility))) return park(event);
  const waiting = (await parkedEvents(patient, facility)).filter((one) => one._id !== event._id);
  const events: HospitalEvent[] = [];
  for (const one of [event, ...waiting]) if (await applyOne(one)) events.push(one);
  return { state: events.includes(event) ? 'applied' : 'refused', events };
}

async function park(event: HospitalEvent): Promise<Applied> {
  await setEventState(event._id, 'parked');
  // The patient may have been added meanwhile, without applying this event.
  if (await findPatient(event.patient, event.facility)) return applyEvent(event);
  return { state: 'parked', events: [] };
}

/** @returns whether it took effect */
async function applyOne(event: HospitalEvent): Promise<boolean> {
  const { _id, occurrence, patient, facility, sequence, occurredAt, on } = event;
  const isTaken = await recordCare(event);
  if (occurrence.type === 'consentChanged') {
    const { type: _, ...consent } = occurrence;
    const entry = { _id, facility, patient, ...consent, at: occurredAt, sequence };
    await enterConsent(entry);
    await noteConsent(entry);
  }
  if (occurrence.type === 'died' || occurrence.type === 'transferred') {
    await stopPatient(patient, occurrence.type, on);
    await noteStop(patient, occurrence.type);
  }
  await setEventState(_id, isTaken ? 'applied' : 'refused');
  return isTaken;
}
