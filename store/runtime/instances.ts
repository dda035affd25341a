/** Running and ended process instances, as the runtime projects them (read model). */
import mongoose, { type QueryFilter } from 'mongoose';
import { anyJson, finderById, rowSchema } from '../db/schema.ts';
import { afterFilter, findInAny, mongoSort, type Sort } from '../db/sorted-pages.ts';
import { participantKey, placeKeys } from './access-keys.ts';
import type { ListPage } from './column-search.ts';
import {
  filterOf,
  type InstanceFilter,
  type InstanceSource,
  rowFilters,
  type StoredInstance,
  sourceFilter,
} from './instance-filter.ts';
import type { InstanceRow } from './rows.ts';

const schema = rowSchema<StoredInstance>({
  seq: Number,
  process: String,
  businessKey: String,
  definition: anyJson,
  revision: Number,
  facility: String,
  title: String,
  status: String,
  stage: String,
  stageSince: String,
  startedAt: String,
  startedBy: String,
  origin: anyJson,
  endedAt: String,
  dueAt: String,
  overdue: Boolean,
  incidents: anyJson,
  waits: anyJson,
  clocks: anyJson,
  subscriptions: anyJson,
  signals: anyJson,
  signalWaits: anyJson,
  columns: anyJson,
  columnKeys: anyJson,
  groups: anyJson,
  participants: anyJson,
  readKeys: anyJson,
  parent: String,
  lineage: anyJson,
  speed: Number,
  journalFrom: Number,
  run: String,
  endedOutside: String,
  calendar: anyJson,
  writtenAt: Number,
  updatedAt: String,
});
schema.index({ readKeys: 1, status: 1, startedAt: -1, _id: -1 });
schema.index({ process: 1, status: 1, startedAt: -1, _id: -1 });
schema.index({ process: 1, facility: 1, columnKeys: 1, startedAt: -1, _id: -1 });
schema.index({ process: 1, status: 1, 'waits.element': 1, startedAt: -1, _id: -1 });
schema.index({ businessKey: 1 });
schema.index({ status: 1, 'incidents.code': 1 });
schema.index({ status: 1, 'subscriptions.name': 1, 'subscriptions.correlationKey': 1 });
schema.index({ status: 1, signals: 1 });
schema.index({ status: 1, 'calendar.id': 1, _id: 1 });
schema.index({ parent: 1 }, { sparse: true });
schema.index({ 'lineage.root': 1 }, { sparse: true });
schema.index({ writtenAt: 1 });

export const InstanceModel = mongoose.model<StoredInstance>('instances', schema, 'instances');

export function storedInstance(row: InstanceRow): StoredInstance {
  const { facility, groups = [], participants = [] } = row;
  const readKeys = [...participants.map(participantKey), ...placeKeys(facility, groups)];
  return { ...row, readKeys, writtenAt: Date.now() };
}

/** Facilities by instance id. */
export async function findFacilitiesOf(ids: string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await InstanceModel.find({ _id: { $in: ids } }, { facility: 1 }).lean<
    Pick<InstanceRow, '_id' | 'facility'>[]
  >();
  return new Map(rows.map((row) => [row._id, row.facility]));
}

const shown = { readKeys: 0, writtenAt: 0, run: 0, endedOutside: 0 } as const;

export const findInstance: (id: string) => Promise<InstanceRow | null> = finderById(InstanceModel, shown);

type ActiveRow = Pick<InstanceRow, '_id' | 'run' | 'parent'>;

/** Instances running according to their rows, by id, above `after`. */
export async function findActiveAfter(after: string, limit: number): Promise<ActiveRow[]> {
  return InstanceModel.find({ status: 'active', _id: { $gt: after } }, { run: 1, parent: 1 })
    .sort({ _id: 1 })
    .limit(limit)
    .lean<ActiveRow[]>();
}

/** Running instances on an older version of a calendar, by id, above `after`. */
export async function findWithOlderCalendar(
  id: string,
  version: number,
  after: string,
  limit: number,
): Promise<Pick<InstanceRow, '_id' | 'startedAt'>[]> {
  return InstanceModel.find(
    { status: 'active', 'calendar.id': id, 'calendar.version': { $lt: version }, _id: { $gt: after } },
    { startedAt: 1 },
  )
    .sort({ _id: 1 })
    .limit(limit)
    .lean<Pick<InstanceRow, '_id' | 'startedAt'>[]>();
}

/** Number of running instances on an older version of a calendar. */
export const countWithOlderCalendar = (id: string, version: number): Promise<number> =>
  InstanceModel.countDocuments({ status: 'active', 'calendar.id': id, 'calendar.version': { $lt: version } });

/**
 * Of these, the number with something due at this instant or later, by process.
 * @param from ISO 8601
 */
export async function countDueWithOlderCalendar(
  id: string,
  version: number,
  from: string,
): Promise<{ process: string; count: number }[]> {
  const due = { $gte: from };
  const counted = await InstanceModel.aggregate<{ _id: string; count: number }>([
    {
      $match: {
        status: 'active',
        'calendar.id': id,
        'calendar.version': { $lt: version },
        $or: [{ waits: { $elemMatch: { dueAt: due } } }, { clocks: { $elemMatch: { status: 'running', dueAt: due } } }],
      },
    },
    { $group: { _id: '$process', count: { $sum: 1 } } },
    { $sort: { _id: 1 } },
  ]);
  return counted.map(({ _id: process, count }) => ({ process, count }));
}

/** Those of these instances that belong to one of the facilities. */
export async function findAmong(ids: string[], facilities: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await InstanceModel.find({ _id: { $in: ids }, facility: { $in: [...facilities] } }, { _id: 1 }).lean<
    Pick<InstanceRow, '_id'>[]
  >();
  return rows.map((row) => row._id);
}

/** Instances called by one, in any state. */
type CalledInstance = Pick<InstanceRow, '_id' | 'process' | 'definition' | 'status' | 'incidents'>;

export async function findCalled(parent: string): Promise<CalledInstance[]> {
  return InstanceModel.find({ parent }, { process: 1, definition: 1, status: 1, incidents: 1 }).lean<
    CalledInstance[]
  >();
}

/** A few of them in full, newest first. */
export async function listCalled(parent: string, limit: number): Promise<InstanceRow[]> {
  return InstanceModel.find({ parent }, shown).sort({ startedAt: -1, _id: 1 }).limit(limit).lean<InstanceRow[]>();
}

export interface Listener {
  instance: string;
  element: string;
  facility: string;
  /** Start of the wait (real time). */
  since: string;
}

/**
 * Active instances waiting for a message: longest waiting first, ties by lower id. A subscription without a key
 * receives any message of its name.
 */
export async function findMessageListeners(name: string, correlationKey?: string): Promise<Listener[]> {
  const rows = await InstanceModel.find(
    {
      status: 'active',
      subscriptions: { $elemMatch: { name, correlationKey: { $in: [correlationKey ?? null, null] } } },
    },
    { subscriptions: 1, facility: 1, startedAt: 1 },
  ).lean<Pick<InstanceRow, '_id' | 'subscriptions' | 'facility' | 'startedAt'>[]>();
  const found = rows.flatMap(({ _id, subscriptions, facility, startedAt }) => {
    const [first] = subscriptions
      .filter((one) => one.name === name && (one.correlationKey ?? correlationKey) === correlationKey)
      .map(({ element, since }) => ({ element, since: since ?? startedAt }))
      .sort((a, b) => (a.since < b.since ? -1 : 1));
    return first ? [{ instance: _id, facility, ...first }] : [];
  });
  return found.sort((a, b) => compare(a.since, b.since) || compare(a.instance, b.instance));
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Newest first without `sort`. */
export interface InstanceSearch extends InstanceFilter, ListPage {}

const newestFirst: Sort = { field: 'startedAt', descending: true };

export async function listInstances(search: InstanceSearch): Promise<InstanceRow[]> {
  const { sources = [{ by: 'facility' }], columns, sort = newestFirst, after, limit } = search;
  const common = [...rowFilters(search), ...(after ? [afterFilter<StoredInstance>(sort, after)] : [])];
  // The column index starts with process and facility: one query per facility, merged.
  if (columns) {
    const filters = sources.map((source) => {
      const at = source.by !== 'participant' && source.facility !== undefined ? [{ facility: source.facility }] : [];
      return { $and: [...at, sourceFilter([source]), ...common] };
    });
    return findInAny(InstanceModel, filters, shown, sort, limit);
  }
  return InstanceModel.find({ $and: [sourceFilter(sources), ...common] }, shown)
    .sort(mongoSort(sort))
    .limit(limit)
    .lean<InstanceRow[]>();
}

/** Matching instances, by id. */
export async function findInstanceIds(filter: InstanceFilter, limit: number): Promise<string[]> {
  const rows = await InstanceModel.find(filterOf(filter), { _id: 1 })
    .sort({ _id: 1 })
    .limit(limit)
    .lean<{ _id: string }[]>();
  return rows.map((row) => row._id);
}

/**
 * Number of running instances started by a person.
 * @param facilities only there
 * @param most upper limit of the count
 */
export async function countStartedBy(staff: string, facilities: string[] | undefined, most: number): Promise<number> {
  const own = { readKeys: participantKey(staff), status: 'active' as const, startedBy: staff };
  return InstanceModel.countDocuments(
    { ...own, ...(facilities && { facility: { $in: facilities } }) },
    { limit: most },
  );
}

export interface SomeRunning {
  /** Without access conditions. */
  count: number;
  /** A few instances found in the given ways, earliest start first. */
  rows: Pick<InstanceRow, '_id' | 'definition'>[];
}

/** Instances running on a version. */
export const findRunningOn = (process: string, version: number, sources: InstanceSource[], few: number) =>
  someRunning({ process, status: 'active', 'definition.version': version }, sources, few);

/** Instances of a definition on other versions than this one. */
export const findRunningOnOthers = (process: string, version: number, sources: InstanceSource[], few: number) =>
  someRunning({ process, status: 'active', 'definition.version': { $ne: version } }, sources, few);

async function someRunning(
  filter: QueryFilter<StoredInstance>,
  sources: InstanceSource[],
  few: number,
): Promise<SomeRunning> {
  const [count, rows] = await Promise.all([
    InstanceModel.countDocuments(filter),
    sources.length === 0
      ? []
      : InstanceModel.find({ ...filter, ...sourceFilter(sources) }, { definition: 1 })
          .sort({ startedAt: 1, _id: 1 })
          .limit(few)
          .lean<SomeRunning['rows']>(),
  ]);
  return { count, rows };
}

/** Number of instances per version, and of those with an incident; by `<process>@<version>`. */
export async function countByVersion(
  sources: InstanceSource[],
  process?: string,
): Promise<Map<string, { active: number; stopped: number }>> {
  if (sources.length === 0) return new Map();
  const running = { status: 'active', ...(process && { process }), ...sourceFilter(sources) };
  const group = { $group: { _id: { process: '$process', version: '$definition.version' }, count: { $sum: 1 } } };
  type Counted = { _id: { process: string; version: number }; count: number };
  const [all, stopped] = await Promise.all([
    InstanceModel.aggregate<Counted>([{ $match: running }, group]),
    InstanceModel.aggregate<Counted>([{ $match: { ...running, 'incidents.code': { $exists: true } } }, group]),
  ]);
  const counts = new Map<string, { active: number; stopped: number }>();
  const key = ({ _id }: Counted) => `${_id.process}@${_id.version}`;
  for (const one of all) counts.set(key(one), { active: one.count, stopped: 0 });
  for (const one of stopped) counts.set(key(one), { active: 0, ...counts.get(key(one)), stopped: one.count });
  return counts;
}
