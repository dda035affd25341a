/** User tasks (read model): the inbox. Each query is shaped so that one compound index answers it. */
import mongoose, { type QueryFilter } from 'mongoose';
import { anyJson, escapeRegExp, keysFrom, rowSchema } from '../db/schema.ts';
import { afterFilter, findInAny, type PageEnd, type Sort } from '../db/sorted-pages.ts';
import { type ColumnSearch, columnFilters, type TextSearch, textFilters } from './column-search.ts';
import type { TaskRow } from './rows.ts';

const schema = rowSchema<TaskRow>({
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
  updatedAt: String,
});
schema.index({ assignee: 1, status: 1, createdAt: 1, _id: 1 });
schema.index({ candidateGroups: 1, status: 1, createdAt: 1, _id: 1 });
schema.index({ candidateGroups: 1, facility: 1, status: 1, createdAt: 1, _id: 1 });
schema.index({ candidateUsers: 1, status: 1, createdAt: 1, _id: 1 });
schema.index({ facility: 1, status: 1, createdAt: 1, _id: 1 });
schema.index({ status: 1, createdAt: 1, _id: 1 });
schema.index({ instance: 1, status: 1, createdAt: 1 });
schema.index({ businessKey: 1, status: 1 });

export const TaskModel = mongoose.model<TaskRow>('tasks', schema, 'tasks');

export async function findTask(id: string): Promise<TaskRow | null> {
  return TaskModel.findById(id).lean<TaskRow>();
}

export async function listTasksOf(instance: string): Promise<TaskRow[]> {
  return TaskModel.find({ instance }).sort({ createdAt: 1, _id: 1 }).lean<TaskRow[]>();
}

/** One way to find tasks; each is answered by one index. */
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

/** What a source finds is few enough to look through for the rest. */
export async function listTasks(search: TaskSearch): Promise<TaskRow[]> {
  const { sources, sort = longestWaitFirst, limit } = search;
  const common = commonFilter(search, sort);
  const filters = sources.map((source): QueryFilter<TaskRow> => ({ $and: [sourceFilter(source), ...common] }));
  return findInAny(TaskModel, filters, sort, limit);
}

function sourceFilter(source: TaskSource): QueryFilter<TaskRow> {
  switch (source.by) {
    case 'assignee':
      return { assignee: source.staff };
    case 'candidate':
      return { candidateUsers: source.staff };
    case 'group':
      return { candidateGroups: source.group, ...(source.facility && { facility: source.facility }) };
    case 'facility':
      return source.facility ? { facility: source.facility } : {};
  }
}

function commonFilter(search: TaskSearch, sort: Sort): QueryFilter<TaskRow>[] {
  const { q, texts = [] } = search;
  return [
    {
      status: search.status,
      ...(search.facilities && { facility: { $in: search.facilities } }),
      ...(search.process && { process: search.process }),
      ...(search.dueUntil && { dueAt: { $lte: search.dueUntil } }),
      ...(q && { $or: [...keysFrom(q), { name: { $regex: escapeRegExp(q) } }, ...textFilters<TaskRow>(texts)] }),
    },
    ...(search.columns ? columnFilters<TaskRow>(search.columns) : []),
    ...(search.after ? [afterFilter<TaskRow>(sort, search.after)] : []),
  ];
}
