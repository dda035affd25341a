/** Writes the past of many patients at once, for an installation that begins with it. What is there already stays. */
import type mongoose from 'mongoose';
import { duplicatesOf } from '../runtime/row-writing.ts';
import { recordId, updateOf } from './care-records.ts';
import { type ConsentEntry, ConsentModel } from './consents.ts';
import { type HospitalEvent, HospitalEventModel } from './hospital-events.ts';
import { type Patient, PatientModel } from './patients.ts';

/**
 * @param patients with the details that their last event told
 * @param events all of them applied, in order; nobody has died
 */
export async function insertHistories(patients: Patient[], events: HospitalEvent[]): Promise<void> {
  await insertMissing(HospitalEventModel, events);
  const records = new Map<mongoose.Model<never>, Map<string, object>>();
  const consents: ConsentEntry[] = [];
  for (const event of events) {
    const { _id, facility, patient, episode, sequence, occurredAt: at, occurrence } = event;
    if (occurrence.type === 'consentChanged') {
      const { type: _, ...consent } = occurrence;
      consents.push({ _id, facility, patient, ...consent, at, sequence });
    }
    const update = updateOf(event);
    if (!update) continue;
    const model = update.model as unknown as mongoose.Model<never>;
    const rows = records.get(model) ?? new Map<string, object>();
    const id = recordId(event, update.number);
    const ofEpisode = episode === undefined ? {} : { episode };
    rows.set(id, { ...rows.get(id), _id: id, facility, patient, ...ofEpisode, ...update.fields, sequence });
    records.set(model, rows);
  }
  await insertMissing(ConsentModel, consents);
  for (const [model, rows] of records) await insertMissing(model, [...rows.values()]);
  // Last: where they stand, the rest does.
  await insertMissing(PatientModel, patients);
}

async function insertMissing<Row>(model: mongoose.Model<Row>, rows: readonly object[]): Promise<void> {
  if (rows.length > 0) await model.collection.insertMany(rows as never, { ordered: false }).catch(duplicatesOf);
}
