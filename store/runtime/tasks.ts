/** User tasks (read model): the inbox. Each query is shaped so that one compound index answers it. */
import mongoose, { type QueryFilter } from 'mongoose';
import { anyJson, escapeRegExp, keysFrom, rowSchema } from '../db/schema.ts';
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
  /** The beginning of a business key, or a part of the task's name. */
  q?: string;
  after?: { createdAt: string; id: string };
  limit: number;
}

/** Oldest first: who waits longest is served first. One narrow query per source, merged: no index answers an `or`. */
export async function listTasks(search: TaskSearch): Promise<TaskRow[]> {
  const pages = await Promise.all(
    search.sources.map((source) =>
      TaskModel.find({ $and: [sourceFilter(source), commonFilter(search)] })
        .sort({ createdAt: 1, _id: 1 })
        .limit(search.limit)
        .lean<TaskRow[]>(),
    ),
  );
  const rows = new Map(pages.flat().map((row) => [row._id, row]));
  return [...rows.values()]
    .sort((a, b) => compare(a.createdAt, b.createdAt) || compare(a._id, b._id))
    .slice(0, search.limit);
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

function commonFilter(search: TaskSearch): QueryFilter<TaskRow> {
  return {
    status: search.status,
    ...(search.facilities && { facility: { $in: search.facilities } }),
    ...(search.process && { process: search.process }),
    ...(search.dueUntil && { dueAt: { $lte: search.dueUntil } }),
    ...(search.q && { $or: [...keysFrom(search.q), { name: { $regex: escapeRegExp(search.q) } }] }),
    ...(search.after && {
      createdAt: { $gte: search.after.createdAt },
      $nor: [{ createdAt: search.after.createdAt, _id: { $lte: search.after.id } }],
    }),
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
