/** User tasks (read model). The inbox is one query on one index. */
import mongoose, { type QueryFilter } from 'mongoose';
import { anyJson, finderById, rowSchema } from '../db/schema.ts';
import { afterFilter, mongoSort, type Sort } from '../db/sorted-pages.ts';
import { assigneeKey, candidateKey, closerKey, facilityKey, groupKey, placeKeys, soleKey } from './access-keys.ts';
import { type ColumnSearch, columnFilters, type ListPage } from './column-search.ts';
import type { TaskRow } from './rows.ts';
import { type SearchedWord, wordFilters } from './search-keys.ts';

/** A row as stored. */
type StoredTask = TaskRow & {
  /** Access keys (access-keys.ts), each with the status: closed tasks are many, open ones few. */
  inboxKeys: string[];
  /** Default order of the inbox: emergencies first, then by due date, then by priority; as a sortable string. */
  urgency: string;
  /** Write time in milliseconds by the writer's clock, for the change feed (row-changes.ts). */
  writtenAt: number;
};

const schema = rowSchema<StoredTask>({
  seq: Number,
  instance: String,
  process: String,
  businessKey: String,
  key: String,
  element: String,
  name: String,
  facility: String,
  stage: String,
  title: String,
  status: String,
  assignee: { type: String, default: null },
  candidateGroups: anyJson,
  leaderGroups: anyJson,
  candidateUsers: anyJson,
  excludedUsers: anyJson,
  priority: Number,
  createdAt: String,
  dueAt: String,
  dueKind: String,
  followUpAt: String,
  formId: String,
  bulkCompletion: Boolean,
  closedAt: String,
  closedBy: String,
  columns: anyJson,
  columnKeys: anyJson,
  inboxKeys: anyJson,
  searchKeys: anyJson,
  urgency: String,
  writtenAt: Number,
  updatedAt: String,
});
schema.index({ inboxKeys: 1, urgency: 1, _id: 1 });
schema.index({ inboxKeys: 1, dueAt: 1, _id: 1 });
schema.index({ inboxKeys: 1, closedAt: 1, _id: 1 });
schema.index({ facility: 1, status: 1, searchKeys: 1 });
schema.index({ instance: 1, status: 1, createdAt: 1 });
schema.index({ businessKey: 1, status: 1 });
schema.index({ writtenAt: 1 });

export const TaskModel = mongoose.model<StoredTask>('tasks', schema, 'tasks');

const inStatus = (status: TaskRow['status'], key: string): string => `${status}:${key}`;

export function storedTask(row: TaskRow): StoredTask {
  const { status, assignee, candidateUsers, candidateGroups, facility, closedBy } = row;
  const people = [
    ...(assignee === null ? [] : [assigneeKey(assignee)]),
    ...candidateUsers.map(candidateKey),
    ...(closedBy === undefined ? [] : [closerKey(closedBy)]),
    ...(candidateGroups.length > 0 ? [] : [...candidateUsers, assignee ?? []].flat().map(soleKey)),
  ];
  const inboxKeys = [...people, ...placeKeys(facility, candidateGroups)].map((key) => inStatus(status, key));
  return { ...row, inboxKeys, urgency: urgencyOf(row), writtenAt: Date.now() };
}

/** Priority from which a task is an emergency (0 to 100; default 50). */
const urgentFrom = 80;
export const isUrgent = ({ priority }: Pick<TaskRow, 'priority'>): boolean => priority >= urgentFrom;

/** Sorts after every date. */
const noDate = '~';
const urgentBelow = '1';

function urgencyOf(row: TaskRow): string {
  const priority = Math.min(999, Math.max(0, 500 - Math.round(row.priority)));
  return `${isUrgent(row) ? 0 : 1} ${row.dueAt ?? noDate} ${String(priority).padStart(3, '0')}`;
}

const shown = { inboxKeys: 0, searchKeys: 0, writtenAt: 0 } as const;

export const findTask: (id: string) => Promise<TaskRow | null> = finderById(TaskModel, shown);

export async function listTasksOf(instance: string): Promise<TaskRow[]> {
  return TaskModel.find({ instance }, shown).sort({ createdAt: 1, _id: 1 }).lean<TaskRow[]>();
}

/** One of the ways in which a person may find tasks. */
export type TaskSource =
  | { by: 'assignee'; staff: string }
  | { by: 'candidate'; staff: string }
  /** Named as assignee or candidate, without a role. */
  | { by: 'sole'; staff: string }
  /** Who completed it. */
  | { by: 'closer'; staff: string }
  | { by: 'group'; group: string; facility?: string }
  | { by: 'facility'; facility?: string };

export interface TaskFilter {
  /** Rows found in any of these ways. */
  sources: TaskSource[];
  facilities?: string[];
  process?: string;
  stage?: string;
  /** Assigned to one of these; null: unassigned. */
  assignees?: (string | null)[];
  urgent?: boolean;
  status: TaskRow['status'];
  /** Due within, both inclusive. */
  due?: { from?: string; until: string };
  words?: SearchedWord[];
  columns?: ColumnSearch;
}

/** Emergencies first, then by due date, without `sort`. */
export interface TaskSearch extends TaskFilter, ListPage {}

const byUrgency: Sort = { field: 'urgency', descending: false };

/** Few enough matches to filter the rest in memory. */
export async function listTasks(search: TaskSearch): Promise<TaskRow[]> {
  const { sort = byUrgency, after, limit } = search;
  const filters = [...filtersOf(search), ...(after ? [afterFilter<StoredTask>(sort, after)] : [])];
  return TaskModel.find({ $and: filters }, shown).sort(mongoSort(sort)).limit(limit).lean<TaskRow[]>();
}

/** @param most upper limit of the count */
export async function countTasks(filter: TaskFilter, most: number): Promise<number> {
  return TaskModel.countDocuments({ $and: filtersOf(filter) }, { limit: most });
}

function keyOf(source: TaskSource): string {
  switch (source.by) {
    case 'assignee':
      return assigneeKey(source.staff);
    case 'candidate':
      return candidateKey(source.staff);
    case 'sole':
      return soleKey(source.staff);
    case 'closer':
      return closerKey(source.staff);
    case 'group':
      return groupKey(source.group, source.facility);
    case 'facility':
      return facilityKey(source.facility);
  }
}

function filtersOf(filter: TaskFilter): QueryFilter<StoredTask>[] {
  const { sources, facilities, process, stage, assignees, urgent, status, due, words = [], columns } = filter;
  return [
    {
      inboxKeys: { $in: [...new Set(sources.map((source) => inStatus(status, keyOf(source))))] },
      // Part of the text search index; otherwise contained in the access keys.
      ...(words.length > 0 && { status }),
      ...(facilities && { facility: { $in: facilities } }),
      ...(process !== undefined && { process }),
      ...(stage !== undefined && { stage }),
      ...(assignees && { assignee: { $in: assignees } }),
      ...(urgent === true && { urgency: { $lt: urgentBelow } }),
      ...(urgent === false && { urgency: { $gte: urgentBelow } }),
      ...(due && { dueAt: { ...(due.from !== undefined && { $gte: due.from }), $lte: due.until } }),
    },
    ...wordFilters<StoredTask>(words),
    ...(columns ? columnFilters<StoredTask>(columns) : []),
  ];
}

/** Whether somebody has an open task of an instance. */
export async function isAssignee(instance: string, staff: string): Promise<boolean> {
  return (await TaskModel.exists({ instance, status: 'open', assignee: staff })) !== null;
}
