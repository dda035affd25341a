/** Patients, by record number. Personal data: stored here only; processes carry the number. */
import mongoose, { type QueryFilter } from 'mongoose';
import { anyJson, escapeRegExp, rowSchema } from '../db/schema.ts';

export interface PatientDetails {
  name?: string;
  sex?: 'female' | 'male';
  /** Local date. */
  bornOn?: string;
  birthCalendar?: 'solar' | 'lunar';
  /** Of a lunar birthday: in the leap month. */
  leapMonth?: boolean;
  phone?: string;
  address?: string;
  email?: string;
  occupation?: string;
}

/** Reason why the patient must not be contacted any more. */
export type StopReason = 'died' | 'transferred';

export interface Patient {
  /** Record number (病案号). */
  _id: string;
  facility: string;
  details: PatientDetails;
  /** Sequence of the last applied change: older ones are ignored. */
  sequence: number;
  stopped?: { reason: StopReason; on: string };
  /** Invented: refused by real gateways. */
  demo?: boolean;
  /** Search keys (patient-search.ts). */
  searchKeys?: string[];
}

const schema = rowSchema<Patient>({
  facility: String,
  details: anyJson,
  sequence: Number,
  stopped: anyJson,
  demo: Boolean,
  searchKeys: anyJson,
});
schema.index({ facility: 1, _id: 1 });
schema.index({ facility: 1, 'details.phone': 1 });
schema.index({ facility: 1, searchKeys: 1 });

export const PatientModel = mongoose.model<Patient>('patients', schema, 'patients');

/**
 * Adds a patient, or overwrites the given details unless a later change has done so.
 * @returns false when the number belongs to a patient of another facility
 */
export async function savePatient({ _id, facility, details, sequence, demo }: Patient): Promise<boolean> {
  const given = Object.entries(details).filter(([, value]) => value !== undefined);
  const fresh = { facility, details: {}, sequence: -1, ...(demo && { demo }) };
  await PatientModel.updateOne({ _id }, { $setOnInsert: fresh }, { upsert: true });
  await PatientModel.updateOne(
    { _id, facility, sequence: { $lte: sequence } },
    { $set: { sequence, ...Object.fromEntries(given.map(([name, value]) => [`details.${name}`, value])) } },
  );
  return (await findPatient(_id, facility)) !== null;
}

/** At this facility; records of others are not found. */
export async function findPatient(id: string, facility: string): Promise<Patient | null> {
  return PatientModel.findOne({ _id: id, facility }).lean<Patient>();
}

export async function findPatients(ids: string[]): Promise<Patient[]> {
  return PatientModel.find({ _id: { $in: ids } }).lean<Patient[]>();
}

export async function findPatientAnywhere(id: string): Promise<Patient | null> {
  return PatientModel.findById(id).lean<Patient>();
}

export async function stopPatient(id: string, reason: StopReason, on: string): Promise<void> {
  await PatientModel.updateOne({ _id: id }, { $set: { stopped: { reason, on } } });
}

export interface PatientSearch {
  facilities?: string[];
  /** Prefix of a number, or part of a name. */
  q?: string;
  /** The last number of the previous page. */
  after?: string;
  limit: number;
}

/** By number. */
export async function listPatients({ facilities, q, after, limit }: PatientSearch): Promise<Patient[]> {
  const filter: QueryFilter<Patient> = {
    ...(facilities && { facility: { $in: facilities } }),
    ...(after !== undefined && { _id: { $gt: after } }),
    ...(q !== undefined && {
      $or: [{ _id: { $regex: `^${escapeRegExp(q)}` } }, { 'details.name': { $regex: escapeRegExp(q) } }],
    }),
  };
  return PatientModel.find(filter).sort({ _id: 1 }).limit(limit).lean<Patient[]>();
}

/** Active patients of a facility with a known date of birth. */
export function withBirthday(facility: string): AsyncIterable<Patient> {
  const filter = { facility, stopped: { $exists: false }, 'details.bornOn': { $exists: true } };
  return PatientModel.find(filter as QueryFilter<Patient>)
    .lean<Patient[]>()
    .cursor() as unknown as AsyncIterable<Patient>;
}
