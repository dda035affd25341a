/** Search for patients as somebody types: each row stores the prefixes it is found by, in one index. */
import { listFacilities } from '../organisation/facilities.ts';
import { comparable } from '../runtime/search-keys.ts';
import { type Patient, PatientModel } from './patients.ts';

/** Reversed digits of a phone, for searches by the last ones. */
const tailKey = (digits: string): string => `~${[...digits].reverse().join('')}`;
const digitsIn = (text: string): string => text.replace(/\D/g, '');

/** Prefixes of a name by which a patient is found: as written, and in initials. */
type NameKeys = (name: string) => string[];

export function searchKeysOf({ _id, details }: Pick<Patient, '_id' | 'details'>, nameKeys: NameKeys): string[] {
  const { name = '', phone = '' } = details;
  const digits = digitsIn(phone);
  return [comparable(_id), ...new Set(nameKeys(name)), ...(digits.length > 0 ? [tailKey(digits)] : [])];
}

export async function indexPatient(patient: Patient, nameKeys: NameKeys): Promise<void> {
  const { _id, sequence } = patient;
  // A later change writes its own keys.
  await PatientModel.updateOne({ _id, sequence }, { $set: { searchKeys: searchKeysOf(patient, nameKeys) } });
}

const beginningWith = (from: string) => ({ searchKeys: { $elemMatch: { $gte: from, $lt: `${from}\u{10ffff}` } } });

/** All patients with a phone of these digits, in any format or prefix; by record number. */
export async function findPatientsAtPhone(digits: string): Promise<string[]> {
  const facility = { $in: (await listFacilities()).map(({ _id }) => _id) };
  const found = await PatientModel.find({ facility, ...beginningWith(tailKey(digits)) }, { _id: 1 })
    .sort({ _id: 1 })
    .lean<Pick<Patient, '_id'>[]>();
  return found.map(({ _id }) => _id);
}

/** Digits alone are the end of a phone number, or the beginning of a record number. */
export async function findPatientsBy(typed: string, facility: string, limit: number): Promise<Patient[]> {
  const text = comparable(typed);
  const beginnings = /^\d+$/.test(text) ? [text, tailKey(text)] : [text];
  return PatientModel.find({ facility, stopped: { $exists: false }, $or: beginnings.map(beginningWith) })
    .sort({ _id: 1 })
    .limit(limit)
    .lean<Patient[]>();
}
