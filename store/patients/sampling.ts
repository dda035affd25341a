/** Random samples of patients for calls, reproducible by seed. */
import { createHash } from 'node:crypto';
import { VisitModel } from './care-records.ts';

/** @returns up to `size` of them, the first when shuffled by the seed */
export async function drawn<T>(
  all: AsyncIterable<T>,
  keyOf: (one: T) => string,
  lot: string,
  size: number,
): Promise<T[]> {
  let best: { rank: string; one: T }[] = [];
  for await (const one of all) {
    const rank = createHash('sha256')
      .update(`${lot} ${keyOf(one)}`)
      .digest('hex');
    const worst = best.at(-1);
    if (best.length >= size && worst && rank >= worst.rank) continue;
    best = [...best, { rank, one }].sort((a, b) => (a.rank < b.rank ? -1 : 1)).slice(0, size);
  }
  return best.map(({ one }) => one);
}

/** Patients of a facility with a first visit before a local date. */
export async function drawOldCustomers(facility: string, before: string, lot: string, size: number): Promise<string[]> {
  const patients = VisitModel.aggregate<{ _id: string }>([
    { $match: { facility, on: { $lt: before } } },
    { $group: { _id: '$patient' } },
  ]).cursor();
  return (await drawn(patients, ({ _id }) => _id, lot, size)).map(({ _id }) => _id);
}
