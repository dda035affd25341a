/** Statistics by element of a process: current waits, and past durations. */
import { facilityKey } from './access-keys.ts';
import { msOf, type Passage, PassageModel } from './element-passages.ts';
import type { Period } from './instance-filter.ts';
import { InstanceModel } from './instances.ts';

export interface StatisticsFilter {
  process: string;
  version?: number | undefined;
  /** Absent: all. */
  facilities?: string[] | undefined;
  /** Range of completions; current waits are always counted. */
  period?: Period | undefined;
}

export interface PassedElement {
  done: number;
  cancelled: number;
  /** Number of breached clocks. */
  breached: number;
  /** Completed after their due date. */
  late: number;
  /** Of completions with a known duration. */
  timed: number;
  medianMs?: number;
  p95Ms?: number;
}

export interface StandingElement {
  active: number;
  incidents: number;
  /** Past their due date. */
  overdue: number;
}

interface Counted {
  _id: { element: string; end: Passage['end']; band?: number | null };
  n: number;
  late: number;
}

export async function passedElements(filter: StatisticsFilter): Promise<Map<string, PassedElement>> {
  const { process, version, facilities, period } = filter;
  const at = {
    ...(period?.from !== undefined && { $gte: period.from }),
    ...(period?.to !== undefined && { $lt: period.to }),
  };
  const groups = await PassageModel.aggregate<Counted>([
    {
      $match: {
        process,
        ...(facilities && { facility: { $in: facilities } }),
        ...(version !== undefined && { version }),
        ...(Object.keys(at).length > 0 && { at }),
      },
    },
    { $unwind: '$passed' },
    {
      $group: {
        _id: { element: '$passed.element', end: '$passed.end', band: '$passed.band' },
        n: { $sum: 1 },
        late: { $sum: { $cond: [{ $eq: ['$passed.late', true] }, 1, 0] } },
      },
    },
  ]);
  const byElement = new Map<string, Counted[]>();
  for (const group of groups) byElement.set(group._id.element, [...(byElement.get(group._id.element) ?? []), group]);
  return new Map([...byElement].map(([element, counted]) => [element, summed(counted)]));
}

function summed(counted: Counted[]): PassedElement {
  const count = (end: Passage['end']) =>
    counted.filter(({ _id }) => _id.end === end).reduce((sum, { n }) => sum + n, 0);
  const bands = counted
    .flatMap(({ _id: { end, band }, n }) => (end === 'completed' && typeof band === 'number' ? [{ band, n }] : []))
    .sort((a, b) => a.band - b.band);
  const timed = bands.reduce((sum, { n }) => sum + n, 0);
  return {
    done: count('completed'),
    cancelled: count('cancelled'),
    breached: count('breached'),
    late: counted.reduce((sum, { late }) => sum + late, 0),
    timed,
    ...(timed > 0 && {
      medianMs: msOf(quantile(bands, timed, 0.5)),
      p95Ms: msOf(quantile(bands, timed, 0.95)),
    }),
  };
}

/**
 * The band below which a share of all values lies.
 * @param bands in order
 */
export function quantile(bands: { band: number; n: number }[], total: number, share: number): number {
  let left = Math.ceil(total * share);
  for (const { band, n } of bands) {
    left -= n;
    if (left <= 0) return band;
  }
  return 0;
}

/** @param now instant: earlier due dates are overdue */
export async function standingElements(filter: StatisticsFilter, now: string): Promise<Map<string, StandingElement>> {
  const { process, version, facilities } = filter;
  const running = {
    readKeys: facilities ? { $in: facilities.map((one) => facilityKey(one)) } : facilityKey(),
    process,
    status: 'active' as const,
    ...(version !== undefined && { 'definition.version': version }),
  };
  type Group = { _id: string; n: number; overdue: number };
  const due = { $and: [{ $gt: ['$at.dueAt', ''] }, { $lt: ['$at.dueAt', now] }] };
  const standing = (list: 'waits' | 'incidents') =>
    InstanceModel.aggregate<Group>([
      { $match: running },
      { $project: { at: `$${list}` } },
      { $unwind: '$at' },
      { $group: { _id: '$at.element', n: { $sum: 1 }, overdue: { $sum: { $cond: [due, 1, 0] } } } },
    ]);
  const [waits, incidents] = await Promise.all([standing('waits'), standing('incidents')]);
  const found = new Map<string, StandingElement>();
  for (const { _id, n, overdue } of waits) found.set(_id, { active: n, incidents: 0, overdue });
  for (const { _id, n } of incidents) found.set(_id, { active: 0, overdue: 0, ...found.get(_id), incidents: n });
  return found;
}
