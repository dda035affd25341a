/** Waits longer than usual: longer than 95 % of those at the same element of the same version; with too few of them, past the due date. */
import type { QueryFilter } from 'mongoose';
import { rememberFor } from '../db/remember.ts';
import { msOf, PassageModel } from './element-passages.ts';
import { quantile } from './element-statistics.ts';
import type { StoredInstance } from './instance-filter.ts';

interface UsualWait {
  process: string;
  version: number;
  element: string;
  mostMs: number;
}

const dayMs = 86_400_000;
const lookedBackMs = 90 * dayMs;
const rememberedMs = 60_000;
/** Fewer are not representative. */
const fewest = 5;

interface Counted {
  _id: { process: string; version: number; element: string; band: number };
  n: number;
}

/** From recently finished waits, of elements with enough of them. */
async function findUsualWaits(): Promise<UsualWait[]> {
  const counted = await PassageModel.aggregate<Counted>([
    { $match: { at: { $gte: new Date(Date.now() - lookedBackMs).toISOString() } } },
    { $unwind: '$passed' },
    { $match: { 'passed.end': 'completed', 'passed.band': { $gte: 0 } } },
    {
      $group: {
        _id: { process: '$process', version: '$version', element: '$passed.element', band: '$passed.band' },
        n: { $sum: 1 },
      },
    },
  ]);
  const byElement = new Map<string, Counted[]>();
  for (const one of counted) {
    const { process, version, element } = one._id;
    const key = JSON.stringify([process, version, element]);
    byElement.set(key, [...(byElement.get(key) ?? []), one]);
  }
  return [...byElement.values()].flatMap((groups) => {
    const [first] = groups;
    const bands = groups.map(({ _id: { band }, n }) => ({ band, n })).sort((a, b) => a.band - b.band);
    const total = bands.reduce((sum, { n }) => sum + n, 0);
    if (!first || total < fewest) return [];
    const { process, version, element } = first._id;
    // Upper end of its band.
    return [{ process, version, element, mostMs: msOf(quantile(bands, total, 0.95) + 0.5) }];
  });
}

const usualWaits = rememberFor(rememberedMs, findUsualWaits);

/**
 * Running instances that wait longer than usual.
 * @param now instant
 * @param process only of this one
 */
export async function longerThanUsual(now: string, process?: string): Promise<QueryFilter<StoredInstance>> {
  const known = (await usualWaits()).filter((one) => process === undefined || one.process === process);
  const versions = new Map<string, UsualWait[]>();
  for (const one of known) {
    const key = JSON.stringify([one.process, one.version]);
    versions.set(key, [...(versions.get(key) ?? []), one]);
  }
  const of = ({ process: key, version }: UsualWait) => ({ process: key, 'definition.version': version });
  const overdue = { dueAt: { $lt: now } };
  const withHistory = [...versions.values()].flatMap(([first, ...more]) => {
    if (!first) return [];
    const elements = [first, ...more];
    const long = elements.map(({ element, mostMs }) => ({
      waits: { $elemMatch: { element, since: { $lt: new Date(Date.parse(now) - mostMs).toISOString() } } },
    }));
    const others = { waits: { $elemMatch: { element: { $nin: elements.map((one) => one.element) }, ...overdue } } };
    return [{ ...of(first), $or: [...long, others] }];
  });
  const firsts = [...versions.values()].flatMap(([first]) => (first ? [of(first)] : []));
  const withoutHistory = { waits: { $elemMatch: overdue }, ...(firsts.length > 0 && { $nor: firsts }) };
  // Instances in accelerated process time are not comparable.
  return { status: 'active', speed: 1, $or: [...withHistory, withoutHistory] } as QueryFilter<StoredInstance>;
}
