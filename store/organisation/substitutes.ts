/** Who stands in for whom while they are away: one list per person who may be away. */
import mongoose, { type QueryFilter } from 'mongoose';
import { anyJson, rowSchema } from '../db/schema.ts';

export interface Substitute {
  /** Staff id of whoever stands in. */
  substitute: string;
  /** First and last day, both included, at the facility of the person who is away: `2026-12-01`. */
  from: string;
  until: string;
  /** The same as instants, ISO 8601 in UTC: from the first of them on, before the second. */
  begins: string;
  ends: string;
}

interface SubstitutesOf {
  /** Staff id of the person who is away. */
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

/** Puts the list in place of the one there was. */
export async function saveSubstitutes(person: string, items: Substitute[]): Promise<void> {
  const updatedAt = new Date().toISOString();
  await SubstituteModel.updateOne({ _id: person }, { $set: { items, updatedAt } }, { upsert: true });
}

/** Whom somebody stands in for at this instant (ISO 8601 in UTC): staff ids. */
export async function findRepresented(substitute: string, at: string): Promise<string[]> {
  const now = { items: { $elemMatch: { substitute, begins: { $lte: at }, ends: { $gt: at } } } };
  const found = await SubstituteModel.find(now as QueryFilter<SubstitutesOf>, { _id: 1 })
    .sort({ _id: 1 })
    .lean<Pick<SubstitutesOf, '_id'>[]>();
  return found.map(({ _id }) => _id);
}
