/**
 * How many instances each root leads to within a day, by calls, messages and signals, those of its descendants included: a process that
 * starts itself would fill the servers. Counted by the database's clock. A repeated attempt may be counted twice, none is missed.
 */
import mongoose from 'mongoose';
import { databaseTime } from '../db/database-time.ts';
import { insertOnce, rowSchema } from '../db/schema.ts';

interface DescendantCount {
  /** `<root>#<day>`. */
  _id: string;
  n: number;
  /** Instances beyond the limit that began with an incident. */
  held?: number;
  /** A date, for the TTL index. */
  expiresAt: Date;
}

const schema = rowSchema<DescendantCount>({ n: Number, held: Number, expiresAt: Date });
schema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

export const DescendantCountModel = mongoose.model<DescendantCount>('descendants', schema, 'descendants');

const dayMs = 86_400_000;

/** Of one root within a day, where no setting says otherwise. */
export const usualDescendantsPerDay = 10_000;

/** So many show that the limit is reached; more would only fill the lists. */
const maxHeld = 100;

/**
 * Counts instances about to begin.
 * @param limit descendants of one root within a day
 * @returns how many of them may begin
 */
export async function admitDescendants(root: string, count: number, limit: number): Promise<number> {
  const row = await add(root, { n: count });
  const excess = Math.min(count, Math.max(0, row.n - limit));
  if (excess > 0) await DescendantCountModel.updateOne({ _id: row._id }, { $inc: { n: -excess } });
  return count - excess;
}

/** Counts an instance that begins with an incident because of the limit. */
export async function countHeld(root: string): Promise<void> {
  await add(root, { held: 1 });
}

/** The limit is reached, and enough instances show it. */
export async function isLineageFull(root: string, limit: number): Promise<boolean> {
  const { day } = await today();
  const row = await DescendantCountModel.findById(`${root}#${day}`).lean<DescendantCount>();
  return row !== null && row.n >= limit && (row.held ?? 0) >= maxHeld;
}

async function add(root: string, by: { n: number } | { held: number }): Promise<DescendantCount> {
  const { day, expiresAt } = await today();
  const _id = `${root}#${day}`;
  const increment = () =>
    DescendantCountModel.findOneAndUpdate({ _id }, { $inc: by }, { returnDocument: 'after' }).lean<DescendantCount>();
  const first = await increment();
  if (first) return first;
  await insertOnce(DescendantCountModel, { _id, n: 0, expiresAt });
  const row = await increment();
  if (!row) throw new Error(`The count of descendants of ${root} was removed meanwhile.`);
  return row;
}

async function today(): Promise<{ day: string; expiresAt: Date }> {
  const now = await databaseTime();
  return { day: now.toISOString().slice(0, 10), expiresAt: new Date(now.getTime() + 2 * dayMs) };
}
