/** Substitutes of absent people: one list per person. */
import mongoose, { type QueryFilter } from 'mongoose';
import { grouped } from '../db/grouped.ts';
import { anyJson, rowSchema } from '../db/schema.ts';

export interface Substitute {
  /** Staff id of the substitute. */
  substitute: string;
  /** First and last day, inclusive, at the facility of the absent person: `2026-12-01`. */
  from: string;
  until: string;
  /** The same as instants, ISO 8601 UTC: the first inclusive, the second exclusive. */
  begins: string;
  ends: string;
}

interface SubstitutesOf {
  /** Staff id of the absent person. */
  _id: string;
  items: Substitute[];
  updatedAt: string;
}

const schema = rowSchema<SubstitutesOf>({ items: anyJson, updatedAt: String });
schema.index({ 'items.substitute': 1 });

export const SubstituteModel = mongoose.model<SubstitutesOf>('substitutes', schema, 'substitutes');

export async function listSubstitutes(person: string): Promise<Substitute[]> {
  return (await SubstituteModel.findById(person).lean<SubstitutesOf>())?.items ?? [];
}

/** Replaces the list. */
export async function saveSubstitutes(person: string, items: Substitute[]): Promise<void> {
  const updatedAt = new Date().toISOString();
  await SubstituteModel.updateOne({ _id: person }, { $set: { items, updatedAt } }, { upsert: true });
}

/** People someone substitutes now: staff ids. */
export const findRepresented: (substitute: string) => Promise<string[]> = grouped(async (asked: string[]) => {
  const now = new Date().toISOString();
  const people = { $in: [...new Set(asked)] };
  const filter = { items: { $elemMatch: { substitute: people, begins: { $lte: now }, ends: { $gt: now } } } };
  const found = await SubstituteModel.find(filter as QueryFilter<SubstitutesOf>, { items: 1 })
    .sort({ _id: 1 })
    .lean<Pick<SubstitutesOf, '_id' | 'items'>[]>();
  const isFor = (person: string) => (one: Substitute) =>
    one.substitute === person && one.begins <= now && one.ends > now;
  return asked.map((person) => found.filter(({ items }) => items.some(isFor(person))).map(({ _id }) => _id));
});
