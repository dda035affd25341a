/** User tasks (read model): the inbox, which is one query of one index. */
import mongoose, { type QueryFilter } from 'mongoose';
import { anyJson, escapeRegExp, keysFrom, rowSchema } from '../db/schema.ts';
import { afterFilter, mongoSort, type PageEnd, type Sort } from '../db/sorted-pages.ts';
import { assigneeKey, candidateKey, facilityKey, groupKey, placeKeys } from './access-keys.ts';
import { type ColumnSearch, columnFilters, type TextSearch, textFilters } from './column-search.ts';
import type { TaskRow } from './rows.ts';

/** A row as it is stored. */
type StoredTask = TaskRow & {
  /** By whom it is found in the inbox (access-keys.ts), each with its status: closed tasks are many, open ones few. */
  inboxKeys: string[];
  /** When it was written, in milliseconds by the clock of the writer: the feed of changes begins there (row-changes.ts). */
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
  followUpAt: String,
  formId: String,
  closedAt: String,
  closedBy: String,
  columns: anyJson,
  columnKeys: anyJson,
  inboxKeys: anyJson,
  writtenAt: Number,
  updatedAt: String,
});
schema.index({ inboxKeys: 1, createdAt: 1, _id: 1 });
schema.index({ instance: 1, status: 1, createdAt: 1 });
schema.index({ businessKey: 1, status: 1 });
schema.index({ writtenAt: 1 });

export const TaskModel = mongoose.model<StoredTask>('tasks', schema, 'tasks');

const inStatus = (status: TaskRow['status'], key: string): string => `${status}:${key}`;

export function storedTask(row: TaskRow): StoredTask {
  const { status, assignee, candidateUsers, candidateGroups, facility } = row;
  const people = [...(assignee === null ? [] : [assigneeKey(assignee)]), ...candidateUsers.map(candidateKey)];
  const inboxKeys = [...people, ...placeKeys(facility, candidateGroups)].map((key) => inStatus(status, key));
  return { ...row, inboxKeys, writtenAt: Date.now() };
}

const shown = { inboxKeys: 0, writtenAt: 0 } as const;

export async function findTask(id: string): Promise<TaskRow | null> {
  return TaskModel.findById(id, shown).lean<TaskRow>();
}

export async function listTasksOf(instance: string): Promise<TaskRow[]> {
  return TaskModel.find({ instance }, shown).sort({ createdAt: 1, _id: 1 }).lean<TaskRow[]>();
}

/** One way to find tasks. */
export type TaskSource =
  | { by: 'assignee'; staff: string }
  | { by: 'candidate'; staff: string }
  | { by: 'group'; group: string; facility?: string }
  | { by: 'facility'; facility?: string };

export interface TaskSearch {
  /** Rows found in any of these ways. */
  sources: TaskSource[];
  facilities?: string[];
  process?: string;
  status: TaskRow['status'];
  /** Due at or before. */
  dueUntil?: string;
  /** The beginning of a business key, or a part of the task's name; rows found by `texts` count too. */
  q?: string;
  texts?: TextSearch[];
  columns?: ColumnSearch;
  /** Who waits longest first when absent. */
  sort?: Sort;
  after?: PageEnd;
  limit: number;
}

const longestWaitFirst: Sort = { field: 'createdAt', descending: false };

/** What the keys find is few enough to look through for the rest. */
export async function listTasks(search: TaskSearch): Promise<TaskRow[]> {
  const { sources, status, sort = longestWaitFirst, limit } = search;
  const keys = sources.map((source) => inStatus(status, keyOf(source)));
  const filter = { $and: [{ inboxKeys: { $in: keys } }, ...commonFilter(search, sort)] };
  return TaskModel.find(filter, shown).sort(mongoSort(sort)).limit(limit).lean<TaskRow[]>();
}

function keyOf(source: TaskSource): string {
  switch (source.by) {
    case 'assignee':
      return assigneeKey(source.staff);
    case 'candidate':
      return candidateKey(source.staff);
    case 'group':
      return groupKey(source.group, source.facility);
    case 'facility':
      return facilityKey(source.facility);
  }
}

function commonFilter(search: TaskSearch, sort: Sort): QueryFilter<StoredTask>[] {
  const { q, texts = [] } = search;
  return [
    {
      ...(search.facilities && { facility: { $in: search.facilities } }),
      ...(search.process && { process: search.process }),
      ...(search.dueUntil && { dueAt: { $lte: search.dueUntil } }),
      ...(q && { $or: [...keysFrom(q), { name: { $regex: escapeRegExp(q) } }, ...textFilters<StoredTask>(texts)] }),
    },
    ...(search.columns ? columnFilters<StoredTask>(search.columns) : []),
    ...(search.after ? [afterFilter<StoredTask>(sort, search.after)] : []),
  ];
}
