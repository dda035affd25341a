/** Finding patients by what somebody types: each is kept with the beginnings by which it is found, so that one index answers. */
import { comparable } from '../runtime/search-keys.ts';
import { type Patient, PatientModel } from './patients.ts';

/** Of the digits of a phone, turned around: its last ones come first. */
const tailKey = (digits: string): string => `~${[...digits].reverse().join('')}`;
const digitsIn = (text: string): string => text.replace(/\D/g, '');

/** @param nameKeys beginnings by which the name is found, as written and in initials */
export async function indexPatient(
  { _id, sequence, details }: Patient,
  nameKeys: (name: string) => string[],
): Promise<void> {
  const { name = '', phone = '' } = details;
  const digits = digitsIn(phone);
  const searchKeys = [comparable(_id), ...new Set(nameKeys(name)), ...(digits.length > 0 ? [tailKey(digits)] : [])];
  // A later change writes its own.
  await PatientModel.updateOne({ _id, sequence }, { $set: { searchKeys } });
}

/** Digits alone are the last ones of a phone, or the beginning of a number. */
export async function findPatientsBy(typed: string, facility: string, limit: number): Promise<Patient[]> {
  const text = comparable(typed);
  const beginnings = /^\d+$/.test(text) ? [text, tailKey(text)] : [text];
  const begins = beginnings.map((from) => ({
    searchKeys: { $elemMatch: { $gte: from, $lt: `${from}\u{10ffff}` } },
  }));
  return PatientModel.find({ facility, stopped: { $exists: false }, $or: begins })
    .sort({ _id: 1 })
    .limit(limit)
    .lean<Patient[]>();
}
