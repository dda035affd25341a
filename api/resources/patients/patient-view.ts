/** View of a patient's record; personal numbers are masked in every response. */
import { careOf } from '../../../store/patients/care-records.ts';
import { consentsOf } from '../../../store/patients/consents.ts';
import { episodesOfPatient } from '../../../store/patients/hospital-events.ts';
import type { Patient } from '../../../store/patients/patients.ts';
import type { Reply } from '../../http/route.ts';

export function itemOf({ _id, facility, details: { name }, demo = false, stopped }: Patient) {
  return { id: _id, facility, ...(name !== undefined && { name }), demo, ...(stopped && { stopped }) };
}

export async function patientView(patient: Patient): Promise<Reply> {
  const { _id: id, facility, details } = patient;
  const episodes = (await episodesOfPatient(id, facility)).sort();
  const [consents, care] = await Promise.all([consentsOf(id), careOf(id)]);
  const body = {
    ...itemOf(patient),
    details,
    consents: consents.map(({ _id: _, facility: _at, patient: _of, sequence: _order, ...consent }) => consent),
    episodes,
    visits: care.visits.map(recordOf),
    purchases: care.purchases.map(recordOf),
    appointments: care.appointments.map(recordOf),
  };
  return { body };
}

/** The visit's number alone, without the facility, which is the patient's. */
function recordOf<R extends { _id: string; facility: string; patient: string; sequence: number }>(row: R) {
  const { _id, facility, patient: _of, sequence: _order, ...record } = row;
  return { number: _id.slice(facility.length + 1), ...record };
}
