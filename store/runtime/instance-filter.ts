/** Filters of instances for lists, counts and batches, as database queries. */
import type { QueryFilter } from 'mongoose';
import { keysFrom } from '../db/schema.ts';
import { facilityKey, groupKey, participantKey } from './access-keys.ts';
import { type ColumnFilter, columnFilters, textFilters } from './column-search.ts';
import type { InstanceRow } from './rows.ts';

/** A row as stored. */
export type StoredInstance = InstanceRow & {
  /** Access keys (access-keys.ts). */
  readKeys: string[];
  /** Write time in milliseconds by the writer's clock, for the change feed (row-changes.ts). */
  writtenAt: number;
};

/** One of the ways in which a person may see instances. */
export type InstanceSource =
  | { by: 'facility'; facility?: string }
  | { by: 'groups'; groups: string[]; facility?: string }
  | { by: 'participant'; staff: string; facilities?: string[] };

/** Instants; `from` inclusive, `to` exclusive. */
export interface Period {
  from?: string | undefined;
  to?: string | undefined;
}

export interface InstanceFilter extends ColumnFilter {
  /** Rows found in any of these ways; absent: all. */
  sources?: InstanceSource[];
  version?: number | undefined;
  status?: InstanceRow['status'] | undefined;
  stage?: string | undefined;
  /** Element with a wait or an incident. */
  element?: string | undefined;
  incident?: boolean | undefined;
  incidentCode?: string | undefined;
  overdue?: boolean | undefined;
  /** Staff id of the starter. */
  startedBy?: string | undefined;
  /** Workflow id that they descend from. */
  root?: string | undefined;
  started?: Period | undefined;
  ended?: Period | undefined;
  due?: Period | undefined;
  ids?: string[] | undefined;
  /** Additional conditions (usual-waits.ts). */
  also?: QueryFilter<StoredInstance> | undefined;
}

export function filterOf(filter: InstanceFilter): QueryFilter<StoredInstance> {
  const { sources = [{ by: 'facility' }] } = filter;
  return { $and: [sourceFilter(sources), ...rowFilters(filter)] };
}

/** One index range per key; rows of a more limited source are filtered afterwards. */
export function sourceFilter(sources: InstanceSource[]): QueryFilter<StoredInstance> {
  const limited = sources.flatMap((source) =>
    source.by === 'participant' && source.facilities
      ? [{ readKeys: participantKey(source.staff), facility: { $in: source.facilities } }]
      : [],
  );
  const found = { readKeys: { $in: sources.flatMap(keysOf) } };
  if (limited.length === 0) return found;
  const unlimited = sources.filter((source) => source.by !== 'participant' || !source.facilities);
  return { ...found, $or: [{ readKeys: { $in: unlimited.flatMap(keysOf) } }, ...limited] };
}

function keysOf(source: InstanceSource): string[] {
  switch (source.by) {
    case 'facility':
      return [facilityKey(source.facility)];
    case 'groups':
      return source.groups.map((group) => groupKey(group, source.facility));
    case 'participant':
      return [participantKey(source.staff)];
  }
}

const everyStatus: InstanceRow['status'][] = ['active', 'completed', 'terminated', 'cancelled', 'failed'];

/** Without the access condition. */
export function rowFilters(filter: InstanceFilter): QueryFilter<StoredInstance>[] {
  const { process, version, status, stage, element, overdue, startedBy, root, ids, q, texts, columns } = filter;
  const incident = incidentFilter(filter);
  return [
    {
      ...(process !== undefined && { process }),
      ...(version !== undefined && { 'definition.version': version }),
      // Always given: in the index it precedes the start time, which is the sort order.
      status: status ?? { $in: everyStatus },
      ...(stage !== undefined && { stage }),
      ...(element !== undefined && { 'waits.element': element }),
      ...(overdue !== undefined && { overdue }),
      ...(startedBy !== undefined && { startedBy }),
      ...(root !== undefined && { 'lineage.root': root }),
      ...(ids && { _id: { $in: ids } }),
      ...within('startedAt', filter.started),
      ...within('endedAt', filter.ended),
      ...within('dueAt', filter.due),
      ...(q && { $or: [...keysFrom(q), ...textFilters<StoredInstance>(texts ?? [])] }),
    } as QueryFilter<StoredInstance>,
    ...(incident ? [incident] : []),
    ...(filter.also ? [filter.also] : []),
    ...(columns ? columnFilters<StoredInstance>(columns) : []),
  ];
}

function incidentFilter({ incident, incidentCode, element }: InstanceFilter): QueryFilter<StoredInstance> | undefined {
  if (incident === false) return { 'incidents.code': { $exists: false } };
  if (incidentCode === undefined) return incident === true ? { 'incidents.code': { $exists: true } } : undefined;
  if (element === undefined) return { 'incidents.code': incidentCode };
  return { incidents: { $elemMatch: { code: incidentCode, element } } };
}

function within(field: string, period: Period | undefined): object {
  if (!period || (period.from === undefined && period.to === undefined)) return {};
  const { from, to } = period;
  return { [field]: { ...(from !== undefined && { $gte: from }), ...(to !== undefined && { $lt: to }) } };
}
